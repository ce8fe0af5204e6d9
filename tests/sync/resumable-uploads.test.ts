import { createHash, randomBytes } from 'node:crypto'
import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { createMission, createProject } from '#lib/board/edits.ts'
import { readFiles, type WorkFile } from '#lib/board/files.ts'
import type { MissionId, ProjectId } from '#lib/board/ids.ts'
import { missionDocument } from '#lib/sync/document-names.ts'
import { eventually, harbour, type Harbour, type Somebody } from '../support/harbour.ts'

let here: Harbour
let member: Somebody & { tokenId: string }, other: Somebody, viewer: Somebody, foreign: Somebody
const mission = 'papers' as MissionId
const project = 'tides' as ProjectId
const kib = 1024
type State = { id: string; name: string; size: number; offset: number; file: WorkFile | null; refused: { code: string; message: string } | null }

beforeAll(async () => {
  here = await harbour({ env: { WORKER: 'off', LOG_LEVEL: 'error', LIMIT_FILE_BYTES: String(4 * 1024 * kib), LIMIT_WORKSPACE_FILES_BYTES: String(16 * 1024 * kib), LIMIT_UNFINISHED_UPLOADS: '20' } })
  ;[member, other, viewer] = await Promise.all([here.token('member'), here.token('member'), here.token('viewer')])
  foreign = (await here.workspace('Elsewhere')).owner
  const board = here.connect(member, here.board)
  await board.synced()
  createMission(board.document, { id: mission, title: 'Papers' }, member.id, 1)
  createProject(board.document, project, 'Tides', 'blue')
  await board.acknowledged()
})
afterAll(() => here.end())
afterEach(() => here.leave())

const tus = { 'tus-resumable': '1.0.0' }
const base64 = (text: string) => Buffer.from(text).toString('base64')
const metadata = (fields: Record<string, string>) => ({ 'upload-metadata': Object.entries(fields).map(([name, value]) => `${name} ${base64(value)}`).join(',') })
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

const announce = (size: number | string, fields: Record<string, string> = {}, somebody: Somebody | null = member) =>
  here.api<{ error: { code: string; message: string } }>(somebody, 'POST', '/uploads', undefined, { ...tus, 'upload-length': String(size), ...metadata({ mission, filename: 'large.bin', ...fields }) })
async function begin(size: number, fields: Record<string, string> = {}, somebody = member) {
  const { status, headers } = await announce(size, fields, somebody)
  expect(status).toBe(201)
  return headers.get('location')!.replace('/api/v1', '')
}
const part = (path: string, offset: number, bytes: Uint8Array, somebody: Somebody = member) =>
  here.api<{ error: { code: string; message: string } }>(somebody, 'PATCH', path, bytes, { ...tus, 'upload-offset': String(offset), 'content-type': 'application/offset+octet-stream' })
const offset = async (path: string, somebody: Somebody = member) => Number((await here.api(somebody, 'HEAD', path, undefined, tus)).headers.get('upload-offset'))
const state = async (path: string, somebody: Somebody = member) => (await here.api<State>(somebody, 'GET', path)).body
const onDisk = () => readdirSync(join(here.server.dataDir, 'files', 'uploads'))

/** A part that stays half-sent on its connection, as after a network that went away. */
function half(path: string, from: number, announced: number, bytes: Uint8Array) {
  const { hostname, port } = new URL(here.server.url)
  const sending = request({ hostname, port, method: 'PATCH', path: `/api/v1${path}`, headers: { authorization: `Bearer ${member.token}`, ...tus, 'upload-offset': from, 'content-length': announced, 'content-type': 'application/offset+octet-stream' } })
  const answered = new Promise<number | null>((resolve) => {
    sending.on('error', () => resolve(null))
    sending.on('response', (response) => { response.resume(); resolve(response.statusCode ?? null) })
  })
  sending.write(bytes)
  return { sending, answered }
}
const arrived = (path: string, bytes: number) => eventually(`${bytes} bytes`, async () => {
  const [, id] = /\/uploads\/(.+)$/.exec(path) ?? []
  const { uploads } = (await here.api<{ uploads: State[] }>(member, 'GET', `/uploads?mission=${mission}`)).body
  return uploads.some((upload) => upload.id === id && upload.offset >= bytes)
})

