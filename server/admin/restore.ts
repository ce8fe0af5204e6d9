import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, readdir, realpath, rename, rm, rmdir, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { DatabaseSync } from 'node:sqlite'
import { Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { isDeepStrictEqual } from 'node:util'
import { createTarDecoder, type ParsedTarEntry } from 'modern-tar'
import { newId } from '../new-id.ts'
import { migrations } from '../store/migrations.ts'
import { Failure } from './command.ts'
import { openReadOnly } from './data-folder.ts'
import { appliedMigrations, countRows, databasePath, digestOf, manifestPath, manifestSchema, type Manifest } from './manifest.ts'

const maxManifestBytes = 256 * 1024 * 1024

const codeOf = (error: unknown) => (error as NodeJS.ErrnoException).code
const foreign = (from: string) => new Failure('not_a_backup', `${from} is not a backup of Missions.`)
const damaged = (from: string, how: string) => new Failure('damaged', `The backup ${from} is damaged: ${how}. Nothing was restored; use another backup.`)

/**
 * Puts a backup into a data folder that is empty or does not exist yet. Everything is written and checked in a folder
 * beside it, which then takes its place; on any Failure nothing is left behind.
 */
export async function restore(from: string, wantedDir: string): Promise<Manifest> {
  const dataDir = await realpath(wantedDir).catch(() => wantedDir)
  const present = await readdir(dataDir).catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return null
    throw new Failure('not_a_folder', `The data folder ${dataDir} cannot be read (${codeOf(error)}). Set DATA_DIR to an empty folder.`)
  })
  if (present?.length) throw new Failure('not_empty', `The data folder ${dataDir} is not empty (${present.slice(0, 3).join(', ')}). Move it away, or set DATA_DIR to an empty folder.`)
  if (!(await stat(from).catch(() => null))?.isFile()) throw new Failure('not_found', `There is no backup at ${from}.`)
  const staging = `${dataDir}.restoring-${newId()}`
  try {
    await mkdir(dirname(dataDir), { recursive: true })
    await mkdir(staging)
    const manifest = await unpack(from, staging)
    checkDatabase(from, join(staging, databasePath), manifest)
    if (present) await makeWay(dataDir)
    await rename(staging, dataDir)
    return manifest
  } finally {
    await rm(staging, { recursive: true, force: true })
  }
}

async function makeWay(emptyDir: string) {
  await rmdir(emptyDir).catch((error: unknown) => {
    if (codeOf(error) !== 'EBUSY') throw error
    throw new Failure('mount_point', `The data folder ${emptyDir} is where a volume is mounted, and cannot be replaced. Set DATA_DIR to a new folder inside it.`)
  })
}

async function unpack(from: string, staging: string): Promise<Manifest> {
  let manifest: Manifest | null = null
  const missing = new Map<string, Manifest['files'][number]>()
  const archive = Readable.toWeb(createReadStream(from)).pipeThrough<ParsedTarEntry>(createTarDecoder({ strict: true }))
  try {
    for await (const entry of archive) {
      const { name } = entry.header
      if (!manifest) {
        if (name !== manifestPath) throw foreign(from)
        manifest = await readManifest(from, entry)
        for (const file of manifest.files) missing.set(file.path, file)
        continue
      }
      const expected = missing.get(name)
      if (!expected || entry.header.type !== 'file') throw damaged(from, `it has the file ${name}, which it should not`)
      missing.delete(name)
      await unpackFile(from, entry, expected, join(staging, name))
    }
  } catch (error) {
    if (error instanceof Failure || codeOf(error)) throw error
    throw manifest ? damaged(from, error instanceof Error ? error.message : 'it cannot be read') : foreign(from)
  }
  if (!manifest) throw foreign(from)
  if (missing.size > 0) throw damaged(from, `it is cut off, ${missing.size} of ${manifest.files.length} files are missing`)
  return manifest
}

async function readManifest(from: string, { header, body }: ParsedTarEntry): Promise<Manifest> {
  if (header.size > maxManifestBytes) throw foreign(from)
  const value: unknown = JSON.parse(await new Response(body).text())
  const about = typeof value === 'object' && value !== null ? value as Record<string, unknown> : {}
  if (about.format !== 'missions-backup') throw foreign(from)
  const newer = () => new Failure('newer', `The backup ${from} was made by a newer version of Missions. Restore it with that version.`)
  if (typeof about.version === 'number' && about.version > 1) throw newer()
  if (about.digest !== undefined && about.digest !== digestOf(about)) throw damaged(from, 'its list of contents is not what was written')
  if (Array.isArray(about.migrations) && about.migrations.some((name) => !(String(name) in migrations))) throw newer()
  const parsed = manifestSchema.safeParse(value)
  if (!parsed.success) throw damaged(from, 'its list of contents cannot be read')
  return parsed.data
}

async function unpackFile(from: string, { body }: ParsedTarEntry, expected: Manifest['files'][number], file: string) {
  await mkdir(dirname(file), { recursive: true })
  const hash = createHash('sha256')
  let size = 0
  const measure = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk)
      size += chunk.byteLength
      done(null, chunk)
    },
  })
  await pipeline(Readable.fromWeb(body), measure, createWriteStream(file, { mode: 0o600, flush: true }))
  if (size !== expected.size || hash.digest('hex') !== expected.sha256) throw damaged(from, `the content of ${expected.path} is not what was backed up`)
}

/** The database must be whole, and the one that the manifest tells of: no other program's, and of no newer version. */
function checkDatabase(from: string, file: string, { migrations: applied, counts }: Manifest) {
  function isAsTold(sqlite: DatabaseSync) {
    const counted = countRows(sqlite)
    // Another version counts other tables.
    return isDeepStrictEqual(appliedMigrations(sqlite), applied) && Object.entries(counts).every(([table, rows]) => (counted[table] ?? rows) === rows)
  }
  let wrong
  try {
    const sqlite = openReadOnly(file)
    try {
      wrong = sqlite.prepare('pragma integrity_check').get()?.integrity_check !== 'ok' ? 'is not whole' : isAsTold(sqlite) ? null : 'is not the one that was backed up'
    } finally {
      sqlite.close()
    }
  } catch (error) {
    throw damaged(from, `its database cannot be read (${error instanceof Error ? error.message : ''})`)
  }
  if (wrong) throw damaged(from, `its database ${wrong}`)
}
