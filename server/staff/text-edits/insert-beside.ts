import * as Y from 'yjs'
import type { Piece, TextNode } from './kept.ts'

// Yjs inserts by index, which leaves open on which side of what is gone something new comes to stand. What is put back must stand exactly where it
// was, or two things that are put back one after the other would change places.

function put(transaction: Y.Transaction, right: Y.Item, content: ConstructorParameters<typeof Y.Item>[7]) {
  const { clientID, store } = transaction.doc
  const { left } = right
  new Y.Item(Y.createID(clientID, Y.getState(store, clientID)), left, left && left.lastId, right, right.id, right.parent, null, content).integrate(transaction, 0)
}

/** Inserts an element right before an item that is gone. */
export const insertNode = (transaction: Y.Transaction, right: Y.Item, node: TextNode) => put(transaction, right, new Y.ContentType(node))

/** Inserts letters right before an item that is gone, with their formats and no other; answers their index in the text. */
export function insertLetters(transaction: Y.Transaction, right: Y.Item, text: Y.XmlText, { text: letters, attributes }: Piece): number {
  const around: Record<string, unknown> = {}
  let index = 0
  for (let item = text._start; item !== null && item !== right; item = item.right) {
    if (item.deleted) continue
    if (item.content instanceof Y.ContentFormat) around[item.content.key] = item.content.value
    else if (item.countable) index += item.length
  }
  const others = [...new Set([...Object.keys(around), ...Object.keys(attributes)])].filter((key) => JSON.stringify(around[key] ?? null) !== JSON.stringify(attributes[key] ?? null))
  for (const key of others) put(transaction, right, new Y.ContentFormat(key, (attributes[key] ?? null) as object))
  put(transaction, right, new Y.ContentString(letters))
  for (const key of others) put(transaction, right, new Y.ContentFormat(key, (around[key] ?? null) as object))
  return index
}
