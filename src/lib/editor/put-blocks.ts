import { diffArrays } from 'diff'
import type * as Y from 'yjs'
import { blockType, readRichText, type Block } from './rich-text.ts'

/** Origin of what a person does to a text otherwise than by typing in it; an editor undoes it like what was typed. */
export const besideTheEditor = Symbol('beside the editor')

/** Texts that differ more than can be told in this time are replaced whole. */
const longestMs = 300

/**
 * Makes a text these blocks, in one transaction. Blocks that are there already stay as they are: their words keep their authors,
 * and whoever writes in them is not disturbed.
 */
export function putBlocks(root: Y.XmlElement, blocks: readonly Block[], origin: unknown) {
  const [present, wanted] = [readRichText(root), blocks].map((some) => some.map((block) => JSON.stringify(block)))
  const changes = diffArrays(present!, wanted!, { timeout: longestMs })
  const put = () => {
    if (!changes || root.length !== present!.length) {
      root.delete(0, root.length)
      root.insert(0, blocks.map(blockType))
      return
    }
    let [at, next] = [0, 0]
    for (const { count, added, removed } of changes) {
      if (removed) root.delete(at, count)
      else {
        if (added) root.insert(at, blocks.slice(next, next + count).map(blockType))
        at += count
        next += count
      }
    }
  }
  if (root.doc) root.doc.transact(put, origin)
  else put()
}
