import { spawn } from 'node:child_process'
import { existsSync, globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { stripVTControlCharacters } from 'node:util'

// `npm test` runs every suite; `npm test -- unit e2e` only those. Each prints as it goes, and the last line counts over all.
/**
 * What failed is named again at the end, where whoever reads only the last lines finds it; and what passed only when it was tried
 * once more, which is a fault that nobody has found yet.
 */
type Counts = { passed: number; failures: string[]; unsteady: string[] }
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
const settle = (suite: string, code: number, { passed, failures, unsteady }: Counts = { passed: 0, failures: [], unsteady: [] }): Counts => ({
  passed,
  failures: failures.length === 0 && (code !== 0 || passed === 0) ? [`${suite}: ended with code ${code} after ${passed} tests`] : failures,
  unsteady,
})

async function typeCheck(): Promise<Counts> {
  const code = await run([tool('@sveltejs/kit/svelte-kit.js'), 'sync']) ||
    await run([tool('svelte-check/bin/svelte-check'), '--tsconfig', './tsconfig.json', '--threshold', 'error', '--output', 'human'])
  return code === 0 ? { passed: 1, failures: [], unsteady: [] } : settle('types', code)
}

type VitestReport = { testResults: { name: string; status: string; message: string; assertionResults: { status: string; fullName: string; failureMessages: string[] }[] }[] }
/** A failure's place and the beginning of its reason. */
const named = ({ place, reason = '' }: { place: string; reason?: string }) => `${place}\n    ${stripVTControlCharacters(reason).trim().split('\n').slice(0, 3).join('\n    ')}`

/** Runs suites of vitest in one go, so that the files of a short one fill the gaps of a long one. */
async function vitest(report: string, projects: readonly string[]): Promise<Counts> {
  const code = await run([tool('vitest/vitest.mjs'), 'run', ...projects.flatMap((project) => ['--project', project]), '--reporter=default', '--reporter=json', `--outputFile.json=${report}`])
  const suite = projects.join(', ')
  if (!existsSync(report)) return settle(suite, code)
  const { testResults } = JSON.parse(readFileSync(report, 'utf8')) as VitestReport
  const tests = testResults.flatMap((file) => file.assertionResults.map((test) => ({
    passed: test.status === 'passed', failed: test.status === 'failed', reason: test.failureMessages[0], place: `${relative(root, file.name)} › ${test.fullName}`,
  })))
  const brokenFiles = testResults.filter((file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'))
  return settle(suite, code, {
    passed: tests.filter((test) => test.passed).length,
    failures: [...tests.filter((test) => test.failed).map(named), ...brokenFiles.map((file) => named({ place: relative(root, file.name), reason: file.message }))],
    unsteady: tests.filter((test) => test.passed && test.reason).map(named),
  })
}

type PlaywrightSpec = { title: string; file: string; line: number; tests: { status: 'expected' | 'unexpected' | 'flaky' | 'skipped'; results: { error?: { message?: string } }[] }[] }
type PlaywrightSuite = { suites?: PlaywrightSuite[]; specs?: PlaywrightSpec[] }
type PlaywrightReport = PlaywrightSuite & { errors: { message?: string }[] }

const specsOf = (suite: PlaywrightSuite): PlaywrightSpec[] => [...(suite.specs ?? []), ...(suite.suites ?? []).flatMap(specsOf)]

async function playwright(report: string): Promise<Counts> {
  const code = await run([tool('@playwright/test/cli.js'), 'test', '--reporter=list,json'], { PLAYWRIGHT_JSON_OUTPUT_FILE: report })
  if (!existsSync(report)) return settle('e2e', code)
  const told = JSON.parse(readFileSync(report, 'utf8')) as PlaywrightReport
  const tests = specsOf(told).flatMap((spec) => spec.tests.map(({ status, results }) => ({
    status, reason: results.find((result) => result.error)?.error?.message, place: `tests/e2e/${spec.file}:${spec.line} › ${spec.title}`,
  })))
  return settle('e2e', code, {
    passed: tests.filter(({ status }) => status === 'expected' || status === 'flaky').length,
    failures: [...tests.filter(({ status }) => status === 'unexpected').map(named), ...told.errors.map(({ message }) => named({ place: 'e2e', reason: message }))],
    unsteady: tests.filter(({ status }) => status === 'flaky').map(named),
  })
}

/** Folders of tests/ that vitest.config.ts makes a suite of. */
const folders = globSync('tests/*/**/*.test.ts', { cwd: root }).map((file) => file.split(/[\\/]/)[1] ?? '')
/** One row after the other; what stands in a row runs at once. Tests of servers wait for a part of their time, which the compiler and the unit tests fill. */
const rows: Suite[][] = [
  [{ names: ['types'], run: typeCheck }, { names: [...new Set(folders), 'unit'].sort(), run: vitest }],
  [{ names: ['e2e'], run: playwright }],
]
const names = rows.flat().flatMap((suite) => suite.names)

const asked = process.argv.slice(2)
const unknown = asked.find((name) => !names.includes(name))
if (unknown !== undefined) {
  console.error(`There is no suite "${unknown}"; the suites are ${names.join(', ')}.`)
  process.exit(1)
}

const total: Counts = { passed: 0, failures: [], unsteady: [] }

async function runSuite({ names, run }: Suite) {
  const wanted = asked.length > 0 ? names.filter((name) => asked.includes(name)) : names
  if (wanted.length === 0) return
  const title = wanted.join(', ')
  console.log(`\n── ${title}`)
  const from = Date.now()
  const { passed, failures, unsteady } = await run(join(reports, `${wanted[0]}.json`), wanted)
  console.log(`── ${title}: ${passed} passed, ${failures.length} failed, ${Math.round((Date.now() - from) / 1000)} s`)
  total.passed += passed
  total.failures.push(...failures)
  total.unsteady.push(...unsteady)
}

for (const row of rows) await Promise.all(row.map(runSuite))
for (const one of total.unsteady) console.log(`~ passed only when tried again: ${one}`)
for (const failure of total.failures) console.log(`✗ ${failure}`)
console.log(`${total.passed} passed, ${total.failures.length} failed`)
process.exit(total.failures.length > 0 ? 1 : 0)
