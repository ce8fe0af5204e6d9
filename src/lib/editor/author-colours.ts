import { hues, type Hue } from '#lib/ui/hue.ts'
import { rangeOf, type Piece } from './shown-authorship.ts'

/** How an author's words look: a colour, the same as everywhere for that person, and a line, for two of one colour and for whoever sees none. */
export type AuthorLook = { hue: Hue; line: number }
export const lines = 4
export const unknownLine = 4

/** Old browsers show no colours here; who wrote what is told all the same. */
export const canColour = () => typeof Highlight !== 'undefined' && 'highlights' in CSS

const name = { hue: (hue: Hue) => `author-hue-${hue}`, line: (line: number) => `author-line-${line}`, here: 'author-here' }

/** Colours words through the page's highlights: no element and no attribute is touched, so the editor and its caret do not notice. */
export function colourAuthors(pieces: readonly Piece[], look: (client: number) => AuthorLook | null, here: readonly Piece[]) {
  if (!canColour()) return
  const marks = new Map<string, Highlight>()
  const mark = (key: string, range: Range, priority: number) => {
    let highlight = marks.get(key)
    if (!highlight) {
      marks.set(key, highlight = new Highlight())
      highlight.priority = priority
    }
    highlight.add(range)
  }
  for (const piece of pieces) {
    const found = look(piece.client)
    if (!found) continue
    const range = rangeOf(piece)
    mark(name.hue(found.hue), range, 0)
    mark(name.line(found.line), range, 1)
  }
  for (const piece of here) mark(name.here, rangeOf(piece), 2)
  uncolourAuthors()
  for (const [key, highlight] of marks) CSS.highlights.set(key, highlight)
}

export function uncolourAuthors() {
  if (!canColour()) return
  for (const hue of hues) CSS.highlights.delete(name.hue(hue))
  for (let line = 0; line <= unknownLine; line++) CSS.highlights.delete(name.line(line))
  CSS.highlights.delete(name.here)
}
