import * as Y from 'yjs'
import { fromMarkdown } from '#lib/editor/from-markdown.ts'
import { blockType, readBlock, type Block } from '#lib/editor/rich-text.ts'
import { markdownParts } from '#lib/editor/to-markdown.ts'
import { isTextNode } from './kept.ts'
import { mend } from './mend.ts'
import type { TextEdit } from './text-edit.ts'

export type Edited = { ok: true; edit: TextEdit; added: string; removed: string } | { ok: false; message: string }

/** Of a passage that is not there, so much is repeated in the answer. */
const repeated = 200

/**
 * Puts Markdown in the place of a passage of a text, or without one at its end, in a draft of the document that has a Yjs client of its own.
 * Blocks that the passage does not reach are not touched.
 */
export function editText(root: Y.XmlElement, { markdown, replace }: { markdown: string; replace?: string }): Edited {
  const nodes = root.toArray().map((node, at) => ({ at, block: isTextNode(node) ? readBlock(node) : null }))
  const blocks = nodes.filter((node): node is { at: number; block: Block } => node.block !== null)
  const parts = markdownParts(blocks.map(({ block }) => block)).map((text, n) => ({ text, at: blocks[n]!.at })).filter((part): part is { text: string; at: number } => part.text !== null)
  const place = replace === undefined ? atTheEnd(parts) : findPassage(parts, replace.replace(/\r\n?/g, '\n'))
  if (!place.ok) return place
  const { from, to, before, after, removed } = place
  const wanted = before + markdown.replace(/\r\n?/g, '\n') + after
  const edit: TextEdit = { inserted: [], removals: [] }
  mendIn(root, from, to, fromMarkdown(wanted), edit)
  if (edit.inserted.length + edit.removals.length === 0) return { ok: false, message: 'This changes nothing: the text is there already as it would be.' }
  return { ok: true, edit, added: markdown, removed }
}

/** Makes the whole of a text these blocks, touching as little of it as can be, in such a draft; `null` where it is so already. */
export function editBlocks(root: Y.XmlElement, blocks: readonly Block[]): TextEdit | null {
  const edit: TextEdit = { inserted: [], removals: [] }
  mendIn(root, 0, root.length, blocks, edit)
  return edit.inserted.length + edit.removals.length === 0 ? null : edit
}

function mendIn(root: Y.XmlElement, from: number, to: number, blocks: readonly Block[], edit: TextEdit) {
  const draft = root.doc!
  const first = Y.getState(draft.store, draft.clientID)
  draft.transact(() => mend(root, from, to, asElement(blocks), edit.removals))
  const last = Y.getState(draft.store, draft.clientID)
  if (last > first) edit.inserted.push([draft.clientID, first, last - first])
}

/** Blocks as they would lie in Yjs, in a document of their own. */
function asElement(blocks: readonly Block[]): Y.XmlElement {
  const root = new Y.Doc().get('body', Y.XmlElement) as Y.XmlElement
  root.insert(0, blocks.map(blockType))
  return root
}

type Part = { text: string; at: number }
/** Which children of the root are written anew, and what stays of their Markdown around the passage. */
type Passage = { ok: true; from: number; to: number; before: string; after: string; removed: string }

function atTheEnd(parts: readonly Part[]): Passage {
  const end = (parts.at(-1)?.at ?? -1) + 1
  return { ok: true, from: end, to: end, before: '', after: '', removed: '' }
}

const between = '\n\n'

function findPassage(parts: readonly Part[], asked: string): Passage | { ok: false; message: string } {
  const whole = parts.map(({ text }) => text).join(between)
  const passage = whole.includes(asked) ? asked : asked.trim()
  if (passage === '') return { ok: false, message: 'The passage to replace is empty. Leave "replace" out to add at the end.' }
  const start = whole.indexOf(passage)
  const words = `“${passage.length > repeated ? `${passage.slice(0, repeated)}…` : passage}”`
  if (start < 0) return { ok: false, message: `The doc has no such passage: ${words}. Read the doc, and give it word for word as it is there now, with its Markdown.` }
  if (whole.indexOf(passage, start + 1) >= 0) return { ok: false, message: `The doc has this passage more than once: ${words}. Give more of what stands around it.` }
  const end = start + passage.length
  const reached: (Part & { start: number; end: number })[] = []
  let at = 0
  for (const part of parts) {
    const here = { ...part, start: at, end: at + part.text.length }
    // Only a break between two blocks may be all that it reaches of them.
    if (here.start < end && here.end > start) reached.push(here)
    at = here.end + between.length
  }
  const [first, last] = [reached[0], reached.at(-1)]
  if (!first || !last) return { ok: false, message: 'The passage is only the space between two blocks. Give some of their words as well.' }
  return { ok: true, from: first.at, to: last.at + 1, before: whole.slice(first.start, start), after: whole.slice(end, Math.max(end, last.end)), removed: passage }
}