describe('an upload in parts', () => {
  test('becomes a file with its last one, listed for everybody, and its outcome can be asked for', async () => {
    const watcher = here.connect(here.owner, missionDocument(mission))
    await watcher.synced()
    const content = randomBytes(300 * kib)
    const path = await begin(content.length, { sha256: sha256(content) })
    expect(await offset(path)).toBe(0)
    const first = await part(path, 0, content.subarray(0, 100 * kib))
    expect([first.status, first.headers.get('upload-offset'), first.headers.get('tus-resumable')]).toEqual([204, String(100 * kib), '1.0.0'])
    expect(await state(path)).toMatchObject({ name: 'large.bin', offset: 100 * kib, file: null, refused: null })
    expect((await part(path, 100 * kib, content.subarray(100 * kib))).status).toBe(204)
    const { file } = await state(path)
    expect(file).toMatchObject({ name: 'large.bin', hash: sha256(content), by: member.id, version: 1 })
    await watcher.until('listing it', () => readFiles(watcher.document).some(({ id }) => id === file!.id))
    expect(onDisk()).toEqual([])
    // Whoever lost the last answer asks again, and gets the same.
    expect(await offset(path)).toBe(content.length)
    expect((await part(path, content.length, new Uint8Array())).status).toBe(204)
    expect((await state(path)).file?.id).toBe(file!.id)
  })

  test('goes to a project, or becomes the next version of a file', async () => {
    const first = await begin(3, { project, mission: '', filename: 'plan.md' })
    await part(first, 0, Buffer.from('one'))
    const { file } = await state(first)
    expect(file).toMatchObject({ name: 'plan.md', version: 1 })
    const second = await begin(3, { file: file!.id, filename: 'other name.md' })
    await part(second, 0, Buffer.from('two'))
    expect((await state(second)).file).toMatchObject({ id: file!.id, name: 'plan.md', version: 2 })
  })

  test('goes on after a connection that broke, from what arrived', async () => {
    const content = randomBytes(400 * kib)
    const path = await begin(content.length)
    const { sending, answered } = half(path, 0, content.length, content.subarray(0, 150 * kib))
    await arrived(path, 100 * kib)
    sending.destroy()
    await answered
    const from = await offset(path)
    expect(from).toBeGreaterThanOrEqual(100 * kib)
    expect((await part(path, from, content.subarray(from))).status).toBe(204)
    expect((await state(path)).file?.hash).toBe(sha256(content))
  })

  test('goes on while the server still waits on the connection before', async () => {
    const content = randomBytes(400 * kib)
    const path = await begin(content.length)
    const { sending, answered } = half(path, 0, content.length, content.subarray(0, 150 * kib))
    await arrived(path, 150 * kib)
    const from = await offset(path)
    expect(from).toBe(150 * kib)
    // What still comes over the old one is not taken.
    sending.write(content.subarray(0, 50 * kib))
    expect((await part(path, from, content.subarray(from))).status).toBe(204)
    expect((await state(path)).file?.hash).toBe(sha256(content))
    sending.destroy()
    await answered
  })

  test('goes on after the server was killed in its middle', async () => {
    const content = randomBytes(400 * kib)
    const path = await begin(content.length)
    const { answered } = half(path, 0, content.length, content.subarray(0, 150 * kib))
    await arrived(path, 100 * kib)
    await here.server.kill()
    await answered
    await here.server.restart()
    const from = await offset(path)
    expect(from).toBeGreaterThanOrEqual(100 * kib)
    expect((await part(path, from, content.subarray(from))).status).toBe(204)
    expect((await state(path)).file?.hash).toBe(sha256(content))
  })

  test('that arrived whole before the server died is put away when its sender asks', async () => {
    const content = randomBytes(50 * kib)
    const path = await begin(content.length)
    writeFileSync(join(here.server.dataDir, 'files', path), content)
    expect(await offset(path)).toBe(content.length)
    expect((await state(path)).file?.hash).toBe(sha256(content))
  })
})

