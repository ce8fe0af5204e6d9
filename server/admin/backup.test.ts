import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { packTar, unpackTar, type TarEntry } from 'modern-tar'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { FileId } from '#lib/board/ids.ts'
import { removeFolder, temporaryFolder } from '../../tests/support/server.ts'
import { addFile, filledFolder, type FilledFolder } from '../../tests/support/data-folder.ts'
import { databaseFile, openStore } from '../store/database.ts'
import { backUp } from './backup.ts'
import { blobFile, blobPath, type Manifest } from './manifest.ts'
import { restore } from './restore.ts'

let here: FilledFolder
let folder: string
let archive: string
let target: string
beforeEach(async () => {
  here = await filledFolder()
  folder = temporaryFolder('backup')
  archive = join(folder, 'backup.tar')
  target = join(folder, 'restored')
})
afterEach(async () => {
  await here.end()
  removeFolder(folder)
})

const backup = () => backUp(here.dataDir, archive, Date.UTC(2026, 0, 5))

/** Every row of every table. */
function contentOf(dataDir: string) {
  const sqlite = new DatabaseSync(databaseFile(dataDir), { readOnly: true })
  const tables = sqlite.prepare(`select name from sqlite_master where type = 'table' order by name`).all().map((row) => String(row.name))
  const content = Object.fromEntries(tables.map((table) => [table, sqlite.prepare(`select * from "${table}"`).all().map((row) => JSON.stringify(row)).sort()]))
  sqlite.close()
  return content
}

/** Nothing but what the test put there: no half-made archive, no half-restored folder. */
const leftovers = () => readdirSync(folder).filter((name) => !['backup.tar', 'hostile.tar'].includes(name))

async function expectRefusal(from: string, code: string) {
  await expect(restore(from, target)).rejects.toMatchObject({ code })
  expect(leftovers()).toEqual([])
}

test('a backup of a database in use, restored, is the same', async () => {
  const { bytes, manifest } = await backup()
  expect(bytes).toBe(readFileSync(archive).byteLength)
  expect(manifest.counts).toMatchObject({ workspaces: 1, users: 1, missions: 10, projects: 1, documents: 2, files: 2 })
  expect(manifest.leftOut).toEqual([])
  expect(await restore(archive, target)).toEqual(manifest)
  expect(contentOf(target)).toEqual(contentOf(here.dataDir))
  expect(readFileSync(blobFile(target, here.hash))).toEqual(readFileSync(blobFile(here.dataDir, here.hash)))
  expect(leftovers()).toEqual(['restored'])
  const store = await openStore(target, 'process')
  expect(await store.db.selectFrom('missions').selectAll().execute()).toHaveLength(10)
  await store.close()
})

test('the archive is a tar that says first what is in it', async () => {
  const { manifest } = await backup()
  const [first, ...others] = await unpackTar(readFileSync(archive), { strict: true })
  expect(first!.header.name).toBe('manifest.json')
  expect(JSON.parse(new TextDecoder().decode(first!.data))).toEqual(manifest)
  for (const { header, data } of others) {
    expect(manifest.files).toContainEqual({ path: header.name, size: header.size, sha256: createHash('sha256').update(data!).digest('hex') })
  }
  expect(others).toHaveLength(manifest.files.length)
})

test('a backup is of one moment, however much is written meanwhile', async () => {
  let writing = true
  const insert = here.store.sqlite.prepare(`insert into updates (doc, seq, data, actor, at) values ('board/live', ?, x'00', 'x', 0)`)
  const write = (async () => {
    for (let n = 1; writing; n++) {
      insert.run(n)
      if (n % 20 === 0) await new Promise(setImmediate)
    }
  })()
  await backup()
  writing = false
  await write
  await restore(archive, target)
  const sequence = contentOf(target).updates!.map((row) => JSON.parse(row)).filter((row) => row.doc === 'board/live').map((row) => row.seq).sort((a, b) => a - b)
  expect(sequence).toEqual(sequence.map((_, n) => n + 1))
})

