import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { admin } from '../../tests/support/admin.ts'
import { temporaryAuth } from '../../tests/support/auth.ts'
import { removeFolder, temporaryFolder } from '../../tests/support/server.ts'
import { openStore } from '../store/database.ts'
import { runCommand } from './run-command.ts'

let folder: string
let dataDir: string
beforeEach(() => {
  folder = temporaryFolder('admin')
  dataDir = join(folder, 'data')
})
afterEach(() => removeFolder(folder))

async function run(...args: string[]) {
  const [out, err]: [string[], string[]] = [[], []]
  const code = await runCommand(args, () => dataDir, { out: (text) => out.push(text), err: (text) => err.push(text) })
  return { code, out: out.join('\n'), err: err.join('\n') }
}
const ok = async (...args: string[]) => {
  const { code, out, err } = await run(...args, '--json')
  expect({ code, err }).toEqual({ code: 0, err: '' })
  return JSON.parse(out)
}
const failed = async (...args: string[]) => {
  const { code, out, err } = await run(...args, '--json')
  expect({ code, out }).toEqual({ code: 1, out: '' })
  return JSON.parse(err).error as { code: string; message: string }
}
const harbour = ['workspace', 'create', '--name', 'Harbour', '--email', 'ann@example.com', '--password', 'correct horse', '--owner-name', 'Ann']
const bea = ['member', 'add', '--email', 'bea@example.com', '--name', 'Bea', '--role', 'viewer', '--password', 'password of bea']

test('the documented commands answer with the documented objects', async () => {
  const { workspace, owner, ...rest } = await ok(...harbour)
  expect(rest).toEqual({})
  expect(workspace).toEqual({ id: expect.stringMatching(/^[0-9a-z]{16}$/), name: 'Harbour' })
  expect(owner).toEqual({ id: expect.stringMatching(/^[0-9a-z]{16}$/), email: 'ann@example.com', name: 'Ann' })
  expect(await ok(...bea, '--workspace', 'Harbour')).toEqual({
    member: { id: expect.any(String), email: 'bea@example.com', name: 'Bea', role: 'viewer' }, workspace,
  })
  expect(await ok('token', 'create', '--workspace', workspace.id, '--name', 'Analyst', '--as', 'staff')).toEqual({
    token: expect.stringMatching(/^mis_/), id: expect.any(String), actorId: expect.any(String), workspace, as: 'staff',
  })
  expect(await ok('backup', '--to', join(folder, 'b.tar'))).toMatchObject({ backup: { file: join(folder, 'b.tar'), counts: { users: 2 } } })
  expect(await ok('rebuild')).toMatchObject({ rebuilt: { workspaces: 1 }, failed: [] })
  expect(await ok('doctor')).toEqual({ ok: true, checked: { documents: 0, files: 0, missions: 0 }, problems: [] })
  dataDir = join(folder, 'restored')
  expect(await ok('restore', '--from', join(folder, 'b.tar'))).toMatchObject({ restored: { dataDir, counts: { users: 2 } } })
})

test('what is created is there for a server: people sign in, tokens authenticate', async () => {
  await ok(...harbour)
  const { token, actorId } = await ok('token', 'create', '--workspace', 'Harbour', '--name', 'Import', '--as', 'member')
  const store = await openStore(dataDir, 'process')
  const { createAuth } = await import('../auth/auth.ts')
  const auth = createAuth({ db: store.db, secureCookies: false, now: Date.now, onAccessChanged: () => {}, onDirectoryChanged: () => {} })
  expect(await auth.signIn({ email: 'ann@example.com', password: 'correct horse', address: null })).toMatchObject({ ok: true })
  expect(await auth.authenticateToken(token)).toMatchObject({ id: actorId, role: 'member' })
  await store.close()
})

test('it works beside a process that has the database open and writes to it', async () => {
  const server = await temporaryAuth()
  dataDir = server.dataDir
  const { workspace } = await ok(...harbour)
  expect(await server.auth.workspace(workspace.id)).toEqual(workspace)
  const before = server.store.sqlite.prepare('pragma data_version').get()
  await ok(...bea, '--workspace', workspace.id)
  expect(server.store.sqlite.prepare('pragma data_version').get()).not.toEqual(before)
  expect(await server.auth.members(workspace.id)).toHaveLength(2)
  await server.end()
})

