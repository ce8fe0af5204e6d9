import { stat } from 'node:fs/promises'
import type { DatabaseSync } from 'node:sqlite'
import { inflateRawSync } from 'node:zlib'
import { blobFile, blobPath } from './manifest.ts'
import { fromBackup, type Problem } from './problem.ts'
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

/** Files that have no version, which none should be, and texts that were read of a file and cannot be read again. */
export function checkFileRows(sqlite: DatabaseSync): Problem[] {
  const empty = sqlite.prepare('select id, name from files where deleted_at is null and id not in (select file_id from file_versions)').all()
  const texts = sqlite.prepare(`select hash, name, content from file_texts where status = 'ready'`).all()
  return [
    ...empty.map(({ id, name }): Problem => ({ check: 'file', subject: String(id), message: `The file "${name}" has no version at all.`, repair: fromBackup })),
    ...texts.flatMap(({ hash, name, content }): Problem[] => isText(content) ? [] : [{
      check: 'file', subject: String(hash), message: `The text that was read of "${name}" is damaged; the file itself is not.`,
      repair: 'Run "npm run admin -- rebuild", then start the server, which reads it again.',
    }]),
  ]
}

function isText(content: unknown): boolean {
  try {
    return content instanceof Uint8Array && typeof JSON.parse(inflateRawSync(content).toString()) === 'object'
  } catch {
    return false
  }
}

/** Forgets texts that are damaged: the server reads them again when it starts. */
export function forgetDamagedTexts(sqlite: DatabaseSync): number {
  const damaged = sqlite.prepare(`select hash, content from file_texts where status = 'ready'`).all().filter(({ content }) => !isText(content))
  for (const { hash } of damaged) sqlite.prepare('delete from file_texts where hash = ?').run(hash as string)
  return damaged.length
}
