import * as Y from 'yjs'
import { build, follow, followPieces, isTextNode, itemsOf, type Id, type IsPlace, type Moved, type Range, type TextNode } from './kept.ts'
import { insertLetters, insertNode } from './insert-beside.ts'
import type { TextEdit } from './text-edit.ts'

/**
 * Takes an edit back in the midst of others: its letters and elements go, what it took out comes back to where it stood, and whatever somebody
 * else wrote stays, also within what the edit had written. Answers where things are now that were put back. `isPlace`: see there.
 */
export function takeBack(root: Y.XmlElement, { inserted, removals }: TextEdit, isPlace: IsPlace = () => false): Moved {
  const moved: Moved = []
  root.doc!.transact((transaction) => {
    const isOurs = within(inserted)
    for (const [at, node] of [...root.toArray().entries()].reverse()) if (isTextNode(node) && strip(node, isOurs)) root.delete(at, 1)
    for (const removal of removals) {
      const gone = find(transaction, removal.at)
      if (!gone) continue
      if ('node' in removal) {
        const node = build(removal.node, isPlace)
        insertNode(transaction, gone, node)
        follow(removal.node, node, isPlace, moved)
      } else if (gone.parent instanceof Y.XmlText) {
        const from = insertLetters(transaction, gone, gone.parent, removal.letters)
        followPieces([removal.letters], gone.parent, from, isPlace, moved)
      }
    }
  })
  return moved
}

type IsOurs = (client: number, clock: number) => boolean

function within(ranges: readonly Range[]): IsOurs {
  const byClient = Map.groupBy(ranges, ([client]) => client)
  return (client, clock) => byClient.get(client)?.some(([, first, length]) => clock >= first && clock < first + length) ?? false
}

const isOwn = (node: TextNode, isOurs: IsOurs) => isOurs(node._item!.id.client, node._item!.id.clock)

/** Takes out of a node what is ours; true when the node is ours as well and holds nothing any more. */
function strip(node: TextNode, isOurs: IsOurs, stays = false): boolean {
  if (node instanceof Y.XmlText) {
    stripLetters(node, isOurs)
    return isOwn(node, isOurs) && node.length === 0
  }
  // A row that somebody wrote in keeps all its cells and their paragraphs, or the words would come to stand in another column.
  const childrenStay = node.nodeName === 'tablerow' ? hasOthers(node, isOurs) : node.nodeName === 'tablecell' && stays
  for (const [at, child] of [...node.toArray().entries()].reverse()) {
    if (isTextNode(child) && strip(child, isOurs, childrenStay)) node.delete(at, 1)
  }
  return isOwn(node, isOurs) && !stays && node.toArray().every((child) => child instanceof Y.XmlText && child.length === 0)
}

function stripLetters(text: Y.XmlText, isOurs: IsOurs) {
  const gone: [at: number, length: number][] = []
  let at = 0
  for (const item of itemsOf(text)) {
    if (item.deleted || !item.countable) continue
    for (let offset = 0; offset < item.length; offset += 1) {
      if (!isOurs(item.id.client, item.id.clock + offset)) continue
      const last = gone.at(-1)
      if (last && last[0] + last[1] === at + offset) last[1] += 1
      else gone.push([at + offset, 1])
    }
    at += item.length
  }
  for (const [from, length] of gone.reverse()) text.delete(from, length)
}

/** Whether somebody else wrote letters, or put something, into it. */
function hasOthers(node: TextNode, isOurs: IsOurs): boolean {
  for (const item of itemsOf(node)) {
    if (item.deleted || !item.countable) continue
    const { content } = item
    if (content instanceof Y.ContentType && isTextNode(content.type)) {
      const isLeaf = content.type instanceof Y.XmlElement && content.type.length === 0 && content.type.nodeName !== 'paragraph'
      if (hasOthers(content.type, isOurs) || (isLeaf && !isOwn(content.type, isOurs))) return true
    } else for (let offset = 0; offset < item.length; offset += 1) if (!isOurs(item.id.client, item.id.clock + offset)) return true
  }
  return false
}

/** What is left in Yjs of something that was taken out; `null` where what it was in is gone too, or where it is there again. */
function find(transaction: Y.Transaction, [client, clock]: Id): Y.Item | null {
  const { store } = transaction.doc
  if (Y.getState(store, client) <= clock) return null
  const found: unknown = Y.getItemCleanStart(transaction, Y.createID(client, clock))
  if (!(found instanceof Y.Item) || !found.deleted) return null
  return (found.parent as Y.AbstractType<unknown>)._item?.deleted ? null : found
}
