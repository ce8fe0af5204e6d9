import { createHash } from 'node:crypto'
import type { DatabaseSync } from 'node:sqlite'
import { gunzipSync } from 'node:zlib'
import type { Problem } from './problem.ts'

/** Whether every version of a text can be put back: its content must be what was kept. One is in memory at a time. */
export function checkVersions(sqlite: DatabaseSync): Problem[] {
  const problems: Problem[] = []
  for (const row of sqlite.prepare('select doc, version, content, hash from text_versions order by doc, version').iterate()) {
    if (hashOf(row.content as Uint8Array) === row.hash) continue
    problems.push({
      check: 'version', subject: String(row.doc), message: `Version ${row.version} of its text is damaged: it is not what was kept, and cannot be put back.`,
      repair: 'Restore a backup if it is missed. The text as it is now, and its other versions, are not concerned.',
    })
  }
  return problems
}

function hashOf(content: Uint8Array): string | null {
  try {
    return createHash('sha256').update(gunzipSync(content)).digest('hex')
  } catch {
    return null
  }
}