describe('what is refused', () => {
  test('the announcement of what is too large, empty, nameless, or has no room, before a byte is sent', async () => {
    const codes = async (...asked: Parameters<typeof announce>) => {
      const { status, body } = await announce(...asked)
      return [status, body.error?.code]
    }
    expect(await codes(4 * 1024 * kib + 1)).toEqual([413, 'too_large'])
    expect(await codes(0)).toEqual([400, 'empty'])
    expect(await codes(5, { filename: '..' })).toEqual([400, 'bad_name'])
    expect(await codes('five')).toEqual([400, 'bad_header'])
    expect(await codes(-5)).toEqual([400, 'bad_header'])
    expect(await codes(5, { mission: '' })).toEqual([400, 'bad_header'])
    expect(await codes(5, { sha256: 'x' })).toEqual([400, 'bad_header'])
  })

  test('whoever may not, or was not the one who began', async () => {
    expect((await announce(5, {}, viewer)).status).toBe(403)
    expect((await announce(5, {}, foreign)).status).toBe(404)
    expect((await announce(5, {}, null)).status).toBe(401)
    expect((await announce(5, { mission: 'nowhere' })).status).toBe(404)
    expect((await announce(5, { file: 'nowhere' })).status).toBe(404)
    const path = await begin(5)
    for (const somebody of [other, viewer, foreign]) {
      expect((await part(path, 0, Buffer.from('hello'), somebody)).status).toBe(404)
      expect((await here.api(somebody, 'HEAD', path, undefined, tus)).status).toBe(404)
      expect((await here.api(somebody, 'DELETE', path, undefined, tus)).status).toBe(404)
    }
    expect(await offset(path)).toBe(0)
    expect((await here.api(member, 'DELETE', path, undefined, tus)).status).toBe(204)
    expect((await part(path, 0, Buffer.from('hello'))).status).toBe(404)
  })

  test('more than was announced, at another place than it is, or not as it was hashed', async () => {
    const path = await begin(5, { sha256: sha256(Buffer.from('hello')) })
    expect((await part(path, 0, Buffer.from('hello, world'))).status).toBe(413)
    expect((await part(path, 3, Buffer.from('lo'))).body.error).toMatchObject({ code: 'other_offset', message: 'The upload is at 0, not at 3. Go on from there.' })
    const damaged = await part(path, 0, Buffer.from('hallo'))
    expect([damaged.status, damaged.body.error.code]).toEqual([400, 'cut_off'])
    expect((await state(path)).refused).toMatchObject({ code: 'cut_off' })
    expect(onDisk()).toEqual([])
    expect((await here.api(member, 'PATCH', path, 'x', { ...tus, 'upload-offset': '0', 'content-type': 'text/plain' })).status).toBe(415)
    expect((await here.api(member, 'HEAD', path, undefined, { 'tus-resumable': '0.2.0' })).status).not.toBe(500)
  })

  test('the rest of an upload of somebody who was removed meanwhile', async () => {
    const leaving = await here.token('member')
    const path = await begin(10, {}, leaving)
    expect((await part(path, 0, Buffer.from('hello'), leaving)).status).toBe(204)
    await here.auth.revokeToken(here.workspaceId, leaving.tokenId)
    await eventually('its end', async () => (await part(path, 5, Buffer.from('world'), leaving)).status === 401)
    const files = here.connect(member, missionDocument(mission))
    await files.synced()
    expect(readFiles(files.document).some(({ by }) => by === leaving.id)).toBe(false)
  })
})

describe('[LIMIT1] the room of a workspace', () => {
  test('is kept for what was announced, and given back when it is given up', async () => {
    const usage = async () => (await here.api<{ files: { kept: number; arriving: number; most: number } }>(member, 'GET', `/workspaces/${here.workspaceId}/usage`)).body.files
    const before = await usage()
    const paths: string[] = []
    const free = () => before.most - before.kept - before.arriving - paths.length * 3000 * kib
    while (free() >= 3000 * kib) paths.push(await begin(3000 * kib))
    expect((await usage()).arriving).toBe(before.arriving + paths.length * 3000 * kib)
    const { status, body } = await announce(3000 * kib)
    expect([status, body.error.code]).toEqual([413, 'no_room'])
    expect(body.error.message).toMatch(/^“large\.bin” does not fit: this workspace has .+ left of its 16\.8 MB for files\.$/)
    const plain = await here.api<{ error: { code: string } }>(member, 'POST', `/missions/${mission}/files?name=plain.bin`, Buffer.alloc(3000 * kib, 1))
    expect([plain.status, plain.body.error.code]).toEqual([413, 'no_room'])
    // Small ones still fit.
    expect((await here.api(member, 'POST', `/missions/${mission}/files?name=small.txt`, 'small')).status).toBe(201)
    for (const path of paths) await here.api(member, 'DELETE', path, undefined, tus)
    expect((await usage()).arriving).toBe(before.arriving)
    const again = await begin(3000 * kib)
    await here.api(member, 'DELETE', again, undefined, tus)
  })

  test('has a most of unfinished uploads', async () => {
    const paths: string[] = []
    for (;;) {
      const { status, headers, body } = await announce(10)
      if (status === 201) paths.push(headers.get('location')!.replace('/api/v1', ''))
      else {
        expect([status, body.error.code]).toEqual([429, 'too_many'])
        break
      }
    }
    expect(paths.length).toBeLessThanOrEqual(20)
    for (const path of paths) await here.api(member, 'DELETE', path, undefined, tus)
  })
})

test('what nobody went on with is gone after three days, with its bytes', async () => {
  const path = await begin(100)
  await part(path, 0, Buffer.from('the first part'))
  const id = path.split('/').at(-1)!
  await here.db.updateTable('uploads').set({ expires_at: 1 }).where('id', '=', id).execute()
  writeFileSync(join(here.server.dataDir, 'files', 'uploads', 'unknown'), 'x')
  await here.server.stop()
  await here.server.restart()
  await eventually('its end', () => !existsSync(join(here.server.dataDir, 'files', 'uploads', id)))
  expect((await here.api(member, 'HEAD', path, undefined, tus)).status).toBe(404)
})
