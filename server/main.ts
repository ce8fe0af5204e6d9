import { constants } from 'node:fs'
import { access, mkdir } from 'node:fs/promises'
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import compression from 'compression'
import { readConfig, type Config } from './config.ts'
import { createLog, type Log } from './log.ts'
import { createServices, provideServices } from './services.ts'
import { UserError } from './user-error.ts'

const stopWithinMs = 5_000
/** On every answer, files of the build included. The Content-Security-Policy of pages is SvelteKit's. */
const safeHeaders = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()',
  'cross-origin-opener-policy': 'same-origin',
}
/** Longer than a proxy in front keeps its connections (nginx 60 s): whoever closes first must not be the side that is about to be asked, or that request is lost. */
const keepAliveMs = 75_000
/** A request that is still being answered may go on for so long. */
const drainMs = 2_500

async function start() {
  const config = readConfig(process.env)
  const log = createLog(config.logLevel)
  routeConsole(log)
  await prepareFolder(config.dataDir)

  let answer: RequestListener = (_request, response) => respond(response, 503, 'Missions is starting.\n')
  let ready = false
  // Built files lie compressed on disk already; this is for what is rendered.
  const compress = compression()
  let metrics: ((request: IncomingMessage, response: ServerResponse) => void) | null = null
  const http = createServer((request, response) => {
    if (request.url === '/healthz') return respond(response, ready ? 200 : 503, ready ? 'ok\n' : 'starting\n')
    if (metrics && request.url === '/metrics') return metrics(request, response)
    for (const [name, value] of Object.entries(safeHeaders)) response.setHeader(name, value)
    // Without a configured address the page's own address is the one it was asked by.
    request.headers['x-forwarded-proto'] ??= 'http'
    // SvelteKit passes no body on that has no type.
    request.headers['content-type'] ??= 'application/octet-stream'
    compress(request as never, response as never, () => answer(request, response))
  })
  http.keepAliveTimeout = keepAliveMs
  await listen(http, config)
  const address = () => `http://${config.host.includes(':') ? `[${config.host}]` : config.host}:${(http.address() as AddressInfo).port}`

  const services = await createServices(config, log, address)
  provideServices(services)
  metrics = (request, response) => services.metrics.answer(request, response, config.metricsToken)
  answer = process.argv.includes('--dev') ? await viteHandler(http) : await builtHandler(config)
  http.on('upgrade', (request, socket, head) => {
    if (!services.sockets.upgrade(request, socket, head) && !process.argv.includes('--dev')) socket.destroy()
  })
  ready = true
  log.info({ address: address(), dataDir: config.dataDir }, 'serving')
  process.stdout.write(`Missions is ready at ${config.origin ?? address().replace('127.0.0.1', 'localhost')}\n`)

  let stopping = false
  const stop = async (signal: string) => {
    if (stopping) return
    stopping = true
    ready = false
    log.info({ signal }, 'stopping')
    setTimeout(() => {
      log.fatal('did not stop in time')
      process.exit(1)
    }, stopWithinMs).unref()
    http.close()
    http.closeIdleConnections()
    setTimeout(() => http.closeAllConnections(), drainMs).unref()
    const whole = await services.stop(drainMs)
    log.info('stopped')
    process.exit(whole ? 0 : 1)
  }
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void stop(signal))
}

async function builtHandler({ origin, addressHeader }: Config): Promise<RequestListener> {
  // Of several addresses in the header the last one counts, here and for sockets.
  if (addressHeader) process.env.ADDRESS_HEADER = addressHeader
  if (origin) process.env.ORIGIN = origin
  else process.env.PROTOCOL_HEADER = 'x-forwarded-proto'
  // Uploads are streamed and bounded where they are stored.
  process.env.BODY_SIZE_LIMIT = 'Infinity'
  const built = new URL('../build/handler.js', import.meta.url)
  const { handler } = await import(built.href) as { handler: RequestListener }
  return handler
}

async function viteHandler(http: import('node:http').Server): Promise<RequestListener> {
  const { createServer: createVite } = await import('vite')
  const vite = await createVite({ server: { middlewareMode: { server: http }, hmr: { server: http } }, appType: 'custom' })
  return (request: IncomingMessage, response: ServerResponse) => vite.middlewares(request, response)
}

function respond(response: ServerResponse, status: number, body: string) {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' }).end(body)
}

function listen(http: import('node:http').Server, { port, host }: Config) {
  return new Promise<void>((resolve, reject) => {
    http.once('error', (error: NodeJS.ErrnoException) => reject(
      error.code === 'EADDRINUSE' ? new UserError(`Port ${port} is taken by another program. Stop that one, or start with another port: PORT=${port + 1} npm start`)
      : error.code === 'EACCES' ? new UserError(`Port ${port} may not be used by this account. Take one above 1023: PORT=3000 npm start`)
      : error.code === 'EADDRNOTAVAIL' ? new UserError(`The setting HOST is "${host}", which is not an address of this machine.`)
      : error,
    ))
    http.listen(port, host, resolve)
  })
}

async function prepareFolder(folder: string) {
  try {
    await mkdir(folder, { recursive: true })
    await access(folder, constants.W_OK)
  } catch {
    throw new UserError(`The data folder ${folder} cannot be written. Allow this account to write there, or set DATA_DIR to another folder.`)
  }
}

/** Hocuspocus writes to the console; what it says belongs into the log. */
function routeConsole(log: Log) {
  const words = (values: unknown[]) => values.map((value) => value instanceof Error ? value.message || value.name : String(value)).join(' ')
  console.error = (...values) => log.debug({ source: 'console' }, words(values))
  console.warn = (...values) => log.warn({ source: 'console' }, words(values))
}

process.on('unhandledRejection', (error) => {
  // A stray rejection must not take everybody's board down; it is a fault all the same.
  console.warn('unhandled rejection', error)
})

start().catch((error: unknown) => {
  if (error instanceof UserError) process.stderr.write(`Missions did not start. ${error.message}\n`)
  else process.stderr.write(`Missions did not start.\n${error instanceof Error ? error.stack : String(error)}\n`)
  process.exit(1)
})
