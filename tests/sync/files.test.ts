import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { readFacts } from '#lib/board/board-document.ts'
import { createMission, createProject } from '#lib/board/edits.ts'
import { filesOf, readFiles, type WorkFile } from '#lib/board/files.ts'
import type { MissionId, ProjectId } from '#lib/board/ids.ts'
import { briefDocument, missionDocument } from '#lib/sync/document-names.ts'
import { eventually, harbour, type Harbour, type Somebody } from '../support/harbour.ts'

let here: Harbour
let member: Somebody, other: Somebody, viewer: Somebody, foreign: Somebody
const mission = 'papers' as MissionId
const project = 'tides' as ProjectId
type Answer = WorkFile & { error: { code: string; message: string } }

beforeAll(async () => {
  here = await harbour({ env: { WORKER: 'off', LOG_LEVEL: 'error' } })
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

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')
const attach = (name: string, content: string, somebody = member, owner = `missions/${mission}`) =>
  here.api<Answer>(somebody, 'POST', `/${owner}/files?name=${encodeURIComponent(name)}`, content)
const replace = (id: string, content: string, somebody = member) => here.api<Answer>(somebody, 'POST', `/files/${id}/versions`, content)
const rename = (id: string, name: string, somebody = member) => here.api<Answer>(somebody, 'PATCH', `/files/${id}`, { name })
const remove = (id: string, somebody = member) => here.api<Answer>(somebody, 'DELETE', `/files/${id}`)
const restore = (id: string, somebody = member) => here.api<Answer>(somebody, 'POST', `/files/${id}/restore`)
const content = (id: string, version?: number, headers?: Record<string, string>) =>
  here.api(member, 'GET', `/files/${id}/content${version === undefined ? '' : `?version=${version}`}`, undefined, headers)
async function watching(name = missionDocument(mission)) {
  const client = here.connect(here.owner, name)
  await client.synced()
  return { client, file: (id: string) => readFiles(client.document).find((file) => file.id === id) }
}

describe('versions', () => {
  test('[FILE1] of a file that is replaced are all kept, listed live, and come back as they went', async () => {
    const { client, file } = await watching()
    const { body: { id } } = await attach('plan.md', '# One')
    expect((await replace(id, '# Two', other)).body).toMatchObject({ id, name: 'plan.md', version: 2, by: other.id, hash: sha256('# Two') })
    expect((await replace(id, '# Three')).body.version).toBe(3)
    await client.until('three versions', () => file(id)?.version === 3)
    expect(file(id)?.versions.map(({ version, hash, by }) => [version, hash, by])).toEqual([
      [1, sha256('# One'), member.id], [2, sha256('# Two'), other.id], [3, sha256('# Three'), member.id],
    ])
    expect((await content(id)).text).toBe('# Three')
    expect(await Promise.all([1, 2, 3].map(async (version) => (await content(id, version)).text))).toEqual(['# One', '# Two', '# Three'])
    for (const version of ['4', '0', '-1', 'x', '1e9', '']) expect((await here.api(member, 'GET', `/files/${id}/content?version=${version}`)).status).toBe(404)
    expect((await here.api<WorkFile>(viewer, 'GET', `/files/${id}`)).body).toEqual({ ...file(id)! })
  })

  test('come of attaching the same name again, and one more of the same content is none', async () => {
    const first = (await attach('notes.md', 'one')).body
    const second = (await attach('notes.md', 'two', other)).body
    expect(second).toMatchObject({ id: first.id, version: 2, by: other.id })
    // Its text may have been read meanwhile.
    expect((await attach('notes.md', 'two')).body).toEqual({ ...second, text: expect.stringMatching(/^(pending|ready)$/) })
    expect((await attach('notes.md', 'one')).body).toMatchObject({ id: first.id, version: 3 })
  })

  test('are not made by viewers or strangers, nor of what is not there', async () => {
    const { body: { id } } = await attach('rights.md', 'one')
    expect((await replace(id, 'two', viewer)).status).toBe(403)
    expect((await rename(id, 'mine.md', viewer)).status).toBe(403)
    expect((await restore(id, viewer)).status).toBe(403)
    for (const asked of [replace(id, 'two', foreign), rename(id, 'mine.md', foreign), remove(id, foreign), restore(id, foreign), here.api(foreign, 'GET', `/files/${id}`), replace('nothing', 'x'), restore('nothing')]) {
      expect((await asked).status).toBe(404)
    }
    expect((await replace(id, '')).body.error.code).toBe('empty')
    expect((await content(id)).text).toBe('one')
  })

  test('can be asked for in parts, as players do', async () => {
    const { body: { id } } = await attach('long.txt', '0123456789')
    const part = await content(id, 1, { range: 'bytes=3-5' })
    expect([part.status, part.text, part.headers.get('content-range'), part.headers.get('content-length')]).toEqual([206, '345', 'bytes 3-5/10', '3'])
    expect((await content(id, 1, { range: 'bytes=-2' })).text).toBe('89')
    expect((await content(id, 1, { range: 'bytes=20-' })).status).toBe(416)
    expect((await content(id, 1, { range: 'bytes=3-5', 'if-range': '"another"' })).text).toBe('0123456789')
    expect((await content(id, 1, { 'if-none-match': `"${sha256('0123456789')}"` })).status).toBe(304)
  })
})

describe('a name', () => {
  test('is changed for everybody, cleaned, and never takes another file’s', async () => {
    const { client, file } = await watching()
    const { body: { id } } = await attach('draft.md', 'draft')
    const taken = (await attach('taken.md', 'taken')).body
    expect((await rename(id, '../final\u202e.md')).body.name).toBe('final.md')
    await client.until('the new name', () => file(id)?.name === 'final.md')
    expect((await content(id)).headers.get('content-disposition')).toContain('final.md')
    const refused = await rename(id, 'taken.md')
    expect([refused.status, refused.body.error]).toEqual([409, { code: 'name_taken', message: 'There is another file called “taken.md” here. Choose a different name.' }])
    expect((await rename(id, ' .. ')).body.error.code).toBe('bad_name')
    expect((await here.api(member, 'PATCH', `/files/${id}`, { name: 7 })).status).toBe(400)
    expect((await rename(taken.id, 'taken.md')).status).toBe(200)
  })
})

describe('a deleted file', () => {
  test('comes back with its versions and its place in the count', async () => {
    const { client, file } = await watching()
    const board = here.connect(here.owner, here.board)
    await board.synced()
    const { body: { id } } = await attach('back.md', 'one')
    await replace(id, 'two')
    await board.until('the count', () => readFacts(board.document, mission).attachments === readFiles(client.document).length)
    const before = readFacts(board.document, mission).attachments
    expect((await remove(id)).status).toBe(204)
    await client.until('its going', () => !file(id))
    await board.until('one less', () => readFacts(board.document, mission).attachments === before - 1)
    expect((await content(id, 1)).status).toBe(404)
    expect((await replace(id, 'three')).status).toBe(404)
    expect((await restore(id)).body).toMatchObject({ id, name: 'back.md', version: 2 })
    await client.until('its return', () => file(id)?.versions.length === 2)
    await board.until('as before', () => readFacts(board.document, mission).attachments === before)
    expect((await content(id, 1)).text).toBe('one')
    expect((await restore(id)).status).toBe(200)
  })

  test('comes back under another name when its own is taken', async () => {
    const { body: { id } } = await attach('name.v1.md', 'one')
    await remove(id)
    const next = (await attach('name.v1.md', 'two')).body
    expect(next).toMatchObject({ version: 1 })
    expect(next.id).not.toBe(id)
    expect((await restore(id)).body.name).toBe('name.v1 (2).md')
  })
})

describe('people at once', () => {
  test('who replace, rename and delete one file lose nothing, and the list says what the tables say', async () => {
    const { client } = await watching()
    const { body: { id } } = await attach('busy.md', 'start')
    const work = Array.from({ length: 30 }, (_, n) => {
      const somebody = n % 2 ? member : other
      switch (n % 5) {
        case 0: case 1: return replace(id, `content ${n}`, somebody)
        case 2: return rename(id, `busy ${n}.md`, somebody)
        case 3: return remove(id, somebody)
        default: return restore(id, somebody)
      }
    })
    const answers = await Promise.all(work)
    for (const { status } of answers) expect([200, 201, 204, 404]).toContain(status)
    await restore(id)
    const said = (await here.api<WorkFile>(member, 'GET', `/files/${id}`)).body
    // Every content that was taken is a version, with a number of its own.
    const stored = answers.filter(({ status }) => status === 201).map(({ body }) => body.hash)
    expect(said.versions.map(({ version }) => version)).toEqual(said.versions.map((_, index) => index + 1))
    expect(new Set(said.versions.map(({ hash }) => hash))).toEqual(new Set([sha256('start'), ...stored]))
    await client.until('the same in the document', () => JSON.stringify(readFiles(client.document).find((file) => file.id === id)) === JSON.stringify(said))
    for (const { version, hash } of said.versions) expect(sha256((await content(id, version)).text)).toBe(hash)
  })

  test('who attach one name make one file of many versions', async () => {
    const answers = await Promise.all(Array.from({ length: 12 }, (_, n) => attach('same.md', `by ${n}`, n % 2 ? member : other)))
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1)
    expect(answers.map(({ body }) => body.version).sort((a, b) => a - b)).toEqual(Array.from({ length: 12 }, (_, n) => n + 1))
  })
})

describe('a project', () => {
  test('has files of its own, in its brief’s document', async () => {
    const { client, file } = await watching(briefDocument(project))
    const { status, body } = await attach('plan.png', 'not really a picture', member, `projects/${project}`)
    expect([status, body.kind]).toEqual([201, 'attachment'])
    await client.until('listing it', () => file(body.id) !== undefined)
    expect((await content(body.id)).text).toBe('not really a picture')
    expect((await rename(body.id, 'map.png')).body.name).toBe('map.png')
    await remove(body.id)
    await client.until('without it', () => !file(body.id))
    expect((await attach('x.md', 'x', viewer, `projects/${project}`)).status).toBe(403)
    expect((await attach('x.md', 'x', foreign, `projects/${project}`)).status).toBe(404)
    expect((await attach('x.md', 'x', member, 'projects/nowhere')).status).toBe(404)
  })
})

test('what a document lacks of the tables is written when it is opened', async () => {
  const { body: { id, hash } } = await attach('lost.md', 'never listed')
  // As if the process had ended between the two.
  const later = `later-${id}` as typeof id
  await here.db.insertInto('files').values({ id: later, workspace_id: here.workspaceId, mission_id: 'second' as MissionId, project_id: null, kind: 'attachment', name: 'lost.md', created_at: 1, deleted_at: null, deleted_by: null }).execute()
  await here.db.insertInto('file_versions').values({ file_id: later, version: 1, hash, size: 12, type: 'text/markdown', created_by: member.id, run_id: null, created_at: 1 }).execute()
  const board = here.connect(member, here.board)
  await board.synced()
  createMission(board.document, { id: 'second' as MissionId, title: 'Second' }, member.id, 1)
  await board.acknowledged()
  const second = here.connect(member, missionDocument('second' as MissionId))
  await second.synced()
  await second.until('listing it', () => filesOf(second.document).has(later))
})

test('the room that files take is told, and shared contents count once', async () => {
  const read = async () => (await here.api<{ files: { files: number; kept: number; deleted: number; most: number } }>(viewer, 'GET', `/workspaces/${here.workspaceId}/usage`)).body.files
  const before = await read()
  const first = (await attach('a.bin', 'x'.repeat(1000))).body
  await attach('b.bin', 'x'.repeat(1000))
  expect(await read()).toMatchObject({ files: before.files + 2, kept: before.kept + 1000, deleted: before.deleted, most: 20 * 1024 ** 3 })
  await remove(first.id)
  expect((await read()).deleted).toBe(before.deleted)
  expect((await here.api(foreign, 'GET', `/workspaces/${here.workspaceId}/usage`)).status).toBe(404)
  await eventually('nothing left over', async () => (await read()).files === before.files + 1)
})

test('deleted files are removed for good by owners, with what only they had, and kept contents stay', async () => {
  const usage = async () => (await here.api<{ files: { kept: number; deleted: number } }>(member, 'GET', `/workspaces/${here.workspaceId}/usage`)).body.files
  const shared = (await attach('shared.txt', 'in two files')).body
  const kept = (await attach('kept.txt', 'in two files')).body
  const alone = (await attach('alone.txt', 'in one file only')).body
  await remove(shared.id)
  await remove(alone.id)
  expect((await usage()).deleted).toBeGreaterThanOrEqual('in one file only'.length)
  for (const somebody of [member, viewer]) expect((await here.api(somebody, 'DELETE', `/workspaces/${here.workspaceId}/deleted-files`)).status).toBe(403)
  expect((await here.api(foreign, 'DELETE', `/workspaces/${here.workspaceId}/deleted-files`)).status).toBe(404)
  const { status, body } = await here.api<{ files: number; contents: number; bytes: number }>(here.owner, 'DELETE', `/workspaces/${here.workspaceId}/deleted-files`)
  expect(status).toBe(200)
  expect(body.files).toBeGreaterThanOrEqual(2)
  expect((await usage()).deleted).toBe(0)
  expect((await restore(alone.id)).status).toBe(404)
  expect((await content(kept.id)).text).toBe('in two files')
  const path = (hash: string) => join(here.server.dataDir, 'files', hash.slice(0, 2), hash)
  expect([existsSync(path(kept.hash)), existsSync(path(alone.hash))]).toEqual([true, false])
  expect(await here.db.selectFrom('file_texts').select('hash').where('hash', '=', alone.hash).execute()).toEqual([])
})
