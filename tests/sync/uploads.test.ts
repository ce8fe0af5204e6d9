import { createHash, randomBytes } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { request } from 'node:http'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { readFacts } from '#lib/board/board-document.ts'
import { createMission } from '#lib/board/edits.ts'
import type { MissionId } from '#lib/board/ids.ts'
import { readFiles, type MissionFile } from '#lib/board/mission-document.ts'
import { missionDocument } from '#lib/sync/document-names.ts'
import { type Client } from '../support/client.ts'
import { eventually, harbour, type Harbour, type Somebody } from '../support/harbour.ts'

let here: Harbour
let member: Somebody, viewer: Somebody, foreign: Somebody
let files: Client
const mission = 'uploads' as MissionId
type Answer = MissionFile & { error: { code: string; message: string } }

beforeAll(async () => {
  here = await harbour({ env: { WORKER: 'off', LOG_LEVEL: 'error' } })
  ;[member, viewer] = await Promise.all([here.token('member'), here.token('viewer')])
  foreign = (await here.workspace('Elsewhere')).owner
  const board = here.connect(member, here.board)
  await board.synced()
  createMission(board.document, { id: mission, title: 'Papers' }, member.id, 1)
  await board.acknowledged()
})
afterAll(() => here.end())
afterEach(() => here.leave())

const upload = (name: string, body: string | Uint8Array, somebody: Somebody | null = member, headers: Record<string, string> = {}) =>
  here.api<Answer>(somebody, 'POST', `/missions/${mission}/files?name=${encodeURIComponent(name)}`, body, headers)
const content = (id: string, somebody: Somebody = member) => here.api(somebody, 'GET', `/files/${id}/content`)
async function listed() {
  files = here.connect(member, missionDocument(mission))
  await files.synced()
  return known()
}
/** Which versions are listed; that the text of one was read meanwhile is no matter. */
const known = () => readFiles(files.document).map(({ id, version }) => `${id} ${version}`)
const incoming = () => readdirSync(join(here.server.dataDir, 'files', 'incoming'))
const sha256 = (bytes: string | Uint8Array) => createHash('sha256').update(bytes).digest('hex')

/** An upload by hand, byte by byte. */
function slowly(name: string, headers: Record<string, string | number>) {
  const { hostname, port } = new URL(here.server.url)
  const sending = request({ hostname, port, method: 'POST', path: `/api/v1/missions/${mission}/files?name=${name}`, headers: { authorization: `Bearer ${member.token}`, ...headers } })
  sending.on('error', () => {})
  const answered = new Promise<number | null>((resolve) => {
    sending.on('response', (response) => { response.resume(); resolve(response.statusCode ?? null) })
    sending.on('close', () => resolve(null))
  })
  return { sending, answered }
}

describe('an upload', () => {
  test('is listed live for everybody, counted on the card, and comes back as it went', async () => {
    const watcher = here.connect(here.owner, missionDocument(mission))
    const board = here.connect(here.owner, here.board)
    await Promise.all([watcher.synced(), board.synced()])
    const before = readFacts(board.document, mission).attachments
    const table = 'day,price\nmonday,3\n'
    const { status, body } = await upload('prices.csv', table)
    expect(status).toBe(201)
    expect(body).toMatchObject({ name: 'prices.csv', type: 'text/csv', size: table.length, hash: sha256(table), version: 1, by: member.id, kind: 'attachment' })
    await watcher.until('listing it', () => readFiles(watcher.document).some(({ id }) => id === body.id))
    await board.until('counting it', () => readFacts(board.document, mission).attachments === before + 1)
    expect((await content(body.id)).text).toBe(table)

    expect((await here.api(member, 'DELETE', `/files/${body.id}`)).status).toBe(204)
    await watcher.until('without it', () => !readFiles(watcher.document).some(({ id }) => id === body.id))
    expect((await content(body.id)).status).toBe(404)
  })

  test('of the same name is the next version', async () => {
    expect((await upload('plan.md', '# One')).body.version).toBe(1)
    expect((await upload('plan.md', '# Two')).body.version).toBe(2)
  })
})

