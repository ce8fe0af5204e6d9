import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import { freePort } from '../tests/support/server.ts'

export type NpmStart = {
  url: string
  /** Of npm itself, which stays while the server runs. */
  pid: number
  /** Seconds from the command to a path's first answer with 200. Rejects with what was printed when npm ends instead. */
  answers: (path: string) => Promise<number>
  said: () => string
  stop: () => Promise<void>
}

/** `npm start` as a person types it: the Node and npm of the outer PATH, and none of npm's own variables. */
export async function npmStart(folder: string, env: Record<string, string> = {}): Promise<NpmStart> {
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const path = (process.env.PATH ?? '').split(':').filter((part) => !part.includes('node_modules')).join(':')
  const { HOME = '', NODE_EXTRA_CA_CERTS } = process.env
  const from = performance.now()
  const npm = spawn('npm', ['start'], {
    cwd: folder,
    env: { PATH: path, HOME, ...NODE_EXTRA_CA_CERTS && { NODE_EXTRA_CA_CERTS }, PORT: String(port), LOG_LEVEL: 'warn', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    // A group of its own, so that npm and what it started can be ended together.
    detached: true,
  })
  let said = ''
  npm.stdout.on('data', (chunk) => { said += chunk })
  npm.stderr.on('data', (chunk) => { said += chunk })
  const ended = () => npm.exitCode !== null || npm.signalCode !== null
  const endGroup = () => { if (!ended() && npm.pid) process.kill(-npm.pid, 'SIGTERM') }
  process.once('exit', endGroup)
  return {
    url,
    pid: npm.pid ?? 0,
    said: () => said,
    answers: async (path) => {
      while ((await fetch(url + path).catch(() => null))?.status !== 200) {
        if (ended() || performance.now() - from > 600_000) throw new Error(`npm start did not come to serve:\n${said}`)
        await pause(25)
      }
      return (performance.now() - from) / 1000
    },
    stop: async () => {
      process.off('exit', endGroup)
      if (ended()) return
      const exit = once(npm, 'exit')
      endGroup()
      await exit
    },
  }
}
