import * as Y from 'yjs'
import { docsOf, readDocs } from './board-document.ts'
import type { Doc } from './doc.ts'
import { childrenOf, docTree, linesOf, present, wayTo, type DocNode, type DocPlace } from './doc-tree.ts'
import { ownEdit } from './edits.ts'
import type { ActorId, DocId, ProjectId } from './ids.ts'
import { rankAt } from './rank.ts'

const ranks = (nodes: readonly DocNode[]) => nodes.map(({ doc }) => doc)
const treeOf = (board: Y.Doc, projectId: ProjectId) => docTree(readDocs(board), projectId)

const set = (board: Y.Doc, id: DocId, fields: Partial<Record<keyof Doc, unknown>>) =>
  board.transact(() => {
    const doc = docsOf(board).get(id)
    if (!(doc instanceof Y.Map)) return
    for (const [field, value] of Object.entries(fields)) if (doc.get(field) !== value) doc.set(field, value)
  }, ownEdit)

/** Puts a new doc behind the others of its parent. One without a project is a note that staff remember: it stands in no tree. */
export function createDoc(board: Y.Doc, doc: { id: DocId; title: string; projectId: ProjectId | null; parentId?: DocId | null }, by: ActorId, now: number) {
  const parentId = doc.parentId ?? null
  const beside = doc.projectId === null ? [] : childrenOf(treeOf(board, doc.projectId), parentId)
  board.transact(() => {
    docsOf(board).set(doc.id, new Y.Map(Object.entries({
      title: doc.title,
      projectId: doc.projectId,
      parentId,
      rank: rankAt(ranks(beside), beside.length),
      createdBy: by,
      createdAt: now,
      archivedAt: null,
    } satisfies Omit<Doc, 'id'>)))
  }, ownEdit)
}

export const renameDoc = (board: Y.Doc, id: DocId, title: string) => set(board, id, { title })

/**
 * Moves a doc with all that stands under it; `index` counts the docs there that are not deleted, without the doc itself.
 * False, and nothing done, where the place is not there, or under the doc itself.
 */
export function moveDoc(board: Y.Doc, projectId: ProjectId, id: DocId, { parentId, index }: DocPlace): boolean {
  const tree = treeOf(board, projectId)
  if (wayTo(tree, id).length === 0) return false
  const target = parentId === null ? [] : wayTo(tree, parentId)
  if (parentId !== null && (target.length === 0 || target.some(({ doc }) => doc.id === id))) return false

  // Counted as it is seen, and put between neighbours that may be deleted: the rank is between the two that are seen.
  const seen = ranks(present(childrenOf(tree, parentId))).filter((doc) => doc.id !== id)
  board.transact(() => {
    // What moves that met left in a circle is set right, so that this move does not join it to another place.
    for (const { doc, under } of linesOf(tree)) if (doc.parentId !== under && doc.id !== id) set(board, doc.id, { parentId: under })
    set(board, id, { parentId, rank: rankAt(seen, Math.max(0, Math.min(index, seen.length))) })
  }, ownEdit)
  return true
}

/** Takes a doc, with all under it, out of sight; it can be brought back. */
export const archiveDoc = (board: Y.Doc, id: DocId, now: number) => set(board, id, { archivedAt: now })

/** Brings a doc back: to its place, or to the top where what it stood under is deleted, too. */
export function restoreDoc(board: Y.Doc, projectId: ProjectId, id: DocId) {
  const tree = treeOf(board, projectId)
  const hidden = wayTo(tree, id).slice(0, -1).some(({ doc }) => doc.archivedAt !== null)
  set(board, id, { archivedAt: null, ...(hidden ? { parentId: null } : {}) })
}

/** Deletes a doc and all under it for good. */
export function deleteDoc(board: Y.Doc, projectId: ProjectId, id: DocId) {
  const node = wayTo(treeOf(board, projectId), id).at(-1)
  if (!node) return
  board.transact(() => {
    for (const { doc } of linesOf([node])) docsOf(board).delete(doc.id)
  }, ownEdit)
}
