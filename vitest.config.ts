import { existsSync, globSync } from 'node:fs'
import { basename } from 'node:path'
import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'vitest/config'

/** Files at a time. Tests of servers wait for a part of their time; left to itself Vitest gives a machine of two cores one. */
const maxWorkers = 3

/** What tests a rule alone, beside its source. Loading Yjs and the editor anew for each file took longer than the tests, which leave nothing behind. */
const unit = { name: 'unit', isolate: false, testTimeout: 20_000, maxWorkers, include: ['{src,server,scripts,bench}/**/*.test.ts', 'tests/*.test.ts'] }

/**
 * Every folder of tests/ with vitest files in it is a suite by that name: real servers, each file with its own.
 * What fails is tried once more, so that a busy machine stops nobody's work; scripts/test.ts names it.
 */
const suites = globSync('tests/*/')
  .filter((folder) => existsSync(folder) && globSync(`${folder}/**/*.test.ts`).length > 0)
  .map((folder) => ({ name: basename(folder), include: [`${folder}/**/*.test.ts`], testTimeout: 60_000, hookTimeout: 60_000, retry: 1, maxWorkers }))

export default defineConfig({
  plugins: [svelte()],
  test: {
    environment: 'node',
    projects: [unit, ...suites].map((test) => ({ extends: true as const, test })),
  },
})
