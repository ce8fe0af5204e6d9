import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { removeFolder, temporaryFolder } from '../../tests/support/server.ts'
import { diskBlobs, TooLarge } from './blobs.ts'
import { cleanName } from './clean-name.ts'
import { contentHeaders, detectType } from './file-type.ts'

describe('the name of a file', () => {
  test.each([
    ['../../etc/passwd', 'passwd'],
    ['..\\..\\windows\\system.ini', 'system.ini'],
    ['/absolute/path.csv', 'path.csv'],
    ['C:\\Users\\Ann\\notes.md', 'notes.md'],
    ['.hidden', 'hidden'],
    ['. . .trick.txt', 'trick.txt'],
    ['  prices.csv \n', 'prices.csv'],
    ['invoice\u202egnp.exe', 'invoicegnp.exe'],
    ['a\u2066b\u2069c\u200e\u200f\u061c.txt', 'abc.txt'],
    ['line\nbreak\u0000\u0007\u001b[31m.txt', 'linebreak[31m.txt'],
    ['half \ud83d a character.txt', 'half \ufffd a character.txt'],
    ['e\u0301te\u0301.txt', 'été.txt'],
    ['Übersicht – 日本語 👩‍🚀.pdf', 'Übersicht – 日本語 👩‍🚀.pdf'],
  ])('%j becomes %j', (given, cleaned) => {
    expect(cleanName(given)).toBe(cleaned)
  })

  test.each(['', '   ', '.', '..', '...', '../', '/', '\\', 'folder/', '\u202e', '\u0000', '. . .'])('%j is none', (given) => {
    expect(cleanName(given)).toBe('')
  })

  test('is cut where it is too long, without its ending and without half a character', () => {
    expect(cleanName(`${'long '.repeat(100)}.pdf`)).toMatch(/^long .{1,196}\.pdf$/)
    for (const length of [197, 198, 199, 200, 201]) {
      const name = cleanName(`${'x'.repeat(length)}${'😀'.repeat(20)}`)
      expect(name.length).toBeLessThanOrEqual(200)
      expect(name.isWellFormed()).toBe(true)
    }
  })
})

describe('the type of a file', () => {
  const png = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52, 0, 0, 0, 1, 0, 0, 0, 1, 8, 6, 0, 0, 0)
  const html = Buffer.from('<!doctype html><script>alert(1)</script>')

  test.each<[string, string, Uint8Array, string]>([
    ['a picture that is called a table', 'prices.csv', png, 'image/png'],
    ['a page that is called a picture', 'photo.png', html, 'text/plain'],
    ['a page', 'page.html', html, 'text/html'],
    ['a program that is called a document', 'letter.pdf', Uint8Array.of(0x4d, 0x5a, 0x90, 0, 3, 0, 0, 0, 4, 0, 0, 0), 'application/x-msdownload'],
    ['bytes that are nothing known', 'notes.md', Uint8Array.of(0, 1, 2, 3, 250, 251), 'application/octet-stream'],
    ['a table', 'prices.csv', Buffer.from('day,price\nmonday,3\n'), 'text/csv'],
    ['a drawing', 'logo.svg', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), 'image/svg+xml'],
  ])('is told from its bytes: %s', async (_, name, head, type) => {
    expect(await detectType(name, head)).toBe(type)
  })

  test('is text as well where the head ends in the middle of a character', async () => {
    expect(await detectType('a.txt', Buffer.from('😀😀').subarray(0, 6))).toBe('text/plain')
  })

  test.each(['text/html', 'application/xhtml+xml', 'application/xml', 'application/javascript', 'application/octet-stream', 'application/zip'])('%s is saved, never shown on our own address', (type) => {
    expect(contentHeaders('file', type)).toMatchObject({ 'content-type': 'application/octet-stream', 'x-content-type-options': 'nosniff' })
    expect(contentHeaders('file', type)['content-disposition']).toMatch(/^attachment;/)
  })

  test.each(['text/plain', 'text/csv', 'text/markdown'])('%s is shown as plain text', (type) => {
    expect(contentHeaders('file', type)).toMatchObject({ 'content-type': 'text/plain; charset=utf-8', 'x-content-type-options': 'nosniff' })
  })

  test.each(['image/png', 'image/svg+xml', 'text/plain'])('%s is shown in a sandbox, without scripts', (type) => {
    const policy = contentHeaders('file', type)['content-security-policy']
    expect(policy).toMatch(/default-src 'none'.*sandbox$/)
    expect(policy).not.toContain('allow-scripts')
  })

  test('a name cannot add a header', () => {
    expect(contentHeaders('a"; filename=evil.html\r\nSet-Cookie: x=1', 'text/plain')['content-disposition']).not.toMatch(/[\r\n"]/)
    expect(contentHeaders('half \ud83d', 'text/plain')['content-disposition']).toContain('%EF%BF%BD')
  })
})