test.each([
  [[], 'A command is missing.'],
  [['fly'], 'There is no command "fly".'],
  [['workspace', 'create', '--name', 'X'], '"workspace create" needs --email, --password, --owner-name.'],
  [['doctor', '--to', 'x'], '"doctor" takes no --to.'],
  [['doctor', '--bogus'], '--bogus'],
  [['doctor', '--yes'], '"doctor" takes no --yes.'],
  [['workspace', 'purge', '--workspace', 'x', '--yes', 'really'], 'There is no command "workspace purge really".'],
  [['token', 'create', '--workspace', 'x', '--name', 'x', '--as', 'owner'], '--as is "owner", but must be one of member, viewer, staff, worker.'],
])('%o is explained', async (args, message) => {
  await ok(...harbour)
  const error = await failed(...args)
  expect(error.code).toBe('usage')
  expect(error.message).toContain(message)
})

test('a mistyped data folder is refused, not filled', async () => {
  expect(await failed('doctor')).toEqual({ code: 'no_data', message: `There is no database in ${dataDir}. Set DATA_DIR to the data folder of Missions.` })
  for (const args of [['rebuild'], ['backup', '--to', join(folder, 'x.tar')], [...bea, '--workspace', 'x']]) {
    expect(await failed(...args)).toMatchObject({ code: 'no_data' })
  }
  expect(readdirSync(folder)).toEqual([])
})

test('a workspace is found by its id or by a name that only it has', async () => {
  const first = await ok(...harbour)
  expect(await failed(...bea, '--workspace', 'Quay')).toEqual({ code: 'not_found', message: 'There is no workspace with the id or name "Quay".' })
  const second = await ok(...harbour)
  const { code, message } = await failed(...bea, '--workspace', 'Harbour')
  expect(code).toBe('ambiguous')
  expect(message).toContain(first.workspace.id)
  expect(message).toContain(second.workspace.id)
  expect(await ok(...bea, '--workspace', second.workspace.id)).toMatchObject({ workspace: second.workspace })
})

test('a workspace is deleted, brought back, deleted again and purged', async () => {
  const { workspace } = await ok(...harbour)
  const { id } = workspace
  const listed = { id, name: 'Harbour', createdAt: expect.stringMatching(/^20.*Z$/), deletedAt: null, members: 1, missions: 0 }
  expect(await ok('workspace', 'list')).toEqual({ workspaces: [listed] })
  expect(await failed('workspace', 'undelete', '--workspace', 'Harbour')).toEqual({ code: 'not_found', message: 'There is no deleted workspace with the id or name "Harbour".' })
  expect(await ok('workspace', 'delete', '--workspace', 'Harbour')).toEqual({ deleted: workspace })
  expect(await ok('workspace', 'list')).toEqual({ workspaces: [{ ...listed, deletedAt: expect.stringMatching(/^20.*Z$/) }] })
  expect((await run('workspace', 'list')).out).toMatch(/Harbour {2}\(1 member, 0 missions\) {2}deleted 20/)
  for (const args of [bea, ['token', 'create', '--name', 'x', '--as', 'staff'], ['workspace', 'delete']]) {
    expect(await failed(...args, '--workspace', 'Harbour')).toEqual({ code: 'not_found', message: 'There is no workspace with the id or name "Harbour".' })
  }
  expect(await ok('workspace', 'undelete', '--workspace', id)).toEqual({ undeleted: workspace })
  await ok(...bea, '--workspace', 'Harbour')
  await ok('workspace', 'delete', '--workspace', id)
  expect(await failed('workspace', 'purge', '--workspace', id)).toEqual({ code: 'not_confirmed', message: `A purge of Harbour (${id}) cannot be undone. Add --yes if it is meant.` })
  const store = await openStore(dataDir, 'process')
  store.sqlite.exec('update workspaces set deleted_at = 1')
  await store.close()
  expect(await ok('workspace', 'purge', '--workspace', id, '--yes')).toEqual({
    purged: { workspace, documents: 1, missions: 0, runs: 0, files: 0, contents: 0, bytes: 0 },
  })
  expect(await ok('workspace', 'list')).toEqual({ workspaces: [] })
  expect(await failed('workspace', 'purge', '--workspace', id, '--yes')).toMatchObject({ code: 'not_found' })
})