test('it restores into an empty folder, also behind a link', async () => {
  await backup()
  mkdirSync(join(folder, 'volume'))
  symlinkSync(join(folder, 'volume'), target)
  await restore(archive, target)
  expect(contentOf(join(folder, 'volume'))).toEqual(contentOf(here.dataDir))
})

test('a folder with anything in it is refused and left as it is', async () => {
  await backup()
  mkdirSync(target)
  writeFileSync(join(target, 'notes.txt'), 'mine')
  await expect(restore(archive, target)).rejects.toMatchObject({ code: 'not_empty', message: expect.stringContaining('notes.txt') })
  expect(readdirSync(target)).toEqual(['notes.txt'])
  await expect(restore(archive, join(target, 'notes.txt'))).rejects.toMatchObject({ code: 'not_a_folder' })
})

test('an existing archive is not overwritten', async () => {
  writeFileSync(archive, 'mine')
  await expect(backup()).rejects.toMatchObject({ code: 'exists' })
  expect(readFileSync(archive, 'utf8')).toBe('mine')
  writeFileSync(archive, '')
  await backup()
  await restore(archive, target)
})

test('a backup into a folder that does not exist is refused', async () => {
  await expect(backUp(here.dataDir, join(folder, 'none', 'b.tar'), 0)).rejects.toMatchObject({ code: 'not_writable' })
})

test('a file that is lost or damaged already is left out and named; the rest is saved', async () => {
  const damaged = await addFile(here, here.workspaceId, here.missions[2]!, 'file2' as FileId, 'will be damaged')
  writeFileSync(blobFile(here.dataDir, damaged), 'was   damaged')
  rmSync(blobFile(here.dataDir, here.hash))
  const { manifest } = await backup()
  expect(manifest.leftOut).toEqual(expect.arrayContaining([
    { path: blobPath(here.hash), why: 'missing' }, { path: blobPath(damaged), why: 'damaged' },
  ]))
  await restore(archive, target)
  expect(existsSync(blobFile(target, here.hash))).toBe(false)
  expect(contentOf(target)).toEqual(contentOf(here.dataDir))
})

test('a file of many chunks goes through whole', async () => {
  const content = 'x'.repeat(30_000_000)
  const hash = await addFile(here, here.workspaceId, here.missions[2]!, 'large' as FileId, content)
  await backup()
  await restore(archive, target)
  expect(readFileSync(blobFile(target, hash), 'utf8') === content).toBe(true)
})

test('an archive cut off anywhere is refused, and nothing is restored', async () => {
  const { bytes, manifest } = await backup()
  const end = bytes - 1024
  const padding = (512 - manifest.files.at(-1)!.size % 512) % 512
  for (const length of [0, 100, 511, 512, 700, 5_000, 150_000, end - padding - 1]) {
    const cut = join(folder, 'hostile.tar')
    writeFileSync(cut, readFileSync(archive))
    truncateSync(cut, length)
    await expect(restore(cut, target), `${length} of ${bytes} bytes`).rejects.toMatchObject({ code: expect.stringMatching(/damaged|not_a_backup/) })
    expect(leftovers()).toEqual([])
  }
})

test('an archive with one byte changed is refused, or restores the same', async () => {
  await backup()
  const whole = readFileSync(archive)
  const changed = join(folder, 'hostile.tar')
  const seed = Math.floor(Math.random() * 2 ** 31)
  let state = seed
  const random = () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647
  let refused = 0
  for (let n = 0; n < 60; n++) {
    const bytes = Buffer.from(whole)
    const at = Math.floor(random() * bytes.length)
    bytes[at] = bytes[at]! ^ (1 + Math.floor(random() * 255))
    writeFileSync(changed, bytes)
    const outcome = await restore(changed, target).then(() => 'restored', (error: { code?: string }) => error.code)
    if (outcome === 'restored') expect(contentOf(target), `byte ${at}, seed ${seed}`).toEqual(contentOf(here.dataDir))
    else expect(outcome, `byte ${at}, seed ${seed}`).toMatch(/^(damaged|not_a_backup|newer)$/)
    if (outcome !== 'restored') refused += 1
    rmSync(target, { recursive: true, force: true })
  }
  expect(refused, `seed ${seed}`).toBeGreaterThan(40)
})