describe('contents on disk', () => {
  let folder: string
  beforeEach(() => { folder = temporaryFolder('blobs') })
  afterEach(() => removeFolder(folder))

  const stream = (...chunks: Uint8Array[]) => new ReadableStream<Uint8Array>({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(chunk)
      controller.close()
    },
  })
  const half = () => new ReadableStream<Uint8Array>({
    pull(controller) {
      controller.enqueue(Buffer.from('half'))
      controller.error(new Error('aborted'))
    },
  })
  const incoming = () => readdirSync(join(folder, 'incoming'))
  const bytesOf = async (blob: Awaited<ReturnType<Awaited<ReturnType<typeof diskBlobs>>['read']>>) => Buffer.from(await new Response(blob!.stream).arrayBuffer())

  test('are found by their hash, each stored once', async () => {
    const blobs = await diskBlobs(folder)
    const stored = await blobs.put(stream(Buffer.from('hello '), Buffer.from('world')), 100)
    expect(stored).toMatchObject({ hash: createHash('sha256').update('hello world').digest('hex'), size: 11 })
    expect(Buffer.from(stored.head).toString()).toBe('hello world')
    await blobs.put(stream(Buffer.from('hello world')), 100)
    expect((await bytesOf(await blobs.read(stored.hash))).toString()).toBe('hello world')
    expect(readdirSync(join(folder, stored.hash.slice(0, 2)))).toEqual([stored.hash])
    expect(incoming()).toEqual([])
  })

  test('that break off, or are too large, leave nothing', async () => {
    const blobs = await diskBlobs(folder)
    await expect(blobs.put(half(), 100)).rejects.toThrow('aborted')
    await expect(blobs.put(stream(Buffer.alloc(60), Buffer.alloc(60)), 100)).rejects.toThrow(TooLarge)
    expect(incoming()).toEqual([])
    expect(readdirSync(folder)).toEqual(['incoming'])
  })

  test('that a process left half-written are gone when the next one starts', async () => {
    const blobs = await diskBlobs(folder)
    let end = () => {}
    const put = blobs.put(new ReadableStream({ start(controller) { end = () => controller.error(new Error('gone')) } }), 100)
    await expect.poll(incoming).toHaveLength(1)
    await diskBlobs(folder)
    expect(incoming()).toEqual([])
    end()
    await expect(put).rejects.toThrow('gone')
  })

  test('that are not there are null', async () => {
    expect(await (await diskBlobs(folder)).read('0'.repeat(64))).toBeNull()
  })

  test('of any size come through whole', async () => {
    const blobs = await diskBlobs(folder)
    const large = Buffer.alloc(5_000_000, 'missions')
    const { hash, head } = await blobs.put(stream(large.subarray(0, 10), large.subarray(10, 4_000_000), large.subarray(4_000_000)), 10_000_000)
    expect(head.byteLength).toBe(8 * 1024)
    expect(readFileSync(join(folder, hash.slice(0, 2), hash)).equals(large)).toBe(true)
  })
})
