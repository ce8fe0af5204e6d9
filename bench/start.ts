import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { freePort, removeFolder, temporaryFolder } from '../tests/support/server.ts'
import { overRounds, type Figure } from './figures.ts'

// From the command to the first page, as somebody meets it who has git and some Node: a clone of the last commit in an
// empty folder, an empty npm cache, and the Node and npm that the outer PATH finds.

const root = fileURLToPath(new URL('..', import.meta.url))

type Started = { healthy: number; firstPage: number; said: string; stop: () => Promise<void> }

async function start(folder: string, cache: string): Promise<Started> {
  const port = await freePort()
  const path = (process.env.PATH ?? '').split(':').filter((part) => !part.includes('node_modules')).join(':')
  const { HOME = '', NODE_EXTRA_CA_CERTS } = process.env
  const from = performance.now()
  const npm = spawn('npm', ['start'], {
    cwd: folder,
    env: { PATH: path, HOME, ...NODE_EXTRA_CA_CERTS && { NODE_EXTRA_CA_CERTS }, npm_config_cache: cache, PORT: String(port), LOG_LEVEL: 'warn' },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  })
  let said = ''
  npm.stdout.on('data', (chunk) => { said += chunk })
  npm.stderr.on('data', (chunk) => { said += chunk })
  const stop = async () => {
    if (npm.exitCode !== null || !npm.pid) return
    const exit = once(npm, 'exit')
    process.kill(-npm.pid, 'SIGTERM')
    await exit
  }
  const answers = async (url: string) => {
    while ((await fetch(url).catch(() => null))?.status !== 200) {
      if (npm.exitCode !== null || performance.now() - from > 600_000) {
        await stop()
        throw new Error(`npm start did not come to serve:\n${said}`)
      }
      await pause(25)
    }
    return (performance.now() - from) / 1000
  }
  const healthy = await answers(`http://127.0.0.1:${port}/healthz`)
  const firstPage = await answers(`http://127.0.0.1:${port}/`)
  return { healthy, firstPage, said, stop }
}

/** Seconds that prepare.js says a step took. */
const told = (said: string, step: string) => Number(new RegExp(`${step} \\((\\d+) s\\)`).exec(said)?.[1] ?? 0)

export async function startUp(rounds: number, tell: (line: string) => void): Promise<Figure[]> {
  const folder = temporaryFolder('start')
  const clone = join(folder, 'missions')
  try {
    execFileSync('git', ['clone', '--quiet', '--no-hardlinks', root, clone])
    const cold = await start(clone, join(folder, 'npm-cache'))
    await cold.stop()
    tell(`cold: ${cold.firstPage.toFixed(1)} s`)
    const warm: Started[] = []
    for (let number = 1; number <= rounds; number += 1) {
      const again = await start(clone, join(folder, 'npm-cache'))
      await again.stop()
      warm.push(again)
      tell(`warm, round ${number} of ${rounds}: ${again.firstPage.toFixed(2)} s`)
    }
    const install = told(cold.said, 'Packages installed')
    const build = told(cold.said, 'Built')
    return [
      { name: 'npm start to the first page, cold', unit: 's', measured: cold.firstPage, atMost: 60, note: `install ${install} s, build ${build} s, the rest ${(cold.firstPage - install - build).toFixed(1)} s` },
      { name: 'npm start to /healthz, cold', unit: 's', measured: cold.healthy },
      overRounds('npm start to the first page, warm', 's', warm.map(({ firstPage }) => firstPage), { atMost: 3 }),
      overRounds('npm start to /healthz, warm', 's', warm.map(({ healthy }) => healthy), { atMost: 3 }),
    ]
  } finally {
    removeFolder(folder)
  }
}
