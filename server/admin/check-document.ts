import type { DatabaseSync } from 'node:sqlite'
import * as Y from 'yjs'
import { parseDocumentName } from '#lib/sync/document-names.ts'
import { byRebuild, fromBackup, type Problem } from './problem.ts'
import { clientsWithoutOwner, readStored, type StoredUpdate } from './stored-document.ts'

/** `doc` is `null` where what is stored does not make a whole document. */
type CheckedDocument = { doc: Y.Doc | null; problems: Problem[] }

const cannotOpen = `${fromBackup} Until then nobody can open the document.`
const reasonOf = (error: unknown) => (error instanceof Error ? error.message : String(error))

/** Looks at a document's snapshot and log, byte by byte, and replays it. The caller destroys the document. */
export function checkDocument(sqlite: DatabaseSync, name: string): CheckedDocument {
  const problem = (message: string, repair: string): Problem => ({ check: 'document', subject: name, message, repair })
  const broken = (...messages: string[]): CheckedDocument => ({ doc: null, problems: messages.map((message) => problem(message, fromBackup)) })
  if (!parseDocumentName(name)) return broken('This is not the name of a document.')

  const { snapshot, updates } = readStored(sqlite, name)
  const damaged = [...(snapshot?.intact === false ? ['The snapshot'] : []), ...updates.filter(({ intact }) => !intact).map(({ seq }) => `Update ${seq}`)]
  if (damaged.length > 0) return { doc: null, problems: damaged.map((what) => problem(`${what} is damaged: its bytes are not those that were written.`, cannotOpen)) }

  const uptoSeq = snapshot?.uptoSeq ?? 0
  const gap = gapAfter(uptoSeq, updates)
  if (gap) return broken(gap)
  const problems: Problem[] = []
  const covered = updates.filter(({ seq }) => seq <= uptoSeq).length
  if (covered > 0) problems.push(problem(`${covered === 1 ? 'An update is' : `${covered} updates are`} stored beside the snapshot that covers ${covered === 1 ? 'it' : 'them'}, up to ${uptoSeq}.`, byRebuild))

  const doc = new Y.Doc()
  try {
    if (snapshot) Y.applyUpdate(doc, snapshot.data)
  } catch (error) {
    doc.destroy()
    return broken(`The snapshot cannot be read: ${reasonOf(error)}.`)
  }
  const unread: string[] = []
  doc.transact(() => {
    for (const { seq, data, checked } of updates) {
      try {
        Y.applyUpdate(doc, data)
      } catch (error) {
        if (checked) problems.push(problem(`Update ${seq} can be applied in part only: ${reasonOf(error)}. It is stored as it came.`, 'Nothing is lost by it, and the next compaction removes it.'))
        else unread.push(`Update ${seq} cannot be read: ${reasonOf(error)}.`)
      }
    }
  })
  const pending = doc.store.pendingStructs !== null || doc.store.pendingDs !== null
  if (unread.length > 0 || pending) {
    doc.destroy()
    return broken(...(unread.length > 0 ? unread : ['Updates are missing between those that are stored, so later ones cannot be applied.']))
  }

  const strangers = clientsWithoutOwner(sqlite, name, doc)
  if (strangers.length > 0) problems.push(problem(
    `Nobody owns what was written by ${strangers.length === 1 ? 'the client' : 'the clients'} ${strangers.slice(0, 3).join(', ')}${strangers.length > 3 ? ` and ${strangers.length - 3} more` : ''}.`,
    `${byRebuild} It finds the owners in the log; of what is in the snapshot already, only a backup knows them.`,
  ))
  return { doc, problems }
}

function gapAfter(uptoSeq: number, updates: readonly StoredUpdate[]): string | null {
  let last = uptoSeq
  for (const { seq } of updates) {
    if (seq <= uptoSeq) continue
    if (seq !== last + 1) return `Updates are missing: after ${last} comes ${seq}.`
    last = seq
  }
  return null
}
