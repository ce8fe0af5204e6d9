import { fromMarkdown } from './from-markdown.ts'
import type { Block, Inline } from './rich-text.ts'

const linesIn = (text: string) => text.replace(/\r\n?/g, '\n').replace(/\n$/, '').split('\n')
const words = (text: string): Inline[] => (text ? [{ kind: 'text', text, marks: [] }] : [])

/** Text as it is: a paragraph for each line. */
export const fromPlain = (text: string): Block[] => linesIn(text).map((line) => ({ kind: 'paragraph', children: words(line) }))

/** Marks at a line's start, or links and pairs of marks within one, as people do not write by chance. */
export const looksLikeMarkdown = (text: string) =>
  /^(?:#{1,6} |[-*+] |\d+\. |> |```|!\[)/m.test(text) || /\[[^\]\n]+\]\([^)\s]+\)|\*\*[^*\n]+\*\*|`[^`\n]+`/.test(text) || /^\|.*\|\s*\n\|(?:\s*:?-+:?\s*\|)+\s*$/m.test(text)

/** Cells of a spreadsheet, as programs give them to those who take only text: lines of equally many tabs. */
export function fromCells(text: string): Block[] | null {
  const rows = linesIn(text).map((line) => line.split('\t'))
  const width = rows[0]?.length ?? 0
  if (rows.length < 2 || width < 2 || rows.some((cells) => cells.length !== width)) return null
  return [{ kind: 'table', header: false, rows: rows.map((cells) => cells.map((cell) => words(cell.trim()))) }]
}

/** What somebody pasted without any form: a table, Markdown, or lines. */
export function fromText(text: string): Block[] {
  const cells = fromCells(text)
  if (cells) return cells
  return looksLikeMarkdown(text) ? fromMarkdown(text.replace(/\r\n?/g, '\n')) : fromPlain(text)
}

const isFence = (line: string) => /^ {0,3}(?:```|~~~)/.test(line)

/**
 * A long text in pieces that can be read one by one: cut at any line where each line is a block, else at empty ones outside of code
 * where there are some.
 */
export function* piecesOf(text: string, size: number, eachLine = false): Generator<string> {
  let piece = ''
  let inCode = false
  for (const line of linesIn(text)) {
    if (isFence(line)) inCode = !inCode
    for (let at = 0; at === 0 || at < line.length; at += size) {
      piece += `${line.slice(at, at + size)}\n`
      const mayEnd = eachLine || (line.trim() === '' && !inCode)
      if ((mayEnd && piece.length >= size) || piece.length >= 4 * size) {
        yield piece
        piece = ''
      }
    }
  }
  if (piece) yield piece
}
