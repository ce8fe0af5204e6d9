import type { Hocuspocus, LocalTransactionOrigin } from '@hocuspocus/server'
import type * as Y from 'yjs'
import type { UpdateLog } from '../store/update-log.ts'
import type { Author } from './accepted.ts'
import type { SyncContext } from './authenticate.ts'

export type Documents = {
  /** Edits a document as the server, in one transaction; resolves when the edit is on disk. `author` is in whose name, for the record of activity. */
  edit(name: string, work: (doc: Y.Doc) => void, author?: Author): Promise<void>
  /** Reads a document, loading it if need be. */
  read<T>(name: string, work: (doc: Y.Doc) => T): Promise<T>
}

export function createDocuments(hocuspocus: Hocuspocus<SyncContext>, updates: UpdateLog): Documents {
  async function open<T>(name: string, work: (doc: Y.Doc) => T, write: boolean, author?: Author): Promise<T> {
    for (;;) {
      // Clients see what the server writes at once: while nothing can be stored, it writes nothing.
      if (write) await updates.settled()
      const direct = await hocuspocus.openDirectConnection(name)
      const { document } = direct
      try {
        // Between the look-up and this line Hocuspocus may have unloaded the document; an edit of it would be lost.
        if (!document || hocuspocus.documents.get(name) !== document) continue
        if (!write) return work(document)
        let result: { value: T } | undefined
        document.transact(() => {
          result = { value: work(document) }
        }, { source: 'local', context: { author } } satisfies LocalTransactionOrigin)
        await updates.stored(name)
        return result!.value
      } finally {
        await direct.disconnect({ unloadImmediately: false })
      }
    }
  }
  return {
    edit: (name, work, author) => open(name, work, true, author),
    read(name, work) {
      const loaded = hocuspocus.documents.get(name)
      return loaded && !loaded.isLoading ? Promise.try(work, loaded) : open(name, work, false)
    },
  }
}
