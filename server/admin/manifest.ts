import { createHash } from 'node:crypto'
import { join } from 'node:path'
import type { DatabaseSync } from 'node:sqlite'
import * as z from 'zod'

/** Blobs lie under the first two digits of the SHA-256 of their content. */
export const blobPath = (sha256: string) => `files/${sha256.slice(0, 2)}/${sha256}`
export const blobFile = (dataDir: string, sha256: string) => join(dataDir, blobPath(sha256))

export const manifestPath = 'manifest.json'
export const databasePath = 'missions.db'

const sha256 = z.string().regex(/^[0-9a-f]{64}$/)
const size = z.int().nonnegative()

/** What a backup says of itself, as the first file of its archive. */
export const manifestSchema = z.strictObject({
  format: z.literal('missions-backup'),
  version: z.literal(1),
  /** ISO 8601. */
  createdAt: z.iso.datetime(),
  /** Those that the database has been through: an older program cannot read it. */
  migrations: z.array(z.string()),
  counts: z.record(z.string(), size),
  /** Every other file of the archive, in its order. Nothing else is ever written by a restore. */
  files: z.array(z.object({ path: z.string(), size, sha256 }).refine(
    (file) => file.path === databasePath || file.path === blobPath(file.sha256), 'names a file that a backup does not have',
  )),
  /** Files that the database names and that were missing or damaged already. */
  leftOut: z.array(z.object({ path: z.string(), why: z.string() })),
  /** Of all that is above; the first backups have none. */
  digest: sha256.optional(),
})
export type Manifest = z.infer<typeof manifestSchema>

/** What `digest` is for everything else that a manifest says, in its order. */
export function digestOf(manifest: object): string {
  const { digest: _, ...said } = manifest as Partial<Manifest>
  return createHash('sha256').update(JSON.stringify(said)).digest('hex')
}

/** Tables of the first schema, which every later one has. */
const counted = ['workspaces', 'users', 'members', 'staff', 'tokens', 'missions', 'projects', 'runs', 'files', 'file_versions'] as const

export function countRows(sqlite: DatabaseSync): Record<string, number> {
  const count = (from: string) => Number(sqlite.prepare(`select count(*) as n from ${from}`).get()?.n)
  const documents = count('(select doc from snapshots union select doc from updates)')
  return { ...Object.fromEntries(counted.map((table) => [table, count(table)])), documents }
}

export const appliedMigrations = (sqlite: DatabaseSync): string[] =>
  sqlite.prepare('select name from kysely_migration order by name').all().map((row) => String(row.name))
