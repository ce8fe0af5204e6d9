import { deflateSync } from 'node:zlib'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { ActorId, WorkspaceId } from '#lib/board/ids.ts'
import { succeeded, temporaryAuth, workspaceOfAnn, type TestAuth } from '../../tests/support/auth.ts'
import { readPicture } from './picture.ts'

let here: TestAuth
let workspaceId: WorkspaceId
let userId: ActorId
beforeEach(async () => {
  here = await temporaryAuth()
  ;({ workspaceId, userId } = await workspaceOfAnn(here.auth))
})
afterEach(() => here.end())

const bytes = (...parts: (string | number[] | Uint8Array)[]) => new Uint8Array(Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.from(part)))))
const png = (width: number, height: number, rest = '') => {
  const size = Buffer.alloc(8)
  size.writeUInt32BE(width)
  size.writeUInt32BE(height, 4)
  return bytes('\x89PNG\r\n\x1a\n\0\0\0\rIHDR', size, [8, 2, 0, 0, 0, 0, 0, 0, 0], deflateSync(rest))
}
const jpeg = (width: number, height: number) =>
  bytes([0xff, 0xd8, 0xff, 0xe0, 0, 4, 1, 1, 0xff, 0xc0, 0, 17, 8, height >> 8, height & 255, width >> 8, width & 255, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0])
const webp = (width: number, height: number) =>
  bytes('RIFF\0\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0', [(width - 1) & 255, (width - 1) >> 8, 0, (height - 1) & 255, (height - 1) >> 8, 0])

test('pictures are known by their bytes', () => {
  expect(readPicture(png(256, 128))).toEqual({ type: 'image/png', width: 256, height: 128 })
  expect(readPicture(jpeg(300, 200))).toEqual({ type: 'image/jpeg', width: 300, height: 200 })
  expect(readPicture(webp(512, 511))).toEqual({ type: 'image/webp', width: 512, height: 511 })
})

test.each([
  ['an SVG', bytes('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')],
  ['a page', bytes('<!doctype html><script>alert(1)</script>')], ['nothing', bytes()], ['the head of a JPEG', bytes([0xff, 0xd8, 0xff])],
  ['the head of a PNG', bytes('\x89PNG\r\n\x1a\n\0\0\0\rIHDR')], ['the head of a WebP', bytes('RIFF\0\0\0\0WEBPVP8X')], ['a GIF', bytes('GIF89a\x10\0\x10\0')],
])('%s is none', async (_what, data) => {
  expect(readPicture(data)).toBeNull()
  expect(await here.auth.setAvatar(userId, data)).toMatchObject({ ok: false, code: 'invalid' })
})

test.each([[png(10_000, 10_000)], [png(256, 200)], [png(0, 0)], [bytes(png(64, 64), new Uint8Array(200_000))]])('what is too large, or no square, is refused', async (data) => {
  expect(await here.auth.setAvatar(userId, data)).toMatchObject({ ok: false })
  expect(await here.auth.profile(userId)).toMatchObject({ avatar: null })
})

test('a picture is in the directory of every workspace of its owner, under an address of its own, until it is removed', async () => {
  const quay = succeeded(await here.auth.createWorkspace({ name: 'Quay', ownerName: 'Ann', email: 'ann@example.com', password: 'correct horse' }))
  here.told.length = 0
  const first = succeeded(await here.auth.setAvatar(userId, png(256, 256, 'one')))
  expect(new Set(here.told.map((each) => JSON.stringify(each)))).toEqual(new Set([workspaceId, quay.workspaceId].map((directory) => JSON.stringify({ directory }))))
  const address = async () => (await here.auth.directoryEntries(workspaceId))[userId]?.avatar
  expect(await address()).toBe(`/api/v1/people/${userId}/avatar/${first.hash}`)
  expect(await here.auth.profile(userId)).toMatchObject({ avatar: await address() })
  const second = succeeded(await here.auth.setAvatar(userId, png(256, 256, 'two')))
  expect(second.hash).not.toBe(first.hash)
  expect(await here.auth.avatar(userId, first.hash, { userId })).toBeNull()
  await here.auth.removeAvatar(userId)
  expect(await address()).toBeNull()
})

test('[ACCESS1] a picture is shown to whoever is in a workspace with its owner, and to nobody else', async () => {
  const data = png(256, 256)
  const { hash } = succeeded(await here.auth.setAvatar(userId, data))
  const bea = succeeded(await here.auth.addMember({ workspaceId, role: 'viewer', name: 'Bea', email: 'bea@example.com', password: 'password of bea' })).member.id
  const quay = succeeded(await here.auth.createWorkspace({ name: 'Quay', ownerName: 'Eve', email: 'eve@example.com', password: 'password of eve' }))
  const seen = (viewer: Parameters<typeof here.auth.avatar>[2]) => here.auth.avatar(userId, hash, viewer)
  expect(await seen({ userId: bea })).toMatchObject({ type: 'image/png' })
  expect([...(await seen({ workspaceId }))!.data]).toEqual([...data])
  expect(await seen({ userId: quay.userId })).toBeNull()
  expect(await seen({ workspaceId: quay.workspaceId })).toBeNull()
  // Who was removed stays beside what they wrote, and sees nobody any more.
  succeeded(await here.auth.removeMember({ workspaceId, userId: bea }))
  expect(await seen({ userId: bea })).toBeNull()
})

test('a change of a picture by another process is noticed', async () => {
  const revision = () => Number(here.store.sqlite.prepare('select revision from access_revision').get()?.revision)
  const before = revision()
  succeeded(await here.auth.setAvatar(userId, png(256, 256)))
  expect(revision()).toBeGreaterThan(before)
})
