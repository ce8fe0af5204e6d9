import { singleSpaced } from './extracted-text.ts'

/** What pdf.js tells about a stretch of text: `transform[5]` is the height of its baseline on the page, in points, from below. */
export type TextItem = { str: string; transform: number[]; height: number; hasEOL: boolean }

type Line = { text: string; y: number; height: number }

/** Ligatures and Arabic presentation forms are glyphs, not letters: nobody finds them by typing. */
const asLetters = (text: string) => text.replace(/[\ufb00-\ufdff\ufe70-\ufefc]/g, (glyph) => glyph.normalize('NFKC'))

export function linesOf(items: readonly TextItem[]): Line[] {
  const lines: Line[] = []
  let text = ''
  let y: number | null = null
  let height = 0
  const end = () => {
    const line = singleSpaced(asLetters(text))
    if (line !== '' && y !== null) lines.push({ text: line, y, height })
    text = ''
    y = null
    height = 0
  }
  for (const item of items) {
    if (item.str.trim() !== '') {
      y ??= item.transform[5] ?? 0
      height = Math.max(height, item.height)
    }
    text += item.str
    if (item.hasEOL) end()
  }
  end()
  return lines
}

function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[(sorted.length - 1) >> 1] ?? 0
}

/** A page number is no statement. */
const isFolio = (line: string) => /^(page |p\. ?|seite )?[-–— ]*\d{1,4}( ?(\/|of|von) ?\d{1,4})?[-–— ]*$/i.test(line)

/**
 * Lines joined into paragraphs: a new one begins after a gap wider than the page's usual or than any line spacing, or where the size of the type changes.
 * A word that was broken at the end of a line is joined again.
 */
export function paragraphsOf(lines: readonly Line[]): string[] {
  const usual = median(
    lines
      .slice(1)
      .map((line, index) => (lines[index]?.y ?? 0) - line.y)
      .filter((gap) => gap > 0),
  )
  const paragraphs: string[] = []
  let before: Line | null = null
  for (const line of lines) {
    if (isFolio(line.text)) continue
    const gap: number = before ? before.y - line.y : Infinity
    const resized = before && Math.abs(before.height - line.height) > Math.max(before.height, line.height) * 0.15
    // Upwards means the next column: the paragraph goes on there.
    if (before && !resized && gap < Math.min(usual * 1.4, (before.height || Infinity) * 2.4)) {
      const last = paragraphs.pop() ?? ''
      const broken = /\p{Ll}[-\u00ad]$/u.test(last) && /^\p{Ll}/u.test(line.text)
      paragraphs.push(broken ? last.slice(0, -1) + line.text : `${last} ${line.text}`)
    } else {
      paragraphs.push(line.text)
    }
    before = line
  }
  return paragraphs
}

/** Lines that stand first or last on at least three pages, whatever their numbers, are running heads: they go. */
export function withoutRunningHeads<T extends { text: string }>(pages: T[][]): T[][] {
  const shape = (line: T | undefined) => line?.text.replace(/\d+/g, '0') ?? ''
  const seen = new Map<string, number>()
  for (const page of pages) {
    for (const key of new Set([shape(page[0]), shape(page.at(-1))])) seen.set(key, (seen.get(key) ?? 0) + 1)
  }
  const running = (line: T | undefined) => line !== undefined && (seen.get(shape(line)) ?? 0) >= Math.max(3, pages.length * 0.6)
  return pages.map((page) => page.slice(running(page[0]) ? 1 : 0, page.length > 1 && running(page.at(-1)) ? -1 : undefined))
}