describe('a type', () => {
  test.each([
    ['a page that is called a picture and sent as one', 'photo.png', '<!doctype html><script>alert(1)</script>', 'image/png'],
    ['a page', 'page.html', '<!doctype html><script>alert(1)</script>', 'text/html'],
    ['a drawing with a script', 'logo.svg', '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', 'image/svg+xml'],
    ['a program that is called a document', 'letter.pdf', Uint8Array.of(0x4d, 0x5a, 0x90, 0, 3, 0, 0, 0), 'application/pdf'],
  ])('is not believed, and nothing is shown as a page of ours: %s', async (_, name, bytes, claimed) => {
    const { body } = await upload(name, bytes, member, { 'content-type': claimed })
    const { headers, status } = await content(body.id)
    expect(status).toBe(200)
    expect(headers.get('content-type')).not.toMatch(/html|javascript|xml(?!$)/)
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('content-security-policy')).toMatch(/default-src 'none'.*sandbox/)
    expect(headers.get('cross-origin-resource-policy')).toBe('same-origin')
    if (body.type === 'text/html') expect(headers.get('content-disposition')).toMatch(/^attachment/)
  })
})

describe('a name', () => {
  test.each<[string, string, string | null]>([
    ['that climbs', '../../../etc/passwd', 'passwd'],
    ['that climbs on Windows', '..\\..\\boot.ini', 'boot.ini'],
    ['that turns the reading round', 'invoice\u202egnp.exe', 'invoicegnp.exe'],
    ['with control characters', 'a\u0000b\r\nSet-Cookie: x=1.txt', 'abSet-Cookie: x=1.txt'],
    ['that is very long', `${'x'.repeat(5_000)}.csv`, `${'x'.repeat(196)}.csv`],
    ['that is cut in the middle of a character', `${'x'.repeat(199)}😀.csv😀`, null],
    ['with markup', '"><img src=x onerror=alert(1)>.txt', '"><img src=x onerror=alert(1)>.txt'],
  ])('%s is made harmless', async (_, name, cleaned) => {
    const { status, body } = await upload(name, `content of ${name}`)
    expect(status).toBe(201)
    if (cleaned !== null) expect(body.name).toBe(cleaned)
    expect(body.name.length).toBeLessThanOrEqual(200)
    const got = await content(body.id)
    expect(got.status).toBe(200)
    expect(got.headers.get('set-cookie')).toBeNull()
    expect(got.text).toBe(`content of ${name}`)
  })

  test.each(['', '..', '../', '.', '\u202e'])('that is none is refused: %j', async (name) => {
    const { status, body } = await upload(name, 'content')
    expect([status, body.error]).toEqual([400, { code: 'bad_name', message: 'The file has no usable name. Rename it and try again.' }])
  })
})

describe('what does not arrive', () => {
  test('an empty file is refused, in words', async () => {
    const { status, body } = await upload('empty.csv', '')
    expect([status, body.error]).toEqual([400, { code: 'empty', message: '“empty.csv” is empty, so there is nothing to attach.' }])
  })

  test.each([['announced', { 'content-length': 1_000_000 }], ['in pieces', { 'transfer-encoding': 'chunked' }]])('an upload that is cut off half-way leaves nothing: %s', async (_, headers) => {
    const before = await listed()
    const { sending, answered } = slowly('half.csv', headers as Record<string, string | number>)
    sending.write('x'.repeat(400_000))
    await eventually('the first half', () => incoming().length > 0)
    sending.destroy()
    await answered
    await eventually('nothing left of it', () => incoming().length === 0)
    await new Promise((resolve) => setTimeout(resolve, 100))
    expect(known()).toEqual(before)
    expect((await fetch(`${here.server.url}/healthz`)).status).toBe(200)
  })

  test('a length that is a lie ends the upload', async () => {
    const before = await listed()
    const { sending, answered } = slowly('short.csv', { 'content-length': 10 })
    sending.write('only')
    await new Promise((resolve) => setTimeout(resolve, 50))
    sending.socket?.end()
    expect([400, null]).toContain(await answered)
    expect(known()).toEqual(before)
  })

  test('a server that was killed in the middle forgets the half at its next start', async () => {
    const { sending, answered } = slowly('killed.csv', { 'content-length': 1_000_000 })
    sending.write('x'.repeat(400_000))
    await eventually('the first half', () => incoming().length > 0)
    await here.server.kill()
    await answered
    await here.server.restart()
    expect(incoming()).toEqual([])
  })
})

