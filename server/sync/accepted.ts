import { isTransactionOrigin, type Extension } from '@hocuspocus/server'
import * as Y from 'yjs'
import type { MadeFrom } from '#lib/activity/entry.ts'
import type { ActorId, RunId, WorkspaceId } from '#lib/board/ids.ts'
import { parseDocumentName, type DocumentName } from '#lib/sync/document-names.ts'
import type { Log } from '../log.ts'
import type { SyncContext } from './authenticate.ts'

/** Who is behind an edit, and the run in which it was made, if any. A name that is not known here is looked up later. */
export type Author = { kind: 'person' | 'staff' | 'server'; id: ActorId | null; name?: string; workspaceId: WorkspaceId; runId: RunId | null; /** What the missions of this edit are made from. */ from?: MadeFrom }

/**
 * What an edit did, as plain values. `value`: a record (`[root, id]`) or a field of one (`[root, id, field]`) is another one now;
 * `undefined` where there was, or is, nothing. `text`: something was written or deleted in the text that is this root.
 */
export type Change =
  | { kind: 'value'; path: readonly string[]; before: unknown; after: unknown }
  | { kind: 'text'; root: string }

export type Accepted = { name: DocumentName; document: Y.Doc; author: Author; changes: readonly Change[] }

/** Roots that hold rich text; all others hold records. */
const texts = new Set(['description', 'body'])

type AcceptedEdits = {
  extension: Extension<SyncContext>
  /** Tells at once what would be told in a moment. */
  tellNow(): void
}

/**
 * Tells what clients' updates did, and what the server did in somebody's name (`documents.edit`). What was changed is gathered in the
 * midst of an edit, in proportion to it; of a client's it is told in the same turn of the event loop, when it was acknowledged and sent.
 */
export function tellAccepted({ onAccepted, log }: { onAccepted: (accepted: Accepted) => void; log: Log }): AcceptedEdits {
  const untold: Accepted[] = []

  function tellNow() {
    for (const accepted of untold.splice(0)) {
      try {
        onAccepted(accepted)
      } catch (error) {
        log.error({ err: error, document: accepted.name }, 'accepted edit not followed')
      }
    }
  }

  const extension: Extension<SyncContext> = {
    extensionName: 'accepted',
    async afterLoadDocument({ document, documentName }) {
      const name = parseDocumentName(documentName)
      // A run's log says itself who wrote it, and it is long.
      if (!name || name.kind === 'run') return
      document.on('afterTransaction', (transaction: Y.Transaction) => {
        try {
          const author = transaction.changed.size > 0 ? authorOf(transaction.origin) : null
          const changes = author ? changesIn(transaction) : []
          if (!author || changes.length === 0) return
          untold.push({ name, document, author, changes })
          // What the server does it awaits, with all that comes of it.
          if (isTransactionOrigin(transaction.origin) && transaction.origin.source === 'local') tellNow()
          else if (untold.length === 1) process.nextTick(tellNow)
        } catch (error) {
          log.error({ err: error, document: documentName }, 'accepted edit not followed')
        }
      })
    },
  }
  return { extension, tellNow }
}

function authorOf(origin: unknown): Author | null {
  if (!isTransactionOrigin(origin)) return null
  if (origin.source === 'local') return (origin.context as { author?: Author } | undefined)?.author ?? null
  if (origin.source !== 'connection') return null
  const { actor } = origin.connection.context as SyncContext
  return { kind: actor.kind, id: actor.id, name: actor.name, workspaceId: actor.workspaceId, runId: actor.kind === 'staff' ? actor.lease?.runId ?? null : null }
}

/** What a transaction changed; to be asked while its observers are called, when what it deleted can still be read. */
export function changesIn(transaction: Y.Transaction): Change[] {
  const changes: Change[] = []
  const written = new Set<string>()
  for (const [type, keys] of transaction.changed as Map<Y.AbstractType<unknown>, Set<string | null>>) {
    const path = pathOf(type)
    const root = path?.[0]
    if (!path || root === undefined) continue
    if (texts.has(root)) {
      if (written.has(root)) continue
      written.add(root)
      changes.push({ kind: 'text', root })
      continue
    }
    for (const key of keys) {
      if (key === null) continue
      const before = valueBefore(type, key, transaction)
      const after = valueAfter(type, key)
      if (!same(before, after)) changes.push({ kind: 'value', path: [...path, key], before, after })
    }
  }
  return changes
}

/** Root and keys that lead to a type; `null` where it is gone. Of a text the root alone. */
function pathOf(type: Y.AbstractType<unknown>): string[] | null {
  const path: string[] = []
  for (let at: Y.AbstractType<unknown> = type; ;) {
    const item = at._item
    if (!item) {
      path.push(Y.findRootTypeKey(at))
      return texts.has(path[path.length - 1]!) ? path.slice(-1) : path.reverse()
    }
    // What hangs in a list is part of a text; those of deleted text have changed as well.
    if (item.parentSub !== null) {
      if (item.deleted) return null
      path.push(item.parentSub)
    }
    at = item.parent as Y.AbstractType<unknown>
  }
}

const isNew = ({ id }: Y.Item, transaction: Y.Transaction) => id.clock >= (transaction.beforeState.get(id.client) ?? 0)

function valueBefore(type: Y.AbstractType<unknown>, key: string, transaction: Y.Transaction): unknown {
  let item = type._map.get(key) ?? null
  while (item && isNew(item, transaction)) item = item.left
  // It counts if it lived until this transaction took it away.
  return item && (!item.deleted || Y.isDeleted(transaction.deleteSet, item.id)) ? plain(item, (inner, innerKey) => valueBefore(inner, innerKey, transaction)) : undefined
}

function valueAfter(type: Y.AbstractType<unknown>, key: string): unknown {
  const item = type._map.get(key)
  return item && !item.deleted ? plain(item, valueAfter) : undefined
}

function plain({ content }: Y.Item, read: (type: Y.AbstractType<unknown>, key: string) => unknown): unknown {
  if (!(content instanceof Y.ContentType)) return content.getContent().at(-1)
  const type = content.type as unknown as Y.AbstractType<unknown>
  const record: Record<string, unknown> = {}
  for (const key of type._map.keys()) {
    const value = read(type, key)
    if (value !== undefined) record[key] = value
  }
  return record
}

const same = (a: unknown, b: unknown) => a === b || (typeof a === 'object' && typeof b === 'object' && JSON.stringify(a) === JSON.stringify(b))