test.each([
  ['a text', Buffer.from('This is not an archive.')],
  ['nothing', Buffer.alloc(0)],
  ['zeros', Buffer.alloc(10_240)],
])('%s is no backup', async (_what, content) => {
  writeFileSync(archive, content)
  await expectRefusal(archive, 'not_a_backup')
})

test('a missing archive and a folder are no backup', async () => {
  await expectRefusal(archive, 'not_found')
  await expectRefusal(folder, 'not_found')
})

/** An archive of ours, changed on purpose. */
async function forged(change: (manifest: Manifest, entries: TarEntry[]) => void): Promise<string> {
  await backup()
  const [first, ...others] = await unpackTar(readFileSync(archive))
  const manifest = JSON.parse(new TextDecoder().decode(first!.data)) as Manifest
  const entries: TarEntry[] = others.map(({ header, data }) => ({ header, body: data }))
  change(manifest, entries)
  const text = Buffer.from(JSON.stringify(manifest))
  const file = join(folder, 'hostile.tar')
  writeFileSync(file, await packTar([{ header: { name: 'manifest.json', size: text.byteLength }, body: text }, ...entries]))
  return file
}

test('a foreign archive is no backup', async () => {
  writeFileSync(archive, await packTar([{ header: { name: 'readme.md', size: 2 }, body: 'hi' }]))
  await expectRefusal(archive, 'not_a_backup')
  rmSync(archive)
  await expectRefusal(await forged((manifest) => Object.assign(manifest, { format: 'something-else' })), 'not_a_backup')
})

test('a backup of a newer program is refused as such', async () => {
  await expectRefusal(await forged((manifest) => Object.assign(manifest, { version: 2, files: 'elsewhere' })), 'newer')
  rmSync(archive)
  await expectRefusal(await forged((manifest) => manifest.migrations.push('0999_from_the_future')), 'newer')
})

test.each(['../escaped', '/tmp/escaped', 'files/../../escaped', 'files/aa/../../../escaped', 'missions.db-wal'])('a file named %s is never written', async (path) => {
  const content = 'escaped'
  const file = await forged((manifest, entries) => {
    manifest.files.push({ path, size: content.length, sha256: createHash('sha256').update(content).digest('hex') })
    entries.push({ header: { name: path, size: content.length }, body: content })
  })
  await expectRefusal(file, 'damaged')
  expect(existsSync(join(dirname(folder), 'escaped'))).toBe(false)
})

test('files that are not listed, listed twice, or links are refused', async () => {
  const again = (entry: TarEntry): TarEntry => ({ header: { ...entry.header, pax: undefined }, body: entry.body })
  for (const change of [
    (entries: TarEntry[]) => entries.push({ header: { name: 'extra', size: 1 }, body: 'x' }),
    (entries: TarEntry[]) => entries.push(again(entries[0]!)),
    (entries: TarEntry[]) => { entries[1] = { header: { name: entries[1]!.header.name, size: 0, type: 'symlink', linkname: '/etc/passwd' } } },
  ]) {
    await expectRefusal(await forged((_manifest, entries) => { change(entries) }), 'damaged')
    rmSync(archive)
  }
})

test('an archive whose database is no database is refused', async () => {
  const content = 'SQLite format 3\0 but not really'
  const file = await forged((manifest, entries) => {
    manifest.files[0] = { path: 'missions.db', size: content.length, sha256: createHash('sha256').update(content).digest('hex') }
    entries[0] = { header: { name: 'missions.db', size: content.length }, body: content }
  })
  await expectRefusal(file, 'damaged')
})

test('the archive is readable by its owner alone, since it holds password hashes', async () => {
  await backup()
  expect(statSync(archive).mode & 0o077).toBe(0)
})
