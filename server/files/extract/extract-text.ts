import { countWords, singleSpaced, type ExtractedText, type Passage } from './extracted-text.ts'

/** Plain text: a passage is what stands between blank lines; a line that begins like a list's item begins its own. */
export function extractText(text: string): ExtractedText {
  const passages: Passage[] = []
  let open: { lines: string[]; from: number } | null = null
  const close = () => {
    if (open) {
      const joined = singleSpaced(open.lines.join(' '))
      if (joined !== '') passages.push({ text: joined, place: { heading: null, from: open.from, to: open.from + open.lines.length - 1 } })
    }
    open = null
  }
  for (const [index, line] of text.split(/\r\n|\r|\n/).entries()) {
    if (line.trim() === '') {
      close()
      continue
    }
    if (/^\s*([-*•–]|\d{1,3}[.)]|[a-z]\))\s/.test(line)) close()
    open ??= { lines: [], from: index + 1 }
    open.lines.push(line)
  }
  close()
  return { ok: true, passages, words: countWords(passages), pages: null, notes: [] }
}
