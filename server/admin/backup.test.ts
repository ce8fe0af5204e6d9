import { createHash } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { DatabaseSync, type SQLInputValue } from 'node:sqlite'
import { Kysely, SqliteDialect } from 'kysely'
import { Migrator } from 'kysely/migration'
import { packTar, unpackTar, type TarEntry } from 'modern-tar'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { renameMission } from '#lib/board/edits.ts'
import type { FileId } from '#lib/board/ids.ts'
import { boardDocument } from '#lib/sync/document-names.ts'
import { removeFolder, temporaryFolder } from '../../tests/support/server.ts'
import { addFile, addVersion, filledFolder, loggedDocument, type FilledFolder } from '../../tests/support/data-folder.ts'
import { nextTurn } from '../next-turn.ts'
import { databaseFile, openStore } from '../store/database.ts'
import { migrations } from '../store/migrations.ts'
import type { Tables } from '../store/tables.ts'
import { backUp } from './backup.ts'
import { examine } from './doctor.ts'
import { blobFile, blobPath, digestOf, type Manifest } from './manifest.ts'
import { restore } from './restore.ts'
import { replayStored, storedDocuments } from './stored-document.ts'

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
  await addVersion(here, here.workspaceId, here.missions[0]!, 'Words kept')
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
      if (n % 20 === 0) await nextTurn()
    }
  })()
  await backup()
  writing = false
  await write
  await restore(archive, target)
  const sequence = contentOf(target).updates!.map((row) => JSON.parse(row)).filter((row) => row.doc === 'board/live').map((row) => row.seq).sort((a, b) => a - b)
  expect(sequence).toEqual(sequence.map((_, n) => n + 1))
})

