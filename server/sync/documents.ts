import type { Hocuspocus } from '@hocuspocus/server'
import type * as Y from 'yjs'
import type { UpdateLog } from '../store/update-log.ts'
import type { SyncContext } from './authenticate.ts'

export type Documents = {
  /** Edits a document as the server, in one transaction; resolves when the edit is on disk. */
  edit(name: string, work: (doc: Y.Doc) => void): Promise<void>
  /** Reads a document, loading it if need be. */
  read<T>(name: string, work: (doc: Y.Doc) => T): Promise<T>
}

export function createDocuments(hocuspocus: Hocuspocus<SyncContext>, updates: UpdateLog): Documents {
  async function open<T>(name: string, work: (doc: Y.Doc) => T, write: boolean): Promise<T> {
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
        await direct.transact((doc) => {
          result = { value: work(doc) }
        })
        await updates.stored(name)
        return result!.value
      } finally {
        await direct.disconnect({ unloadImmediately: false })
      }
    }
  }
  return {
    edit: (name, work) => open(name, work, true),
    read: (name, work) => open(name, work, false),
  }
}
