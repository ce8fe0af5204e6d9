import { spawn } from 'node:child_process'
import { existsSync, globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

// `npm test` runs every suite; `npm test -- unit e2e` only those. Each prints as it goes, and the last line counts over all.
type Counts = { passed: number; failed: number }
/** What runs in one go; by any of its names. */
type Suite = { names: readonly string[]; run: (report: string, asked: readonly string[]) => Promise<Counts> }

const reports = mkdtempSync(join(tmpdir(), 'missions-tests-'))
const root = join(import.meta.dirname, '..')
const tool = (path: string) => join(root, 'node_modules', path)

const children = new Set<ReturnType<typeof spawn>>()
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    for (const child of children) child.kill(signal)
    process.exit(1)
  })
}
process.on('exit', () => rmSync(reports, { recursive: true, force: true }))

/** Runs a tool of node_modules with its output shown, and gives its exit code. */
const run = (args: string[], env: Record<string, string> = {}) => new Promise<number>((resolve, reject) => {
  const child = spawn(process.execPath, args, { cwd: root, env: { ...process.env, ...env }, stdio: ['ignore', 'inherit', 'inherit'] })
  children.add(child)
  child.once('error', reject)
  child.once('exit', (code) => {
    children.delete(child)
    resolve(code ?? 1)
  })
})

/** A suite that failed without a failing test (it did not start, or found nothing to run) counts as one failure. */
const settle = ({ passed, failed }: Counts, code: number): Counts => ({
  passed,
  failed: Math.max(failed, code !== 0 || passed + failed === 0 ? 1 : 0),
})

async function typeCheck(): Promise<Counts> {
  const code = await run([tool('@sveltejs/kit/svelte-kit.js'), 'sync']) ||
    await run([tool('svelte-check/bin/svelte-check'), '--tsconfig', './tsconfig.json', '--threshold', 'error', '--output', 'human'])
  return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 }
}

type VitestReport = { testResults: { name: string; status: string; assertionResults: { status: string }[] }[] }

/** Runs suites of vitest in one go, so that the files of a short one fill the gaps of a long one. */
async function vitest(report: string, projects: readonly string[]): Promise<Counts> {
  const code = await run([tool('vitest/vitest.mjs'), 'run', ...projects.flatMap((project) => ['--project', project]), '--reporter=default', '--reporter=json', `--outputFile.json=${report}`])
  if (!existsSync(report)) return settle({ passed: 0, failed: 0 }, code)
  const { testResults } = JSON.parse(readFileSync(report, 'utf8')) as VitestReport
  const tests = testResults.flatMap((file) => file.assertionResults)
  const brokenFiles = testResults.filter((file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'))
  const count = (status: string) => tests.filter((test) => test.status === status).length
  return settle({ passed: count('passed'), failed: count('failed') + brokenFiles.length }, code)
}

type PlaywrightReport = { stats: { expected: number; unexpected: number; flaky: number } }

async function playwright(report: string): Promise<Counts> {
  const code = await run([tool('@playwright/test/cli.js'), 'test', '--reporter=list,json'], { PLAYWRIGHT_JSON_OUTPUT_FILE: report })
  if (!existsSync(report)) return settle({ passed: 0, failed: 0 }, code)
  const { stats } = JSON.parse(readFileSync(report, 'utf8')) as PlaywrightReport
  return settle({ passed: stats.expected + stats.flaky, failed: stats.unexpected }, code)
}

/** Folders of tests/ that vitest.config.ts makes a suite of. */
const folders = globSync('tests/*/**/*.test.ts', { cwd: root }).map((file) => file.split(/[\\/]/)[1] ?? '')
/** One row after the other; what stands in a row runs at once. Tests of servers wait more than they work, so the compiler has a core beside them. */
const rows: Suite[][] = [
  [{ names: ['types'], run: typeCheck }, { names: [...new Set(folders)].sort(), run: vitest }],
  [{ names: ['unit'], run: vitest }],
  [{ names: ['e2e'], run: playwright }],
]
const names = rows.flat().flatMap((suite) => suite.names)

const asked = process.argv.slice(2)
const unknown = asked.find((name) => !names.includes(name))
if (unknown !== undefined) {
  console.error(`There is no suite "${unknown}"; the suites are ${names.join(', ')}.`)
  process.exit(1)
}

const total: Counts = { passed: 0, failed: 0 }

async function runSuite({ names, run }: Suite) {
  const wanted = asked.length > 0 ? names.filter((name) => asked.includes(name)) : names
  if (wanted.length === 0) return
  const title = wanted.join(', ')
  console.log(`\n── ${title}`)
  const from = Date.now()
  const counts = await run(join(reports, `${wanted[0]}.json`), wanted)
  console.log(`── ${title}: ${counts.passed} passed, ${counts.failed} failed, ${Math.round((Date.now() - from) / 1000)} s`)
  total.passed += counts.passed
  total.failed += counts.failed
}

for (const row of rows) await Promise.all(row.map(runSuite))
console.log(`${total.passed} passed, ${total.failed} failed`)
process.exit(total.failed > 0 ? 1 : 0)
