import { resolve } from 'node:path'
import { limitNames, limitTable, settingOf, type LimitName, type Limits } from './limits.ts'
import { UserError } from './user-error.ts'

export type Config = {
  port: number
  host: string
  /** The public address, without a slash at the end; `null` accepts every loopback name. */
  origin: string | null
  dataDir: string
  worker: 'embedded' | 'off'
  /** What a worker that the server starts finds in its environment: all but our secrets. */
  workerEnvironment: Readonly<NodeJS.ProcessEnv>
  /** How many runs the embedded worker does at once. */
  workerConcurrency: number
  durability: 'process' | 'power'
  /** How long a worker may be silent before its run is taken from it, in seconds. */
  runLeaseSeconds: number
  /** How long a model may be silent in its answer to a run, in seconds. */
  modelSilenceSeconds: number
  limits: Limits
  /** Who asks for `/metrics` with this bearer token gets them; without one nobody does. */
  metricsToken: string | null
  /** The request header in which a proxy tells the address of who asks; without it the socket's own counts. */
  addressHeader: string | null
  /** An endpoint of models for workspaces whose owners set none; `null` without any. `model`: '' where none is named. */
  models: { baseUrl: string; apiKey: string | null; model: string } | null
  /** Encrypts the keys that owners set; without it a file in the data folder does. */
  secretKey: string | null
  logLevel: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'silent'
}

const invalid = (name: string, expected: string, value: string) =>
  new UserError(`The setting ${name} is "${value}", but must be ${expected}.`)

/** The only reader of the environment. Throws a UserError that names the setting and what it expected. */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  const oneOf = <T extends string>(name: string, values: readonly [T, ...T[]]): T => {
    const value = env[name] || values[0]
    const known = values.find((candidate) => candidate === value)
    if (!known) throw invalid(name, `one of ${values.join(', ')}`, value)
    return known
  }
  const port = Number(env.PORT || 3000)
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw invalid('PORT', 'a port number from 0 to 65535', env.PORT ?? '')
  const runLeaseSeconds = Number(env.RUN_LEASE_SECONDS || 15)
  if (!(runLeaseSeconds >= 1 && runLeaseSeconds <= 600)) throw invalid('RUN_LEASE_SECONDS', 'a number of seconds from 1 to 600', env.RUN_LEASE_SECONDS ?? '')
  const workerConcurrency = Number(env.WORKER_CONCURRENCY || 4)
  if (!Number.isInteger(workerConcurrency) || workerConcurrency < 1 || workerConcurrency > 100) throw invalid('WORKER_CONCURRENCY', 'a whole number from 1 to 100', env.WORKER_CONCURRENCY ?? '')
  for (const name of ['DATABASE_URL', 'REDIS_URL', 'S3_ENDPOINT'] as const) {
    if (env[name]) throw new UserError(`The setting ${name} is set, but this version stores everything in DATA_DIR on one machine. Remove it.`)
  }
  return {
    port,
    host: env.HOST || '127.0.0.1',
    origin: readOrigin(env.ORIGIN),
    dataDir: resolve(env.DATA_DIR || './data'),
    worker: oneOf('WORKER', ['embedded', 'off']),
    workerConcurrency,
    workerEnvironment: withoutSecrets(env),
    durability: oneOf('DURABILITY', ['process', 'power']),
    runLeaseSeconds,
    modelSilenceSeconds: readModelSilence(env),
    limits: Object.fromEntries(limitNames.map((name) => [name, readLimit(env, name)])) as Record<LimitName, number>,
    metricsToken: env.METRICS_TOKEN || null,
    addressHeader: env.ADDRESS_HEADER?.toLowerCase() || null,
    models: readModels(env),
    secretKey: readSecretKey(env.SECRET_KEY),
    logLevel: oneOf('LOG_LEVEL', ['info', 'trace', 'debug', 'warn', 'error', 'fatal', 'silent']),
  }
}

/** Keys reach a worker with the runs that need them. */
function withoutSecrets({ SECRET_KEY: _secret, OPENAI_API_KEY: _key, METRICS_TOKEN: _metrics, ...env }: NodeJS.ProcessEnv) {
  return env
}

function readLimit(env: NodeJS.ProcessEnv, name: LimitName): number {
  const { standard, least } = limitTable[name]
  const value = Number(env[settingOf(name)] || standard)
  if (!Number.isInteger(value) || value < least) throw invalid(settingOf(name), `a whole number, at least ${least}`, env[settingOf(name)] ?? '')
  return value
}

/** Of a worker on another machine, for endpoints whose key the server does not give away. */
export const readOwnKey = ({ OPENAI_API_KEY, OPENAI_BASE_URL }: NodeJS.ProcessEnv) => ({ apiKey: OPENAI_API_KEY || null, baseUrl: OPENAI_BASE_URL || null })

/** A worker reads it, too: a model on a machine without a graphics card thinks long before its first word. */
export function readModelSilence({ MODEL_SILENCE_SECONDS }: NodeJS.ProcessEnv): number {
  const seconds = Number(MODEL_SILENCE_SECONDS || 120)
  if (!(seconds >= 1 && seconds <= 3_600)) throw invalid('MODEL_SILENCE_SECONDS', 'a number of seconds from 1 to 3600', MODEL_SILENCE_SECONDS ?? '')
  return seconds
}

const hostedModels = 'https://api.openai.com/v1'

export function readModels({ OPENAI_API_KEY, OPENAI_BASE_URL, OPENAI_MODEL }: NodeJS.ProcessEnv): Config['models'] {
  if (!OPENAI_API_KEY && !OPENAI_BASE_URL) return null
  const address = OPENAI_BASE_URL || hostedModels
  if (!/^https?:$/.test(URL.parse(address)?.protocol ?? '')) throw invalid('OPENAI_BASE_URL', `an address such as ${hostedModels}`, address)
  return { baseUrl: address.replace(/\/+$/, ''), apiKey: OPENAI_API_KEY || null, model: OPENAI_MODEL || '' }
}

const shortestSecretKey = 32

function readSecretKey(value: string | undefined): string | null {
  if (!value) return null
  // What it is stays out of the message.
  if (value.length < shortestSecretKey) throw new UserError(`The setting SECRET_KEY must have at least ${shortestSecretKey} characters, such as \`openssl rand -base64 32\` makes.`)
  return value
}

function readOrigin(value: string | undefined): string | null {
  if (!value) return null
  if (!URL.canParse(value)) throw invalid('ORIGIN', 'an address such as https://missions.example.com', value)
  const url = new URL(value)
  if (!/^https?:$/.test(url.protocol) || url.pathname !== '/' || url.search) throw invalid('ORIGIN', 'a scheme, a host and a port, without a path', value)
  return url.origin
}
