import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { removeFolder, temporaryFolder } from '../tests/support/server.ts'
import { overRounds } from './figures.ts'
import { npmStart } from './npm-start.ts'
import type { Part } from './part.ts'

// From the command to the first page, as somebody meets it who has git and some Node: a clone of the last commit in an
// empty folder, and an empty npm cache.

const root = fileURLToPath(new URL('..', import.meta.url))

async function timed(folder: string, cache: string) {
  const started = await npmStart(folder, { npm_config_cache: cache })
  try {
    return { healthy: await started.answers('/healthz'), firstPage: await started.answers('/'), said: started.said() }
  } finally {
    await started.stop()
  }
}

/** Seconds that the preparation says a step took. */
const told = (said: string, step: string) => Number(new RegExp(`${step} \\((\\d+) s\\)`).exec(said)?.[1] ?? 0)

export const startUp: Part = async ({ rounds, tell }) => {
  const folder = temporaryFolder('start')
  const clone = join(folder, 'missions')
  const cache = join(folder, 'npm-cache')
  try {
    execFileSync('git', ['clone', '--quiet', '--no-hardlinks', root, clone])
    const cold = await timed(clone, cache)
    tell(`cold: ${cold.firstPage.toFixed(1)} s`)
    const warm: Awaited<ReturnType<typeof timed>>[] = []
    for (let number = 1; number <= rounds; number += 1) {
      const again = await timed(clone, cache)
      warm.push(again)
      tell(`warm, round ${number} of ${rounds}: ${again.firstPage.toFixed(2)} s`)
    }
    const install = told(cold.said, 'Packages installed')
    const build = told(cold.said, 'Built')
    const rest = (cold.firstPage - install - build).toFixed(1)
    return [
      { name: 'npm start to the first page, cold', unit: 's', measured: cold.firstPage, atMost: 60, note: `install ${install} s, build ${build} s, the rest ${rest} s` },
      { name: 'npm start to /healthz, cold', unit: 's', measured: cold.healthy },
      overRounds('npm start to the first page, warm', 's', warm.map(({ firstPage }) => firstPage), { atMost: 3 }),
      overRounds('npm start to /healthz, warm', 's', warm.map(({ healthy }) => healthy), { atMost: 3 }),
    ]
  } finally {
    removeFolder(folder)
  }
}