describe('who may', () => {
  test('upload and delete: members', async () => {
    const { body } = await upload('ours.txt', 'ours')
    expect((await upload('x.txt', 'x', viewer)).status).toBe(403)
    expect((await upload('x.txt', 'x', null)).status).toBe(401)
    expect((await upload('x.txt', 'x', { ...member, token: 'mis_guess' })).status).toBe(401)
    expect((await upload('x.txt', 'x', foreign)).status).toBe(404)
    expect((await here.api(viewer, 'DELETE', `/files/${body.id}`)).status).toBe(403)
    expect((await here.api(foreign, 'DELETE', `/files/${body.id}`)).status).toBe(404)
    expect((await here.api(member, 'POST', '/missions/no-such-mission/files?name=x.txt', 'x')).status).toBe(404)
  })

  test('read: everybody of the workspace, and nobody else', async () => {
    const { body } = await upload('ours.txt', 'ours')
    expect((await content(body.id, viewer)).text).toBe('ours')
    expect((await content(body.id, foreign)).status).toBe(404)
    expect((await content('no-such-file', foreign)).text).toBe((await content(body.id, foreign)).text)
    expect((await here.api(null, 'GET', `/files/${body.id}/content`)).status).toBe(401)
  })

  test('not who is removed while it is still on its way', async () => {
    const agent = await here.token('member')
    const before = await listed()
    let more: ReadableStreamDefaultController<Uint8Array>
    const body = new ReadableStream<Uint8Array>({ start(controller) { more = controller; controller.enqueue(Buffer.from('first half, ')) } })
    const sending = fetch(`${here.server.url}/api/v1/missions/${mission}/files?name=late.txt`, { method: 'POST', body, duplex: 'half', headers: { authorization: `Bearer ${agent.token}` } } as RequestInit)
    await eventually('the first half', () => incoming().length > 0)
    await here.auth.revokeToken(here.workspaceId, agent.tokenId)
    more!.enqueue(Buffer.from('second half'))
    more!.close()
    expect((await sending).status).toBe(401)
    expect(known()).toEqual(before)
  })

  test('not a page of another origin in somebody’s name', async () => {
    const { status, body } = await upload('x.txt', 'x', here.owner, { origin: 'https://evil.example', 'content-type': 'text/plain' })
    expect([status, body.error?.code]).toEqual([403, 'foreign_origin'])
  })
})

test('two hundred megabytes go through without being held in memory', async () => {
  const memory = () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${here.server.pid}/status`, 'utf8'))![1]) / 1024
  const chunk = randomBytes(1024 * 1024)
  const size = 200
  const digest = createHash('sha256')
  let sent = 0
  let most = 0
  const before = memory()
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (sent++ === size) return controller.close()
      digest.update(chunk)
      controller.enqueue(new Uint8Array(chunk))
      most = Math.max(most, memory())
    },
  })
  const from = Date.now()
  const answer = await fetch(`${here.server.url}/api/v1/missions/${mission}/files?name=large.bin`, { method: 'POST', body, duplex: 'half', headers: { authorization: `Bearer ${member.token}` } } as RequestInit)
  const file = await answer.json() as MissionFile
  expect(answer.status).toBe(201)
  expect(file).toMatchObject({ size: size * chunk.byteLength, hash: digest.digest('hex') })
  const up = Date.now() - from

  const download = await fetch(`${here.server.url}/api/v1/files/${file.id}/content`, { headers: { authorization: `Bearer ${member.token}` } })
  expect(download.headers.get('content-length')).toBe(String(file.size))
  const got = createHash('sha256')
  for await (const part of download.body!) {
    got.update(part)
    most = Math.max(most, memory())
  }
  expect(got.digest('hex')).toBe(file.hash)
  console.log(`${size} MiB up in ${up} ms, the server's memory ${Math.round(before)} → at most ${Math.round(most)} MiB`)
  expect(most - before).toBeLessThan(150)
}, 60_000)
