import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))
const ready = /Missions is ready at (https?:\/\/\S+)/

export type RunningServer = {
  /** `http://127.0.0.1:PORT`, without a slash at the end. */
  url: string
  /** The address that a Hocuspocus provider takes. */
  wsUrl: string
  dataDir: string
  pid: number
  /** Everything printed so far, over all restarts. */
  logs: () => string
  /** Ends it as an operator would, and resolves with its exit code. */
  stop: () => Promise<number | null>
  /** Ends it as a power cut would. */
  kill: () => Promise<void>
  /** Starts it again on the same data and the same port; it may have been stopped or killed before. */
  restart: () => Promise<void>
  /** Stops it and deletes its data, unless the data folder was given. */
  end: () => Promise<void>
}

type Start = {
  /** Settings over the defaults: a free port, LOG_LEVEL=warn. */
  env?: Record<string, string>
  /** A folder that outlives the server; without it a temporary one. */
  dataDir?: string
  port?: number
}

const running = new Set<ChildProcess>()
const folders = new Set<string>()

// What a test left behind when it failed half-way, or when it was interrupted.
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL')
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

/**
 * Ends a server when the process that tests it is gone, even by SIGKILL: a shell waits at the other end of a pipe that
 * closes with this process. Without it every interrupted run would leave servers behind.
 */
function endWithMe(server: ChildProcess, folder: string) {
  const guard = spawn('sh', ['-c', 'read -r _; kill -9 "$0"; [ -z "$1" ] || rm -rf -- "$1"', String(server.pid), folder], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  })
  guard.unref()
  ;(guard.stdin as Socket).unref()
  server.once('exit', () => guard.kill('SIGKILL'))
}

export function temporaryFolder(name = 'data') {
  const folder = mkdtempSync(join(tmpdir(), `missions-${name}-`))
  folders.add(folder)
  return folder
}

export function removeFolder(folder: string) {
  rmSync(folder, { recursive: true, force: true })
  folders.delete(folder)
}

/** Only what a program needs to run: the settings of whoever runs the tests stay out. */
export const bareEnvironment = () => ({
  PATH: process.env.PATH ?? '',
  HOME: process.env.HOME ?? '',
  // The suites start the server and the admin commands a hundred times over.
  NODE_COMPILE_CACHE: join(tmpdir(), 'missions-tests-compiled'),
})

/** Starts the real server, as `npm start` does, and waits until it serves. Rejects with its log when it does not. */
export async function startServer({ env = {}, dataDir = temporaryFolder(), port = 0 }: Start = {}): Promise<RunningServer> {
  let log = ''
  // With a public address of its own the server prints that one, which says nothing of the port.
  if (env.ORIGIN && port === 0) port = await freePort()
  let child: ChildProcess
  try {
    child = await launch()
  } catch (error) {
    if (folders.has(dataDir)) removeFolder(dataDir)
    throw error
  }

  async function launch() {
    const started = spawn(process.execPath, ['server/main.ts'], {
      cwd: root,
      env: { ...bareEnvironment(), NODE_ENV: 'production', LOG_LEVEL: 'warn', ...env, PORT: String(port), DATA_DIR: dataDir },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    running.add(started)
    endWithMe(started, folders.has(dataDir) ? dataDir : '')
    started.once('exit', () => running.delete(started))
    const from = log.length
    const address = await new Promise<string>((resolve, reject) => {
      const print = (chunk: Buffer) => {
        log += chunk
        const [, url] = ready.exec(log.slice(from)) ?? []
        if (url) resolve(url)
      }
      started.stdout.on('data', print)
      started.stderr.on('data', print)
      started.once('error', reject)
      started.once('exit', (code, signal) => reject(new Error(`The server ended (${signal ?? code}) before it served:\n${log.slice(from)}`)))
    })
    if (port === 0) port = Number(new URL(address).port)
    await healthy(`http://127.0.0.1:${port}`, () => started.exitCode === null).catch((error) => {
      started.kill('SIGKILL')
      throw error
    })
    return started
  }

  const ended = () => child.exitCode !== null || child.signalCode !== null
  const signal = async (name: 'SIGTERM' | 'SIGKILL') => {
    if (ended()) return
    const exit = once(child, 'exit')
    child.kill(name)
    await exit
  }
  const stop = async () => {
    await signal('SIGTERM')
    return child.exitCode
  }

  return {
    get url() { return `http://127.0.0.1:${port}` },
    get wsUrl() { return `ws://127.0.0.1:${port}/sync` },
    get pid() { return child.pid ?? 0 },
    dataDir,
    logs: () => log,
    stop,
    kill: () => signal('SIGKILL'),
    restart: async () => {
      await stop()
      child = await launch()
    },
    end: async () => {
      await stop()
      if (folders.has(dataDir)) removeFolder(dataDir)
    },
  }
}

/** A port that nobody uses at this moment. */
export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address = probe.address()
  await new Promise((resolve) => probe.close(resolve))
  return typeof address === 'object' && address ? address.port : 0
}

async function healthy(url: string, alive: () => boolean) {
  const until = Date.now() + 20_000
  while (Date.now() < until && alive()) {
    const answer = await fetch(`${url}/healthz`).catch(() => null)
    if (answer?.status === 200) return
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  throw new Error(`${url}/healthz did not answer 200 within 20 s`)
}
