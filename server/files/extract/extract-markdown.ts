import { countWords, singleSpaced, type ExtractedText, type Passage } from './extracted-text.ts'

/** What a reader of the rendered page would see of a line of Markdown: marks, addresses and tags go. */
export function withoutMarks(markdown: string): string {
  // Nobody writes such a paragraph, and finding its pairs of marks would take long.
  if (markdown.length > 20_000) return singleSpaced(markdown)
  return singleSpaced(
    markdown
      .replace(/!\[([^\]]*)\]\([^)]*\)/g, '$1')
      .replace(/\[([^\]]+)\]\([^)]*\)/g, '$1')
      .replace(/<(https?:[^>\s]+)>/g, '$1')
      .replace(/<\/?[a-z][^>]{0,500}>/gi, '')
      .replace(/(\*\*|__)(?=\S)(.+?)\1/g, '$2')
      .replace(/(^|[^\w*])\*(?=\S)([^*]+?)\*(?![\w*])/g, '$1$2')
      .replace(/(^|\W)_(?=\S)([^_]+?)_(?!\w)/g, '$1$2')
      .replace(/~~(?=\S)(.+?)~~/g, '$1')
      .replace(/`+([^`]+)`+/g, '$1')
      .replace(/\\([\\`*_{}[\]()#+.!<>|~-])/g, '$1'),
  )
}

const isFence = (line: string) => /^\s{0,3}(```+|~~~+)/.exec(line)?.[1] ?? null
const isTableLine = (line: string) => /^\s*\|.*\|\s*$/.test(line)
const isRule = (line: string) => /^\s{0,3}([-*_])(\s*\1){2,}\s*$/.test(line)

/**
 * Markdown by paragraphs and list items, each under its nearest heading. Code, tables and front matter are passed over, and the
 * notes say how much. Read line by line, so that every passage knows its lines and no input makes it slow.
 */
export function extractMarkdown(markdown: string): ExtractedText {
  const lines = markdown.split(/\r\n|\r|\n/)
  const passages: Passage[] = []
  const passedOver = { code: 0, tables: 0 }
  let heading: string | null = null
  let fence: string | null = null
  let inTable = false
  let open: { lines: string[]; from: number } | null = null
  const close = () => {
    if (open) {
      const text = withoutMarks(open.lines.join(' '))
      if (text !== '') passages.push({ text, place: { heading, from: open.from, to: open.from + open.lines.length - 1 } })
    }
    open = null
  }
  const start = frontMatterEnd(lines)
  for (let index = start; index < lines.length; index += 1) {
    const line = lines[index] ?? ''
    const mark = isFence(line)
    if (fence) {
      if (mark?.startsWith(fence)) fence = null
      continue
    }
    if (mark) {
      close()
      fence = mark
      passedOver.code += 1
      continue
    }
    const table = isTableLine(line)
    if (table && !inTable) passedOver.tables += 1
    inTable = table
    const title = /^\s{0,3}#{1,6}\s+(.*?)\s*#*\s*$/.exec(line)?.[1]
    const underline = /^\s{0,3}(=+|-+)\s*$/.test(line)
    const above: { lines: string[]; from: number } | null = open
    if (underline && above?.lines.length === 1) {
      heading = withoutMarks(above.lines[0] ?? '')
      open = null
    } else if (title !== undefined) {
      close()
      heading = withoutMarks(title)
    } else if (table || line.trim() === '' || isRule(line)) {
      close()
    } else {
      const item = /^\s*(?:>\s*)*(?:[-*+]|\d{1,9}[.)])\s+(?:\[[ xX]\]\s+)?(.*)$/.exec(line)?.[1]
      if (item !== undefined) close()
      open ??= { lines: [], from: index + 1 }
      open.lines.push(item ?? line.replace(/^\s*(?:>\s*)+/, ''))
    }
  }
  close()
  const notes: string[] = []
  if (passedOver.tables > 0)
    notes.push(`has ${passedOver.tables === 1 ? 'a table' : `${passedOver.tables} tables`} that the digest passes over`)
  if (passedOver.code > 0)
    notes.push(`has ${passedOver.code === 1 ? 'a block' : `${passedOver.code} blocks`} of code that the digest passes over`)
  return { ok: true, passages, words: countWords(passages), pages: null, notes }
}

function frontMatterEnd(lines: readonly string[]): number {
  if (lines[0]?.trim() !== '---') return 0
  const end = lines.findIndex((line, index) => index > 0 && /^(---|\.\.\.)\s*$/.test(line))
  return end > 0 && lines.slice(1, end).every((line) => line.trim() === '' || /^[\s\w"'-]+:|^\s*-\s/.test(line)) ? end + 1 : 0
}
