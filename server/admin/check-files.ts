import { stat } from 'node:fs/promises'
import type { DatabaseSync } from 'node:sqlite'
import { blobFile, blobPath } from './manifest.ts'
import type { Problem } from './problem.ts'
import { sha256OfFile } from './sha256.ts'

export type FileVersion = { id: string; name: string; version: number; hash: string; size: number }

/** Every version of every file that was not deleted. */
export const fileVersions = (sqlite: DatabaseSync) => sqlite.prepare(`
  select f.id, f.name, v.version, v.hash, v.size from file_versions v join files f on f.id = v.file_id
  where f.deleted_at is null order by f.id, v.version`).all() as FileVersion[]

/** Reads every content once, and says of each version what is wrong with its own. */
export async function checkFiles(versions: readonly FileVersion[], dataDir: string): Promise<Problem[]> {
  const contents = new Map<string, { size: number; intact: boolean } | null>()
  for (const { hash } of versions) {
    if (contents.has(hash)) continue
    const file = blobFile(dataDir, hash)
    const found = await stat(file).catch(() => null)
    contents.set(hash, found && { size: found.size, intact: await sha256OfFile(file).then((is) => is === hash, () => false) })
  }
  return versions.flatMap(({ id, name, version, hash, size }) => {
    const found = contents.get(hash)
    const wrong = !found ? 'is missing' : found.size !== size ? `has ${found.size} bytes instead of ${size}` : found.intact ? null : 'is damaged: its bytes are not those that were stored'
    const path = blobPath(hash)
    return wrong === null ? [] : [{
      check: 'file' as const, subject: id, message: `Version ${version} of the file "${name}" ${wrong}: ${path}.`,
      repair: `Copy ${path} out of a backup, which is a tar archive, into the data folder.`,
    }]
  })
}
