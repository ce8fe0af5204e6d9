import pino, { type Logger } from 'pino'
import type { Config } from './config.ts'

export type Log = Logger

/** Structured, one JSON object a line, on standard error: standard output says only where the server is. */
export const createLog = (level: Config['logLevel']): Log =>
  pino({
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: ['token', 'password', '*.token', '*.password', 'req.headers.cookie', 'req.headers.authorization'],
  }, pino.destination({ dest: 2, sync: false }))
