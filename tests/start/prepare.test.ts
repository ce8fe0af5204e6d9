import { spawn } from 'node:child_process'
import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { removeFolder, temporaryFolder } from '../support/server.ts'

// prepare.js in a project of its own, with an npm that only notes that it was called.

let folder: string
beforeEach(() => {
  folder = temporaryFolder('prepare')
  cpSync('scripts', join(folder, 'scripts'), { recursive: true })
  mkdirSync(join(folder, 'bin'))
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ type: 'module', dependencies: { node: process.versions.node } }))
  writeFileSync(join(folder, 'package-lock.json'), JSON.stringify({ packages: { '': {}, 'node_modules/node': { version: '1.0.0' } } }))
  npmDoes('mkdir -p node_modules/node/bin && ln -sf "$REAL_NODE" node_modules/node/bin/node')
})
afterEach(() => removeFolder(folder))

function npmDoes(script: string) {
  const file = join(folder, 'bin', 'npm')
  writeFileSync(file, `#!/bin/sh\necho "$@" >> npm-calls\n${script}\n`)
  chmodSync(file, 0o755)
}

const calls = () => existsSync(join(folder, 'npm-calls')) ? readFileSync(join(folder, 'npm-calls'), 'utf8').trim().split('\n') : []

const prepare = (...steps: string[]) => new Promise<{ code: number | null; stdout: string; stderr: string }>((resolve) => {
  const env = { PATH: `${join(folder, 'bin')}:/usr/bin:/bin`, REAL_NODE: process.execPath }
  const child = spawn(process.execPath, [join(folder, 'scripts/prepare.js'), ...steps], { env, cwd: '/' })
  let stdout = ''
  let stderr = ''
  child.stdout.on('data', (chunk) => { stdout += chunk })
  child.stderr.on('data', (chunk) => { stderr += chunk })
  child.on('close', (code) => resolve({ code, stdout, stderr }))
})

test('the first start installs from the lockfile, with what the build needs; the second does nothing', async () => {
  expect(await prepare('install')).toMatchObject({ code: 0, stdout: '' })
  expect(await prepare('install')).toEqual({ code: 0, stdout: '', stderr: '' })
  expect(calls()).toEqual([expect.stringMatching(/^ci --include=dev/)])
})

test('a changed lockfile is installed', async () => {
  await prepare('install')
  writeFileSync(join(folder, 'package-lock.json'), JSON.stringify({ packages: { '': {}, 'node_modules/node': { version: '2.0.0' } } }))
  await prepare('install')
  expect(calls().length).toBe(2)
})

test('what a developer installed by hand counts, when it is what the lockfile says', async () => {
  npmDoes('mkdir -p node_modules/node/bin && ln -sf "$REAL_NODE" node_modules/node/bin/node && cp package-lock.json node_modules/.package-lock.json')
  await prepare('install')
  rmSync(join(folder, 'node_modules/.prepared'))
  expect(await prepare('install')).toEqual({ code: 0, stdout: '', stderr: '' })
  expect(calls().length).toBe(1)
})

test('when npm fails, its own words are told, and the next start tries again', async () => {
  npmDoes('echo "npm error code ENOTFOUND" >&2; exit 1')
  const failed = await prepare('install')
  expect(failed).toMatchObject({ code: 1, stdout: '' })
  expect(failed.stderr).toContain('npm error code ENOTFOUND')
  await prepare('install')
  expect(calls().length).toBe(2)
})

test('without npm it says where npm comes from', async () => {
  rmSync(join(folder, 'bin', 'npm'))
  const child = spawn(process.execPath, [join(folder, 'scripts/prepare.js'), 'install'], { env: { PATH: '/nowhere' } })
  let told = ''
  child.stderr.on('data', (chunk) => { told += chunk })
  const code = await new Promise((resolve) => child.on('close', resolve))
  expect([code, told]).toEqual([1, expect.stringContaining('npm was not found')])
})

test('a Node that npm did not lay down is noticed', async () => {
  npmDoes('mkdir -p node_modules/node')
  expect((await prepare('install')).stderr).toMatch(/Node .* does not run here/)
  npmDoes('mkdir -p node_modules/node/bin && printf "#!/bin/sh\\necho v1.2.3\\n" > node_modules/node/bin/node && chmod +x node_modules/node/bin/node')
  expect((await prepare('install')).stderr).toMatch(/does not run here: it says v1\.2\.3/)
})

test('two at once install once: the second waits', async () => {
  npmDoes('sleep 1; mkdir -p node_modules/node/bin && ln -sf "$REAL_NODE" node_modules/node/bin/node')
  const both = await Promise.all([prepare('install'), prepare('install')])
  expect(both.map(({ code }) => code)).toEqual([0, 0])
  expect(calls().length).toBe(1)
})

test('a lock whose holder is gone holds nobody up', async () => {
  writeFileSync(join(folder, '.preparing'), `${hostname()} 999999999 0`)
  expect((await prepare('install')).stderr).not.toContain('waiting')
  expect(calls().length).toBe(1)
})

test('a wrong CHROMIUM_PATH is told, and no other browser is taken instead', async () => {
  const child = spawn(process.execPath, [join(folder, 'scripts/prepare.js'), 'browser'], { env: { PATH: process.env.PATH, CHROMIUM_PATH: '/nowhere/chromium' } })
  let told = ''
  child.stderr.on('data', (chunk) => { told += chunk })
  const code = await new Promise((resolve) => child.on('close', resolve))
  expect([code, told]).toEqual([1, expect.stringContaining('CHROMIUM_PATH is "/nowhere/chromium"')])
})
