import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const written = new Set([...readFileSync('ARCHITECTURE.md', 'utf8').matchAll(/^- \*\*([A-Z]+\d+)\*\*/gm)].map(([, id]) => id ?? ''))
const tests = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '--', '*.test.ts', '*.spec.ts', '*.contract.ts'], { encoding: 'utf8' })
  .split('\n').filter((path) => path !== '' && existsSync(path))
const cited = new Map<string, string>()
for (const path of tests) for (const [, id] of readFileSync(path, 'utf8').matchAll(/['`]\[([A-Z]+\d+)\]/g)) cited.set(id ?? '', path)

test('every rule of ARCHITECTURE.md is held by a test that cites it', () => {
  expect(written.size).toBeGreaterThan(10)
  expect([...written].filter((id) => !cited.has(id))).toEqual([])
})

test('every rule that a test cites is written in ARCHITECTURE.md', () => {
  expect([...cited].filter(([id]) => !written.has(id)).map(([id, path]) => `${id} in ${path}`)).toEqual([])
})
