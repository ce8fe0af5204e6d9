import type { WorkspaceId } from '#lib/board/ids.ts'
import type { Database } from '../store/database.ts'
import type { Blobs } from './blobs.ts'

type Collected = { files: number; contents: number; bytes: number }

export type Collector = {
  /** Removes for good what was deleted before this time, in epoch milliseconds: files, and the contents that only they had. */
  deletedBefore(time: number, workspaceId?: WorkspaceId): Promise<Collected>
  /** Removes contents that no file has, such as those whose naming the end of the process prevented. */
  unnamed(): Promise<Collected>
}

/** How long a deleted file can be brought back. */
export const restorableMs = 30 * 24 * 60 * 60 * 1000
/** What was stored a moment ago is about to be named. */
const settledMs = 60 * 60 * 1000
const atOnce = 100

export function createCollector({ db, blobs, now }: { db: Database; blobs: Blobs; now: () => number }): Collector {
  const isWanted = async (hash: string) => (await db.selectFrom('file_versions').select('hash').where('hash', '=', hash).limit(1).executeTakeFirst()) !== undefined

  async function drop(hashes: readonly string[]): Promise<Omit<Collected, 'files'>> {
    let [contents, bytes] = [0, 0]
    for (const hash of hashes) {
      const size = await blobs.drop(hash, () => isWanted(hash))
      if (!await isWanted(hash)) await db.deleteFrom('file_texts').where('hash', '=', hash).execute()
      if (size === null) continue
      contents += 1
      bytes += size
    }
    return { contents, bytes }
  }

  return {
    async deletedBefore(time, workspaceId) {
      const collected: Collected = { files: 0, contents: 0, bytes: 0 }
      for (;;) {
        let query = db.selectFrom('files').select('id').where('deleted_at', 'is not', null).where('deleted_at', '<=', time)
        if (workspaceId) query = query.where('workspace_id', '=', workspaceId)
        const ids = (await query.orderBy('id').limit(atOnce).execute()).map(({ id }) => id)
        if (ids.length === 0) return collected
        const hashes = await db.transaction().execute(async (transaction) => {
          // Somebody may bring one back right now.
          const gone = (await transaction.selectFrom('files').select('id').where('id', 'in', ids).where('deleted_at', 'is not', null).execute()).map(({ id }) => id)
          if (gone.length === 0) return []
          const versions = await transaction.selectFrom('file_versions').select('hash').distinct().where('file_id', 'in', gone).execute()
          await transaction.deleteFrom('file_versions').where('file_id', 'in', gone).execute()
          await transaction.deleteFrom('files').where('id', 'in', gone).execute()
          collected.files += gone.length
          return versions.map(({ hash }) => hash)
        })
        const { contents, bytes } = await drop(hashes)
        collected.contents += contents
        collected.bytes += bytes
      }
    },

    async unnamed() {
      const hashes: string[] = []
      for await (const hash of blobs.stored(now() - settledMs)) if (!await isWanted(hash)) hashes.push(hash)
      return { files: 0, ...await drop(hashes) }
    },
  }
}
