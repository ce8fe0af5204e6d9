import * as Y from 'yjs'
import { isId, type FileId } from './ids.ts'
import { limits } from './limits.ts'

export type QuoteSource = 'description' | 'body' | `file/${string}/${number}`

/**
 * A passage that a comment or a review is about. `from` and `to` are Yjs relative positions in base64, of the first character and
 * of the last, so that it is found again after whatever is edited around it; `null` for files, where the words themselves are looked for.
 */
export type Quote = { source: QuoteSource; text: string; from: string | null; to: string | null }

const longestPosition = 200

/** Reads the source `file/<id>/<version>`; `null` for any other. */
export function quotedFile(source: string): { id: FileId; version: number } | null {
  const [, id, version] = /^file\/([^/]+)\/([1-9]\d{0,8})$/.exec(source) ?? []
  return isId(id) ? { id: id as FileId, version: Number(version) } : null
}

export const fileSource = ({ id, version }: { id: FileId; version: number }): QuoteSource => `file/${id}/${version}`

const isSource = (value: unknown): value is QuoteSource =>
  typeof value === 'string' && (value === 'description' || value === 'body' || quotedFile(value) !== null)

const position = (value: unknown) => (typeof value === 'string' && value.length <= longestPosition ? value : null)

/** Reads what somebody wrote as a quote; `null` for what is none. A position that is none is left out. */
export function readQuote(value: unknown): Quote | null {
  if (typeof value !== 'object' || value === null) return null
  const { source, text, from, to } = value as Record<string, unknown>
  if (!isSource(source) || typeof text !== 'string' || text.trim() === '') return null
  return { source, text: text.slice(0, limits.quote), from: position(from), to: position(to) }
}

/** What may be written as one: strictly a quote, and nothing beside it. */
export function isQuote(value: unknown): boolean {
  const quote = readQuote(value)
  const fields = Object.entries(value ?? {})
  return quote !== null && fields.length === 4 && fields.every(([name, written]) => quote[name as keyof Quote] === written)
}

/** Characters of one text type that stand together: `index` in that type, `at` in the whole, and the id of the first. */
type Stretch = { type: Y.AbstractType<unknown>; index: number; at: number; length: number; client: number; clock: number }

/** All words of a rich text in reading order, a line break between blocks, and where in the document they stand. */
export type Words = { text: string; stretches: readonly Stretch[] }

const withinLine = new Set(['link', 'autolink', 'mark', 'mention', 'image'])

/** The words of a rich text, as they stand now. */
export function readWords(root: Y.XmlElement): Words {
  const stretches: Stretch[] = []
  let text = ''
  const breakLine = () => {
    if (text !== '' && !text.endsWith('\n')) text += '\n'
  }
  const walk = (type: Y.XmlElement | Y.XmlText) => {
    let index = 0
    for (let item = type._start; item; item = item.right) {
      if (item.deleted || !item.countable) continue
      const { content } = item
      if (content instanceof Y.ContentString) {
        stretches.push({ type: type as Y.AbstractType<unknown>, index, at: text.length, length: content.str.length, client: item.id.client, clock: item.id.clock })
        text += content.str
      } else if (content instanceof Y.ContentType && (content.type instanceof Y.XmlElement || content.type instanceof Y.XmlText)) {
        const inner = content.type
        const name = inner instanceof Y.XmlElement ? inner.nodeName : null
        if (name === 'linebreak') text += '\n'
        else {
          const isBlock = name !== null && !withinLine.has(name)
          if (isBlock) breakLine()
          walk(inner)
          if (isBlock) breakLine()
        }
      }
      index += item.length
    }
  }
  walk(root)
  return { text, stretches }
}

const isSpace = (character: string | undefined) => character === undefined || /[\s\u200b]/.test(character)

const encode = (client: number, clock: number, assoc: number) =>
  btoa(String.fromCharCode(...Y.encodeRelativePosition(new Y.RelativePosition(null, null, Y.createID(client, clock), assoc))))

function idAt({ stretches }: Words, at: number): { client: number; clock: number } | null {
  const stretch = stretches.find((each) => each.at <= at && at < each.at + each.length)
  return stretch ? { client: stretch.client, clock: stretch.clock + at - stretch.at } : null
}

/** The passage from one offset to another (exclusive) as a quote, without the spaces at its ends; `null` where there are no words. */
export function quotePassage(source: QuoteSource, words: Words, from: number, to: number): Quote | null {
  let [start, end] = [Math.max(0, from), Math.min(to, words.text.length)]
  while (start < end && isSpace(words.text[start])) start++
  while (start < end && isSpace(words.text[end - 1])) end--
  const first = start < end ? idAt(words, start) : null
  const last = start < end ? idAt(words, end - 1) : null
  if (!first || !last) return null
  return { source, text: words.text.slice(start, end).slice(0, limits.quote), from: encode(first.client, first.clock, 0), to: encode(last.client, last.clock, -1) }
}

/** Where in the words a position is now; the first or the last character that is left there, if its own is gone. */
function offsetOf(doc: Y.Doc, { stretches }: Words, encoded: string | null, assoc: 0 | -1): number | null {
  if (encoded === null) return null
  try {
    const bytes = Uint8Array.from(atob(encoded), (character) => character.charCodeAt(0))
    const place = Y.createAbsolutePositionFromRelativePosition(Y.decodeRelativePosition(bytes), doc)
    if (!place) return null
    const near = stretches.filter(({ type, index, length }) => type === place.type && index <= place.index && place.index <= index + length)
    const stretch = assoc === 0 ? near.at(-1) : near[0]
    return stretch ? stretch.at + place.index - stretch.index : null
  } catch {
    // Whatever its sender made of it: it is no position here.
    return null
  }
}

/** The offsets at which a text holds these words, however its spaces and lines are broken, each with where they end. */
export function findWords(text: string, words: string): { from: number; to: number }[] {
  const places: number[] = []
  let ink = ''
  for (let at = 0; at < text.length; at++) {
    if (isSpace(text[at])) continue
    ink += text[at]
    places.push(at)
  }
  const wanted = words.replace(/[\s\u200b]+/g, '')
  const found: { from: number; to: number }[] = []
  if (wanted === '') return found
  for (let at = ink.indexOf(wanted); at >= 0; at = ink.indexOf(wanted, at + 1)) {
    found.push({ from: places[at]!, to: places[at + wanted.length - 1]! + 1 })
  }
  return found
}

const bare = (text: string) => text.replace(/[\s\u200b]+/g, '')

/** Where a quoted passage is by now. `changed`: its words are others than those that were quoted. */
export type Passage = { from: number; to: number; changed: boolean }

/**
 * Finds a passage again: by its two ends, and where the words between them are others now, by the words: a paragraph that was split,
 * or made a heading, was written anew. `null` when there is nothing left of it.
 */
export function findPassage(doc: Y.Doc, words: Words, quote: Quote): Passage | null {
  const from = offsetOf(doc, words, quote.from, 0)
  const to = offsetOf(doc, words, quote.to, -1)
  const anchored = from !== null && to !== null && from < to && bare(words.text.slice(from, to)) !== '' ? { from, to } : null
  if (anchored && bare(words.text.slice(anchored.from, anchored.to)) === bare(quote.text)) return { ...anchored, changed: false }
  const near = from ?? to ?? 0
  const [found] = findWords(words.text, quote.text).sort((a, b) => Math.abs(a.from - near) - Math.abs(b.from - near))
  if (found) return { ...found, changed: false }
  return anchored && { ...anchored, changed: true }
}
