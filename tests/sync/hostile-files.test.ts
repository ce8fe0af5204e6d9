import { afterAll, beforeAll, expect, test } from 'vitest'
import { createMission } from '#lib/board/edits.ts'
import type { WorkFile } from '#lib/board/files.ts'
import type { MissionId } from '#lib/board/ids.ts'
import { harbour, type Harbour, type Somebody } from '../support/harbour.ts'
import { harmless, hostileFiles } from '../support/hostile-files.ts'
import { processTree, resident } from '../../bench/process-cost.ts'

let here: Harbour
let member: Somebody
const mission = 'trap' as MissionId
type Text = { status: string; reason: string; text: { notes: string[]; parts: unknown[] } | null }

beforeAll(async () => {
  here = await harbour({ env: { WORKER: 'off', LOG_LEVEL: 'error' } })
  member = await here.token('member')
  const board = here.connect(member, here.board)
  await board.synced()
  createMission(board.document, { id: mission, title: 'Trap' }, member.id, 1)
  await board.acknowledged()
})
afterAll(() => here.end())

const attach = (name: string, bytes: Uint8Array) => here.api<WorkFile>(member, 'POST', `/missions/${mission}/files?name=${encodeURIComponent(name)}`, bytes)
async function textOf(id: string): Promise<Text> {
  for (;;) {
    const { body } = await here.api<Text>(member, 'GET', `/files/${id}/text?wait=30`)
    if (body.status !== 'pending') return body
  }
}

test('[FILE2] files that are made to harm are taken, told about in words, and harm neither the server nor who opens them', async () => {
  const before = resident(here.server.pid)
  let [most, reader] = [before, 0]
  const watching = setInterval(() => {
    most = Math.max(most, resident(here.server.pid) || 0)
    for (const pid of processTree(here.server.pid).slice(1)) reader = Math.max(reader, resident(pid) || 0)
  }, 100)
  const stored = []
  for (const file of await hostileFiles()) {
    const { status, body } = await attach(file.name, file.bytes)
    expect([file.name, status]).toEqual([file.name, 201])
    expect(body.type, file.name).toMatch(file.type)
    stored.push({ ...file, id: body.id, kept: body.name })
  }
  for (const { name, id, reason, notes, has, hasNot } of stored) {
    const text = await textOf(id)
    const said = `${name}: ${text.status} ${text.reason} ${text.text?.notes.join(', ') ?? ''}`
    if (reason) expect([said, text.status]).toEqual([said, 'failed'])
    if (reason) expect(text.reason, said).toMatch(reason)
    if (reason) expect(text.reason).toMatch(/^This file .+\.$/)
    if (notes) expect(said).toMatch(notes)
    if (has) expect(JSON.stringify(text.text?.parts), said).toMatch(has)
    if (hasNot) expect(JSON.stringify(text.text?.parts), said).not.toMatch(hasNot)
    if (!reason && !notes && !has) expect([said, text.status]).toEqual([said, 'none'])

    const served = await fetch(`${here.server.url}/api/v1/files/${id}/content`, { headers: { authorization: `Bearer ${member.token}`, range: 'bytes=0-0' } })
    expect(served.headers.get('x-content-type-options')).toBe('nosniff')
    expect(served.headers.get('content-type')).not.toMatch(/html|javascript|xml(?!$)/)
    expect(served.headers.get('content-security-policy')).toMatch(/default-src 'none'/)
    expect(served.headers.get('content-disposition')).not.toMatch(/[\u202e\r\n]/)
    await served.body?.cancel()
  }
  clearInterval(watching)
  expect(stored.find(({ name }) => name.includes('\u202e'))?.kept).toBe('مرحبا gnp.exe.txt')
  const { body: { id } } = await attach(harmless.name, harmless.bytes)
  expect(JSON.stringify((await textOf(id)).text)).toContain('All is well.')
  console.log(`the server's memory ${Math.round(before)} → at most ${Math.round(most)} MiB, its reader's at most ${Math.round(reader)} MiB`)
  expect(most - before).toBeLessThan(150)
  // Looked at 20 times a second by the server itself, so that it may be over for a moment.
  expect(reader).toBeLessThan(640)
}, 180_000)