test('rows that a server is about to write are in the backup already', async () => {
  await loggedDocument(here.store, boardDocument(here.workspaceId), (board) => renameMission(board, here.missions[0]!, 'Renamed'))
  await backup()
  expect(await here.store.db.selectFrom('missions').select('title').where('id', '=', here.missions[0]!).executeTakeFirst()).toEqual({ title: 'Title of mission0' })
  await restore(archive, target)
  expect((await examine(target)).problems).toEqual([])
  expect(contentOf(target).missions!.join()).toContain('Renamed')
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

/** An archive of ours, changed on purpose; `sealed`: by somebody who knows how its list of contents is protected. */
async function forged(change: (manifest: Manifest, entries: TarEntry[]) => void, sealed = true): Promise<string> {
  await backup()
  const [first, ...others] = await unpackTar(readFileSync(archive))
  const manifest = JSON.parse(new TextDecoder().decode(first!.data)) as Manifest
  const entries: TarEntry[] = others.map(({ header, data }) => ({ header, body: data }))
  change(manifest, entries)
  if (sealed) manifest.digest = digestOf(manifest)
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

/** An archive of ours with another database in it. */
const withDatabase = (content: Buffer) => forged((manifest, entries) => {
  manifest.files[0] = { path: 'missions.db', size: content.length, sha256: createHash('sha256').update(content).digest('hex') }
  entries[0] = { header: { name: 'missions.db', size: content.length }, body: content }
})

test('an archive whose database is no database is refused', async () => {
  await expectRefusal(await withDatabase(Buffer.from('SQLite format 3\0 but not really')), 'damaged')
})

test('the database of another program is no backup, and makes none of an archive of ours', async () => {
  const notes = join(folder, 'hostile.tar')
  const sqlite = new DatabaseSync(notes)
  sqlite.exec(`create table notes (text); insert into notes values ('mine')`)
  sqlite.close()
  const content = readFileSync(notes)
  await expectRefusal(notes, 'not_a_backup')
  await expectRefusal(await withDatabase(content), 'damaged')
})

test('a database of ours that is not the one of the list is refused', async () => {
  const other = await filledFolder()
  await other.store.db.deleteFrom('missions').execute()
  await other.store.close()
  await expectRefusal(await withDatabase(readFileSync(databaseFile(other.dataDir))), 'damaged')
  await other.end()
})

test.each<[string, (manifest: Manifest, entries: TarEntry[]) => void]>([
  ['lacks its database', (_manifest, entries) => entries.splice(0, 1)],
  ['lacks a file', (_manifest, entries) => entries.splice(1, 1)],
  ['has another hash for a file', (manifest) => { manifest.files[0]!.sha256 = 'a'.repeat(64) }],
  ['has another size for a file', (manifest) => { manifest.files[1]!.size += 1 }],
  ['counts other rows', (manifest) => { manifest.counts.missions = 9 }],
  ['tells of fewer migrations', (manifest) => manifest.migrations.pop()],
  ['says more than a list of contents does', (manifest) => Object.assign(manifest, { note: 'x' })],
])('an archive whose list of contents %s is refused, even where it is sealed', async (_how, change) => {
  await expectRefusal(await forged(change), 'damaged')
})

test.each<[string, (manifest: Manifest) => void]>([
  ['the time', (manifest) => { manifest.createdAt = '2020-01-01T00:00:00.000Z' }],
  ['what was left out', (manifest) => manifest.leftOut.push({ path: 'files/aa/aa', why: 'missing' })],
  ['its seal', (manifest) => { manifest.digest = '0'.repeat(64) }],
])('a list of contents that was edited, %s alone, is refused', async (_what, change) => {
  await expectRefusal(await forged(change, false), 'damaged')
})

test('every byte of the list of contents counts', async () => {
  await backup()
  const whole = readFileSync(archive)
  const [first] = await unpackTar(whole)
  for (let at = 512; at < 512 + first!.header.size; at += 11) {
    const bytes = Buffer.from(whole)
    bytes[at]! ^= 1
    writeFileSync(join(folder, 'hostile.tar'), bytes)
    await expect(restore(join(folder, 'hostile.tar'), target), `byte ${at}, ${JSON.stringify(String.fromCharCode(whole[at]!))}`)
      .rejects.toMatchObject({ code: expect.stringMatching(/^(damaged|not_a_backup|newer)$/) })
    expect(leftovers()).toEqual([])
  }
})

test('one byte changed in the header or the content of any file is refused', async () => {
  await backup()
  const whole = readFileSync(archive)
  let at = 0
  for (const { header } of await unpackTar(whole)) {
    const name = whole.indexOf(header.name, at)
    const headerAt = name - name % 512
    const content = headerAt + 512
    // Name, size, checksum and type of the header; then the first, a middle and the last byte.
    for (const place of [name, headerAt + 130, headerAt + 150, headerAt + 156, content, content + (header.size >> 1), content + header.size - 1]) {
      const bytes = Buffer.from(whole)
      bytes[place]! ^= 0x15
      writeFileSync(join(folder, 'hostile.tar'), bytes)
      await expect(restore(join(folder, 'hostile.tar'), target), `${header.name}, byte ${place - headerAt}`).rejects.toMatchObject({ code: expect.stringMatching(/^(damaged|not_a_backup)$/) })
      expect(leftovers()).toEqual([])
    }
    at = content
  }
})

test('a whole archive with zeros behind its end, as some copies of tapes have, restores the same', async () => {
  await backup()
  const whole = readFileSync(archive)
  writeFileSync(join(folder, 'hostile.tar'), Buffer.concat([whole, Buffer.alloc(4096)]))
  await restore(join(folder, 'hostile.tar'), target)
  expect(contentOf(target)).toEqual(contentOf(here.dataDir))
})

test('a refusal says what is wrong and what to do', async () => {
  await expect(restore(await forged((_manifest, entries) => entries.splice(1, 1)), target)).rejects.toMatchObject({
    message: expect.stringMatching(/^The backup .* is damaged: it is cut off, 1 of 3 files are missing\. Nothing was restored; use another backup\.$/),
  })
})

describe('a backup of the first schema', () => {
  const forKysely = (sqlite: DatabaseSync) => ({
    close: () => sqlite.close(),
    prepare(query: string) {
      const statement = sqlite.prepare(query)
      return {
        reader: statement.columns().length > 0,
        all: (values: readonly unknown[]) => statement.all(...values as SQLInputValue[]),
        run: (values: readonly unknown[]) => statement.run(...values as SQLInputValue[]),
        iterate: (values: readonly unknown[]) => statement.iterate(...values as SQLInputValue[]) as IterableIterator<unknown>,
      }
    },
  })

  /** A folder as the first version left it. */
  async function firstVersion(): Promise<string> {
    const dataDir = join(folder, 'old')
    mkdirSync(dataDir)
    const sqlite = new DatabaseSync(databaseFile(dataDir))
    const db = new Kysely<Tables>({ dialect: new SqliteDialect({ database: forKysely(sqlite) }) })
    const [name, migration] = Object.entries(migrations)[0]!
    await new Migrator({ db, provider: { getMigrations: async () => ({ [name]: migration }) } }).migrateToLatest()
    const source = new DatabaseSync(databaseFile(here.dataDir), { readOnly: true })
    for (const table of ['users', 'workspaces', 'members', 'staff', 'updates', 'snapshots', 'client_ids', 'missions', 'projects', 'files', 'file_versions']) {
      const columns = sqlite.prepare(`select name from pragma_table_info('${table}')`).all().map((column) => String(column.name))
      const insert = sqlite.prepare(`insert into ${table} (${columns.join(', ')}) values (${columns.map(() => '?').join(', ')})`)
      for (const row of source.prepare(`select ${columns.join(', ')} from ${table}`).all()) insert.run(...columns.map((column) => row[column]!))
    }
    source.close()
    await db.destroy()
    cpSync(join(here.dataDir, 'files'), join(dataDir, 'files'), { recursive: true })
    return dataDir
  }

  test('restores as it is, and is brought up to date by the next start', async () => {
    const old = await firstVersion()
    await backUp(old, archive, 0)
    // It had no digest, either.
    const [first, ...others] = await unpackTar(readFileSync(archive))
    const { digest: _, ...manifest } = JSON.parse(new TextDecoder().decode(first!.data)) as Manifest
    expect(manifest.migrations).toHaveLength(1)
    const text = Buffer.from(JSON.stringify(manifest))
    writeFileSync(archive, await packTar([{ header: { name: 'manifest.json', size: text.byteLength }, body: text }, ...others.map(({ header, data }) => ({ header, body: data }))]))

    await restore(archive, target)
    expect(contentOf(target)).toEqual(contentOf(old))
    await expect(examine(target)).rejects.toMatchObject({ code: 'older' })
    const store = await openStore(target, 'process')
    expect(await store.db.selectFrom('documents').selectAll().execute()).toHaveLength(12)
    for (const name of storedDocuments(store.sqlite)) {
      expect(Y.encodeStateAsUpdate(replayStored(store.sqlite, name)), name).toEqual(Y.encodeStateAsUpdate(replayStored(here.store.sqlite, name)))
    }
    await store.close()
    expect(readdirSync(target).filter((name) => name.includes('.before-'))).toHaveLength(1)
    expect((await examine(target)).problems).toEqual([])
  })
})

test('a restored folder is whole: every document, every file, and nothing for the doctor', async () => {
  await here.auth.createToken({ workspaceId: here.workspaceId, name: 'Import', actsAs: 'staff' })
  await backup()
  await restore(archive, target)
  expect((await examine(target)).problems).toEqual([])
  const restored = new DatabaseSync(databaseFile(target), { readOnly: true })
  for (const name of storedDocuments(restored)) {
    expect(Y.encodeStateAsUpdate(replayStored(restored, name)), name).toEqual(Y.encodeStateAsUpdate(replayStored(here.store.sqlite, name)))
  }
  restored.close()
})

test('a workspace that is deleted is in a backup, as deleted', async () => {
  await here.auth.deleteWorkspace(here.workspaceId)
  await backup()
  await restore(archive, target)
  expect(contentOf(target)).toEqual(contentOf(here.dataDir))
})

test('the archive is readable by its owner alone, since it holds password hashes', async () => {
  await backup()
  expect(statSync(archive).mode & 0o077).toBe(0)
})
