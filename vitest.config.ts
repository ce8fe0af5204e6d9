import { existsSync, globSync } from 'node:fs'
import { basename } from 'node:path'
import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'vitest/config'

/** What tests a rule alone, beside its source. Loading Yjs and the editor anew for each file took longer than the tests, which leave nothing behind. */
const unit = { name: 'unit', isolate: false, testTimeout: 20_000, include: ['{src,server,scripts,bench}/**/*.test.ts', 'tests/*.test.ts'] }

/**
 * Every folder of tests/ with vitest files in it is a suite by that name: real servers, each file with its own, two files at a time.
 * What fails is tried once more, so that a busy machine stops nobody's work; scripts/test.ts names it.
 */
const suites = globSync('tests/*/')
  .filter((folder) => existsSync(folder) && globSync(`${folder}/**/*.test.ts`).length > 0)
  .map((folder) => ({ name: basename(folder), include: [`${folder}/**/*.test.ts`], testTimeout: 60_000, hookTimeout: 60_000, retry: 1, maxWorkers: 2 }))

export default defineConfig({
  plugins: [svelte()],
  test: {
    environment: 'node',
    projects: [unit, ...suites].map((test) => ({ extends: true as const, test })),
  },
})
