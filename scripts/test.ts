import { spawn } from 'node:child_process'
import { existsSync, globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'

// `npm test` runs every suite; `npm test -- unit e2e` only those. Each prints as it goes, and the last line counts over all.
type Counts = { passed: number; failed: number }
type Suite = { name: string; run: (report: string) => Promise<Counts> }

const reports = mkdtempSync(join(tmpdir(), 'missions-tests-'))
const root = join(import.meta.dirname, '..')
const tool = (path: string) => join(root, 'node_modules', path)

let child: ReturnType<typeof spawn> | null = null
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    child?.kill(signal)
    process.exit(1)
  })
}
process.on('exit', () => rmSync(reports, { recursive: true, force: true }))

/** Runs a tool of node_modules with its output shown, and gives its exit code. */
const run = (args: string[], env: Record<string, string> = {}) => new Promise<number>((resolve, reject) => {
  child = spawn(process.execPath, args, { cwd: root, env: { ...process.env, ...env }, stdio: ['ignore', 'inherit', 'inherit'] })
  child.once('error', reject)
  child.once('exit', (code) => resolve(code ?? 1))
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

type VitestReport = { numPassedTests: number; numFailedTests: number; testResults: { status: string; assertionResults: { status: string }[] }[] }

async function vitest(project: string, report: string): Promise<Counts> {
  const code = await run([tool('vitest/vitest.mjs'), 'run', '--project', project, '--reporter=default', '--reporter=json', `--outputFile.json=${report}`])
  if (!existsSync(report)) return settle({ passed: 0, failed: 0 }, code)
  const { numPassedTests, numFailedTests, testResults } = JSON.parse(readFileSync(report, 'utf8')) as VitestReport
  const brokenFiles = testResults.filter((file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'))
  return settle({ passed: numPassedTests, failed: numFailedTests + brokenFiles.length }, code)
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
const suites: Suite[] = [
  { name: 'types', run: typeCheck },
  { name: 'unit', run: (report) => vitest('unit', report) },
  ...[...new Set(folders)].sort().map((name) => ({ name, run: (report: string) => vitest(name, report) })),
  { name: 'e2e', run: playwright },
]

const asked = process.argv.slice(2)
const unknown = asked.find((name) => !suites.some((suite) => suite.name === name))
if (unknown !== undefined) {
  console.error(`There is no suite "${unknown}"; the suites are ${suites.map((suite) => suite.name).join(', ')}.`)
  process.exit(1)
}

const total: Counts = { passed: 0, failed: 0 }
for (const suite of suites) {
  if (asked.length > 0 && !asked.includes(suite.name)) continue
  console.log(`\n── ${suite.name}`)
  const from = Date.now()
  const counts = await suite.run(join(reports, `${basename(suite.name)}.json`))
  console.log(`── ${suite.name}: ${counts.passed} passed, ${counts.failed} failed, ${Math.round((Date.now() - from) / 1000)} s`)
  total.passed += counts.passed
  total.failed += counts.failed
}
console.log(`${total.passed} passed, ${total.failed} failed`)
process.exit(total.failed > 0 ? 1 : 0)
