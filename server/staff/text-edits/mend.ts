import { diffArrays, diffWordsWithSpace } from 'diff'
import * as Y from 'yjs'
import { build, isTextNode, keep, piecesOf, type Piece, type TextNode } from './kept.ts'
import type { Removal } from './text-edit.ts'

/** What an editor notes beside the text for itself, and what tells runs of one text apart; neither is anything that is read. */
const isNoted = (name: string) => name === 'i' || name === '__title' || name.startsWith('s_')
const read = (attributes: Readonly<Record<string, unknown>>) =>
  JSON.stringify(Object.entries(attributes).filter(([name]) => !isNoted(name)).sort(([a], [b]) => (a < b ? -1 : 1)))

/** Texts that share less than this of the longer one are two texts. */
const leastShared = 0.25
const longestMs = 300

/** A node as far as a reader sees it: equal ones need no change. */
function shapeOf(node: TextNode): string {
  if (node instanceof Y.XmlText) {
    let shape = ''
    let before: string | null = null
    for (const { text, attributes } of lettersOf(node)) {
      const format = read(attributes)
      shape += format === before ? text : `\0${format}\0${text}`
      before = format
    }
    return shape
  }
  return `<${node.nodeName}${read(node.getAttributes())}>${node.toArray().filter(isTextNode).map(shapeOf).join('\x01')}</>`
}

const lettersOf = (text: Y.XmlText) => piecesOf(text).filter(({ text: letters }) => letters !== '')

/**
 * Makes the children of an element from one index to another what those of `wanted` are, touching as little as can be: what is the same stays, and
 * in what is alike only the words change that are others. So people's letters stay theirs, and what they write meanwhile stays.
 */
export function mend(parent: Y.XmlElement, from: number, to: number, wanted: Y.XmlElement, removals: Removal[]) {
  const present = parent.toArray().slice(from, to).filter(isTextNode)
  const becomes = wanted.toArray().filter(isTextNode)
  const changes = diffArrays(present.map(shapeOf), becomes.map(shapeOf), { timeout: longestMs }) ?? [{ count: present.length, removed: true, added: false }, { count: becomes.length, added: true, removed: false }]
  let [at, next] = [from, 0]
  const change = (taken: number, given: number) => {
    const paired = Math.min(taken, given)
    for (let n = 0; n < paired; n += 1) {
      if (!mendNode(parent.get(at) as TextNode, becomes[next]!, removals)) {
        take(parent, at, 1, removals)
        parent.insert(at, [build(keep(becomes[next]!)) as Y.XmlElement])
      }
      at += 1
      next += 1
    }
    if (taken > paired) take(parent, at, taken - paired, removals)
    if (given > paired) {
      parent.insert(at, becomes.slice(next, next + given - paired).map((node) => build(keep(node)) as Y.XmlElement))
      at += given - paired
      next += given - paired
    }
  }
  let [taken, given] = [0, 0]
  for (const { count, added, removed } of changes) {
    if (removed) taken += count
    else if (added) given += count
    else {
      change(taken, given)
      ;[taken, given] = [0, 0]
      at += count
      next += count
    }
  }
  change(taken, given)
}

function take(parent: Y.XmlElement, at: number, count: number, removals: Removal[]) {
  for (const node of parent.toArray().slice(at, at + count).filter(isTextNode).map(keep)) removals.push({ at: node.id, node })
  parent.delete(at, count)
}

/** False where one must take the place of the other. */
function mendNode(node: TextNode, wanted: TextNode, removals: Removal[]): boolean {
  if (node instanceof Y.XmlText) return wanted instanceof Y.XmlText && mendWords(node, wanted, removals)
  if (!(wanted instanceof Y.XmlElement) || node.nodeName !== wanted.nodeName || read(node.getAttributes()) !== read(wanted.getAttributes())) return false
  mend(node, 0, node.length, wanted, removals)
  return true
}

/** One letter each, with what formats it. */
type Letter = { letter: string; piece: Piece; format: string }
const spelled = (text: Y.XmlText): Letter[] => lettersOf(text).flatMap((piece) => {
  const format = read(piece.attributes)
  return piece.text.split('').map((letter) => ({ letter, piece, format }))
})

const isHalf = (letter: Letter | undefined) => letter !== undefined && /[\ud800-\udfff]/.test(letter.letter)

/** Changes words in a text, where all that changes is of one format. */
function mendWords(text: Y.XmlText, wanted: Y.XmlText, removals: Removal[]): boolean {
  const [before, after] = [spelled(text), spelled(wanted)]
  const same = (a: Letter | undefined, b: Letter | undefined) => a !== undefined && b !== undefined && a.letter === b.letter && a.format === b.format
  const shorter = Math.min(before.length, after.length)
  let [start, end] = [0, 0]
  while (start < shorter && same(before[start], after[start])) start += 1
  while (end < shorter - start && same(before[before.length - 1 - end], after[after.length - 1 - end])) end += 1
  // Both halves of one character go together.
  while (start > 0 && isHalf(before[start - 1])) start -= 1
  while (end > 0 && isHalf(before[before.length - end])) end -= 1
  if (start + end < Math.max(before.length, after.length) * leastShared) return false

  const [gone, come] = [before.slice(start, before.length - end), after.slice(start, after.length - end)]
  const format = (gone[0] ?? come[0])?.format
  if (format === undefined || [...gone, ...come].some((letter) => letter.format !== format)) return format === undefined
  const beside = gone[0] ?? [before[start - 1], before[start]].find((letter) => letter?.format === format)
  if (!beside || gone.some(({ piece }) => read(piece.attributes) !== read(beside.piece.attributes) || piece.attributes.i !== beside.piece.attributes.i)) return false

  const words = (letters: readonly Letter[]) => letters.map(({ letter }) => letter).join('')
  let at = start
  for (const { value, added, removed } of diffWordsWithSpace(words(gone), words(come))) {
    if (removed) {
      for (const letters of piecesOf(text, at, at + value.length).filter((piece) => piece.text !== '')) removals.push({ at: [letters.ids[0], letters.ids[1]], letters })
      text.delete(at, value.length)
      continue
    }
    if (added) text.insert(at, value, beside.piece.attributes)
    at += value.length
  }
  return true
}