test('a workspace that is not deleted is not purged', async () => {
  await ok(...harbour)
  expect(await failed('workspace', 'purge', '--workspace', 'Harbour', '--yes')).toMatchObject({ code: 'not_found' })
  expect(await ok('workspace', 'list')).toMatchObject({ workspaces: [{ deletedAt: null }] })
})

test('of workspaces with one name, a deleted one is not in the way', async () => {
  const first = await ok(...harbour)
  await ok('workspace', 'delete', '--workspace', first.workspace.id)
  const second = await ok(...harbour)
  expect(await ok(...bea, '--workspace', 'Harbour')).toMatchObject({ workspace: second.workspace })
})

test('what the rules of people refuse, the command says in the same words', async () => {
  await ok(...harbour)
  expect(await failed(...harbour.with(7, 'short'))).toMatchObject({ code: 'email_taken' })
  expect(await failed(...bea.with(-1, 'short'), '--workspace', 'Harbour')).toEqual({ code: 'invalid', message: 'The password is too short: it needs at least 8 characters.' })
})

test('a password is reset by a link, or set at once', async () => {
  await ok(...harbour)
  const reset = ['member', 'reset-password', '--email', 'ann@example.com']
  const { link, ...rest } = await ok(...reset)
  expect(rest).toEqual({ expiresAt: expect.stringMatching(/^20.*Z$/), account: { email: 'ann@example.com', name: 'Ann' } })
  expect(link).toMatch(/^http:\/\/localhost:3000\/reset\/[\w-]{43}$/)
  expect((await run(...reset)).out).toMatch(/^http:\/\/localhost:3000\/reset\/[\w-]{43}\nWith this link Ann \(ann@example\.com\) sets a new password, once, within a day\./)
  expect(await failed(...reset, '--password', 'short')).toMatchObject({ code: 'invalid' })
  expect(await ok(...reset, '--password', 'a new password')).toEqual({ reset: { email: 'ann@example.com', name: 'Ann' } })
  const store = await openStore(dataDir, 'process')
  const { createAuth } = await import('../auth/auth.ts')
  const auth = createAuth({ db: store.db, secureCookies: false, now: Date.now, onAccessChanged: () => {}, onDirectoryChanged: () => {} })
  expect(await auth.signIn({ email: 'ann@example.com', password: 'a new password', address: null })).toMatchObject({ ok: true })
  expect(await auth.resetLink(new URL(link).pathname.split('/')[2]!)).toBeNull()
  await store.close()
  expect(await failed('member', 'reset-password', '--email', 'nobody@example.com')).toMatchObject({ code: 'not_found' })
})

test('a doctor that finds something says so on stdout and ends with 1', async () => {
  await ok(...harbour)
  const store = await openStore(dataDir, 'process')
  store.sqlite.exec(`insert into updates (doc, seq, data, actor, at) values ('nonsense', 1, x'0000', 'x', 0)`)
  await store.close()
  const { code, out, err } = await run('doctor', '--json')
  expect({ code, err }).toEqual({ code: 1, err: '' })
  expect(JSON.parse(out)).toMatchObject({ ok: false, problems: [{ check: 'document', subject: 'nonsense' }] })
  expect((await run('doctor')).out).toContain('One thing is wrong:\n- document nonsense: This is not the name of a document.\n  Restore a backup')
})

test('without --json it speaks to people', async () => {
  expect(await run(...harbour)).toMatchObject({ code: 0, out: expect.stringMatching(/^Created the workspace Harbour \(.{16}\)\. Ann owns it and signs in as ann@example\.com\.$/), err: '' })
  expect(await run('member', 'add')).toMatchObject({ code: 1, out: '', err: expect.stringContaining('"member add" needs') })
  expect((await run('help')).out).toContain('token create --workspace … --name … --as …')
})

test('the program itself prints one JSON object, and fails with 1 and an error on stderr', async () => {
  expect(await admin(dataDir, ...harbour)).toMatchObject({ workspace: { name: 'Harbour' } })
  const error = await admin(dataDir, 'fly').catch((failure: { code: number; stdout: string; stderr: string }) => failure)
  expect(error).toMatchObject({ code: 1, stdout: '' })
  expect(JSON.parse((error as { stderr: string }).stderr)).toEqual({ error: { code: 'usage', message: expect.stringContaining('"fly"') } })
})
