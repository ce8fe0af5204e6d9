import { createReadStream, createWriteStream } from 'node:fs'
import { mkdtemp, rename, rm, stat } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { isDeepStrictEqual } from 'node:util'
import { createTarPacker } from 'modern-tar'
import { openStore } from '../store/database.ts'
import { migrations } from '../store/migrations.ts'
import { Failure } from './command.ts'
import { openReadOnly, requireDatabase } from './data-folder.ts'
import { appliedMigrations, blobFile, blobPath, countRows, databasePath, digestOf, manifestPath, type Manifest } from './manifest.ts'
import { rebuildBoards } from './rebuild.ts'
import { sha256OfFile } from './sha256.ts'

type Backup = { file: string; bytes: number; manifest: Manifest }

type Member = { path: string; size: number; sha256: string; source: string }

const sizeOf = (file: string) => stat(file).then(({ size }) => size, () => null)

/**
 * Writes the database and every file it names into one tar archive, beside a running server or without one. The database
 * is copied first, at one moment; blobs are never changed, and are on disk before a row names them.
 * The archive gets its name when it is complete. Throws a Failure when `to` has content already.
 */
export async function backUp(dataDir: string, to: string, now: number): Promise<Backup> {
  const database = requireDatabase(dataDir)
  const file = resolve(to)
  if (await sizeOf(file)) throw new Failure('exists', `${file} exists already. Name a new file, or remove this one.`)
  const scratch = await mkdtemp(join(dirname(file), '.missions-backup-')).catch((error: NodeJS.ErrnoException) => {
    throw new Failure('not_writable', `The backup cannot be written into ${dirname(file)} (${error.code}). Name a file in a folder that exists and is writable.`)
  })
  try {
    const copy = join(scratch, databasePath)
    copyDatabase(database, copy)
    await settle(scratch, copy)
    const { manifest, members } = await describe(copy, dataDir, now)
    const archive = join(scratch, 'archive.tar')
    await writeArchive(archive, manifest, members)
    await rename(archive, file)
    return { file, bytes: (await stat(file)).size, manifest }
  } finally {
    await rm(scratch, { recursive: true, force: true })
  }
}

function copyDatabase(database: string, copy: string) {
  const sqlite = openReadOnly(database)
  try {
    sqlite.prepare('vacuum into ?').run(copy)
  } finally {
    sqlite.close()
  }
}

/** A server writes a board first and its rows a moment later; the copy, which may be of that moment, gets them now. */
async function settle(folder: string, copy: string) {
  const sqlite = openReadOnly(copy)
  const isOurs = isDeepStrictEqual(appliedMigrations(sqlite), Object.keys(migrations))
  sqlite.close()
  if (!isOurs) return
  const store = await openStore(folder, 'process')
  try {
    await rebuildBoards(store)
    // One file again, whose size and hash say all.
    store.logConnection.close()
    store.sqlite.exec('pragma journal_mode = delete')
  } finally {
    await store.close()
  }
}

async function describe(copy: string, dataDir: string, now: number): Promise<{ manifest: Manifest; members: Member[] }> {
  const sqlite = openReadOnly(copy)
  try {
    const members: Member[] = [{ path: databasePath, size: (await stat(copy)).size, sha256: await sha256OfFile(copy), source: copy }]
    const leftOut: Manifest['leftOut'] = []
    const blobs = sqlite.prepare(`
      select hash, max(f.deleted_at is null) as wanted from file_versions v join files f on f.id = v.file_id group by hash order by hash`).all()
    for (const row of blobs) {
      const sha256 = String(row.hash)
      const source = blobFile(dataDir, sha256)
      const size = await sizeOf(source)
      if (size !== null && await sha256OfFile(source) === sha256) members.push({ path: blobPath(sha256), size, sha256, source })
      else if (row.wanted) leftOut.push({ path: blobPath(sha256), why: size === null ? 'missing' : 'damaged' })
    }
    const manifest: Manifest = {
      format: 'missions-backup', version: 1, createdAt: new Date(now).toISOString(),
      migrations: appliedMigrations(sqlite), counts: countRows(sqlite),
      files: members.map(({ path, size, sha256 }) => ({ path, size, sha256 })), leftOut,
    }
    return { manifest: { ...manifest, digest: digestOf(manifest) }, members }
  } finally {
    sqlite.close()
  }
}

async function writeArchive(archive: string, manifest: Manifest, members: readonly Member[]) {
  const { readable, controller } = createTarPacker()
  const mtime = new Date(manifest.createdAt)
  const add = (name: string, size: number, body: Readable) =>
    Readable.toWeb(body).pipeTo(controller.add({ name, size, mtime, mode: 0o600, type: 'file' }))
  const pack = async () => {
    try {
      const text = Buffer.from(JSON.stringify(manifest, null, 1))
      await add(manifestPath, text.byteLength, Readable.from([text]))
      for (const { path, size, source } of members) await add(path, size, createReadStream(source))
      controller.finalize()
    } catch (error) {
      controller.error(error)
      throw error
    }
  }
  await Promise.all([pipeline(Readable.fromWeb(readable), createWriteStream(archive, { mode: 0o600, flush: true })), pack()])
}
