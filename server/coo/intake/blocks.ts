import { columnWords, readForm } from './form.ts'
import { sectionOf } from './sections.ts'

/** A request by its form: what stands in lists, tables and paragraphs, before anybody asks what it means. */
export type Block =
  | { kind: 'heading'; text: string; /** 1 to 6; 7 where nothing says how deep it is. */ level: number }
  | { kind: 'paragraph'; text: string }
  | { kind: 'list'; items: readonly Item[]; numbered: boolean }
  | { kind: 'table'; header: readonly string[]; rows: readonly (readonly string[])[] }
  | { kind: 'code'; text: string }
  | { kind: 'quote'; text: string }

/** `text` may have several lines. `done`: a box that is ticked. */
export type Item = { mark: string; text: string; done: boolean | null; items: Item[] }

const months = 'jan|feb|m[aä]r|apr|ma[iy]|jun|jul|aug|sep|o[kc]t|nov|de[cz]|ene|abr|ago|dic|janv|f[eé]v|avr|juin|juil|ao[uû]t|d[eé]c'
const marks = new RegExp('^([ \\t]*)(?:'
  + '([-*+•–—◦▪●■·‣⁃→>]+|o(?=\\t)|(?![☐☑☒✓✔✅⬜])\\p{Extended_Pictographic}\\uFE0F?)[ \\t]+|' // bullets, pictures among them
  + `((?:\\d{1,3}(?:\\.\\d{1,2}){0,2}[.)]|\\(\\d{1,3}\\)|\\d{1,3}(?:\\.\\d{1,2}){1,2}(?=[ \\t]))(?![ \\t]*(?:${months})))[ \\t]+|` // 1. 1) (1) 1.1
  + '(\\(?[a-z]\\)|[ivx]{1,4}[.)]|\\([ivx]{1,4}\\)|[A-Z][.)](?=[ \\t]+[A-Z]))[ \\t]+|' // a) i. A.
  + '(?=\\[[ xX✓]?\\][ \\t]|[☐☑☒✓✔✅⬜])'
  + ')', 'u')
const box = /^(?:\[([ xX✓]?)\]|([☐⬜])|([☑☒✓✔✅]))[ \t]*/u

const indentOf = (space: string) => [...space].reduce((sum, char) => sum + (char === '\t' ? 4 : 1), 0)

type Marked = { indent: number; mark: string; text: string; done: boolean | null }

function readMark(line: string): Marked | null {
  const match = marks.exec(line)
  if (!match) return null
  const [whole, space = '', bullet, number, letter] = match
  let text = line.slice(whole.length)
  const ticked = box.exec(text)
  if (!bullet && !number && !letter && !ticked) return null
  if (ticked) text = text.slice(ticked[0].length)
  if (text.trim() === '') return null
  const done = ticked ? (ticked[3] !== undefined || /[xX✓]/.test(ticked[1] ?? '')) : null
  return { indent: indentOf(space), mark: bullet ? '-' : number ?? letter ?? '[]', text: text.trim(), done }
}

const kindOfMark = (mark: string) => mark === '-' || mark === '[]' ? mark : /\d/.test(mark) ? '1' : 'a'

/** Several "1) … 2) …" or "a) … b) …" within one line are a list. */
function splitInline(text: string): { before: string; items: string[] } | null {
  for (const [series, pattern] of [
    ['123456789', /(?:^|[\s,;:(])\(?(\d)[.)]\s+/g], ['abcdefghij', /(?:^|[\s,;:(])\(?([a-j])\)\s+/g],
  ] as const) {
    const found = [...text.matchAll(pattern)]
    if (found.length < 2 || !found.every((match, n) => match[1] === series[n])) continue
    const items = found.map((match, n) => text.slice(match.index + match[0].length, found[n + 1]?.index ?? text.length).replace(/[\s,;]+(?:and)?\s*$/, '').trim())
    if (items.some((item) => item.length < 3)) continue
    return { before: text.slice(0, found[0]?.index).trim(), items }
  }
  return null
}

const cellsOf = (line: string) => line.trim().replace(/^\||\|$/g, '').split(/(?<!\\)\|/).map((cell) => cell.trim().replaceAll('\\|', '|'))
const isRule = (line: string) => /^\s*\|?\s*:?-{2,}:?\s*(\|\s*:?-{2,}:?\s*)*\|?\s*$/.test(line) && line.includes('-')

/** Splits a line of a pasted table, with its quotes. */
function splitCells(line: string, by: string): string[] {
  const cells: string[] = []
  let cell = ''
  let quoted = false
  for (let at = 0; at < line.length; at += 1) {
    const char = line[at] ?? ''
    if (quoted && char === '"' && line[at + 1] === '"') {
      cell += '"'
      at += 1
    } else if (char === '"' && (quoted || cell.trim() === '')) quoted = !quoted
    else if (char === by && !quoted) {
      cells.push(cell.trim())
      cell = ''
    } else cell += char
  }
  return [...cells, cell.trim()]
}

function readTable(lines: readonly string[], from: number): { block: Block; next: number } | null {
  const form = readForm(lines, from)
  if (form) return { block: { kind: 'table', header: form.header, rows: form.rows }, next: form.next }
  const first = lines[from] ?? ''
  const second = lines[from + 1] ?? ''
  if (first.includes('|') && isRule(second)) {
    let next = from + 2
    const rows: string[][] = []
    while (next < lines.length && (lines[next] ?? '').includes('|')) rows.push(cellsOf(lines[next++] ?? ''))
    return rows.length > 0 ? { block: { kind: 'table', header: cellsOf(first), rows }, next } : null
  }
  for (const by of ['\t', ';', ',', '|']) {
    const split = (line: string) => by === '|' ? cellsOf(line) : splitCells(line, by)
    const header = split(first)
    if (header.length < 2) continue
    const named = header.filter((cell) => columnWords.test(cell)).length
    const isHeader = named >= 2 || (named === 1 && (header.length === 2 || by === '\t' && header.every((cell) => cell !== '' && !/\d/.test(cell))))
    if (!isHeader && by !== '\t') continue
    let next = from + (isHeader ? 1 : 0)
    const rows: string[][] = []
    while (next < lines.length && (lines[next] ?? '').trim() !== '') {
      const cells = split(lines[next] ?? '')
      // Of a row whose other cells are empty a spreadsheet may leave the first alone.
      const isAlone = cells.length < 2 && header.length > 1
      if (isAlone && (by !== '\t' || rows.length === 0) || !isAlone && Math.abs(cells.length - header.length) > (by === ',' ? 1 : header.length)) break
      rows.push(cells)
      next += 1
    }
    if (rows.length > (isHeader ? 0 : 1)) return { block: { kind: 'table', header: isHeader ? header : [], rows }, next }
  }
  return null
}

const headingOf = (line: string): { text: string; level: number } | null => {
  const [, hashes = '', marked] = /^(#{1,6})\s+(.+?)\s*#*$/.exec(line) ?? []
  const text = marked ?? /^(?:\*\*|__)([^*_]+)(?:\*\*|__):?$/.exec(line.trim())?.[1]
  return text === undefined ? null : { text: text.replace(/:$/, '').trim(), level: hashes.length || 7 }
}

/** A short line of its own that ends with a colon, or is all in capitals. */
const isTitleLine = (line: string) => line.length <= 60 && (/^[^.!?]*:$/.test(line) || (/^[\p{Lu}\d &/'-]{4,}$/u.test(line) && /\p{Lu}{3}/u.test(line)))

/** "Actions", right above a list: a title that needs no colon. */
const isTitleOfList = (line: string, next = '') => line.length <= 60 && !/\p{L}:\s+\S/u.test(line) && /^\p{Lu}/u.test(line) && !/[.!?,;]\s*$/.test(line) && readMark(line) === null && (sectionOf(line) !== 'topic' || line.trim().split(/\s+/).length <= 3) && readMark(next) !== null
/** Right below a short item: what begins a new thought there is no part of the item. */
const isOwnLine = (line: string, next: string | undefined, above: string) => /^(?:next|nächste[rs]?|prochaine?|próxim[ao])\s\p{L}+\s?:\s/iu.test(line) || above.length < 70 && (isTitleOfList(line, next) || /^\p{Lu}\p{L}* .*[.!?]$/u.test(line) && !/[,;–-]\s*$/.test(above) || /^\p{Lu}[\p{L} ]{2,25}:\s/u.test(line))

/** `startsTask`: whether a line could be a task of its own, `isNamed`: whether it only names a thing; for lists without marks. */
export function readBlocks(text: string, startsTask: (line: string) => boolean, isNamed: (line: string) => boolean = () => false): Block[] {
  const lines = text.replace(/\r\n?/g, '\n').replace(/[\u00a0\u2007\u202f]/g, ' ').replace(/[\u200b\ufeff]/g, '').replace(/[‘’]/g, '\'').split('\n')
  const blocks: Block[] = []
  let at = 0
  while (at < lines.length) {
    const line = lines[at] ?? ''
    if (line.trim() === '') {
      at += 1
      continue
    }
    const fence = /^\s*(```|~~~)/.exec(line)
    if (fence) {
      const end = lines.findIndex((other, n) => n > at && other.trim().startsWith(fence[1] ?? '```'))
      const last = end < 0 ? lines.length : end
      blocks.push({ kind: 'code', text: lines.slice(at, last + 1).join('\n') })
      at = last + 1
      continue
    }
    const heading = headingOf(line)
    if (heading !== null) {
      blocks.push({ kind: 'heading', ...heading })
      at += 1
      continue
    }
    if (/^\s*([-=_*])(?:\s*\1){2,}\s*$/.test(line)) {
      at += 1
      continue
    }
    const table = readTable(lines, at)
    if (table) {
      blocks.push(table.block)
      at = table.next
      continue
    }
    if (/^\s*>/.test(line) && !/^\s*>+\s*[-*\d]/.test(line)) {
      const from = at
      while (at < lines.length && /^\s*>/.test(lines[at] ?? '')) at += 1
      blocks.push({ kind: 'quote', text: lines.slice(from, at).map((quoted) => quoted.replace(/^\s*>\s?/, '')).join('\n').trim() })
      continue
    }
    if (readMark(line)) {
      const list = readList(lines, at)
      blocks.push(list.block)
      at = list.next
      continue
    }
    if (isTitleOfList(line, lines[at + 1])) {
      blocks.push({ kind: 'heading', text: line.trim(), level: 7 })
      at += 1
      continue
    }
    const from = at
    while (at < lines.length && (lines[at] ?? '').trim() !== '' && (at === from || (!isTitleOfList(lines[at] ?? '', lines[at + 1]) && !readMark(lines[at] ?? '') && headingOf(lines[at] ?? '') === null
      && !/^\s*(?:```|~~~|>)/.test(lines[at] ?? '') && !readTable(lines, at)))) at += 1
    blocks.push(...readLines(lines.slice(from, at).map((each) => each.trim()), startsTask, isNamed))
  }
  return blocks
}

/** "Stage: the council wants a plan", "Flyer - Ann, by Friday": lines that each begin with what they are about. */
const about = /^[\p{L}][\p{L} '-]{1,38}?(?::| [-–—]) \S/u

/** The mark of a line that begins with what it is about. */
export const aboutMark = ':'

/** Three and more lines that each are about something else, a list that nothing marks; what stands above and below it is read by itself. `null` where there are none. */
function linesOf(lines: readonly string[]): Block[] | null {
  const from = lines.findIndex((line) => about.test(line))
  const to = lines.findLastIndex((line) => about.test(line))
  const items = lines.slice(from, to + 1)
  if (from < 0 || items.length < 3 || from > 1 || lines.length - to > 2 || !items.every((line) => about.test(line)) || items.every((line) => /^\p{Lu}[\p{L}.'-]+(?: \p{Lu}[\p{L}.'-]*)?:/u.test(line))) return null
  return [
    ...lines.slice(0, from).map((text): Block => ({ kind: 'paragraph', text })),
    { kind: 'list', items: items.map((text) => ({ mark: aboutMark, text, done: null, items: [] })), numbered: false },
    ...lines.slice(to + 1).map((text): Block => ({ kind: 'paragraph', text })),
  ]
}

/** Lines without marks: titles, a list that somebody typed as lines, or a paragraph that is wrapped. */
function readLines(lines: readonly string[], startsTask: (line: string) => boolean, isNamed: (line: string) => boolean): Block[] {
  const [first = '', ...rest] = lines
  if (isTitleLine(first)) return [{ kind: 'heading', text: first.replace(/:$/, ''), level: 7 }, ...rest.length > 0 ? readLines(rest, startsTask, isNamed) : []]
  if (lines.length >= 3 && lines.every((line) => !/[.!?]$/.test(line) && (isNamed(line) || startsTask(line)) && line.length <= 60)) return [{ kind: 'list', items: lines.map((line) => ({ mark: '-', text: line, done: null, items: [] })), numbered: false }]
  const labelled = linesOf(lines)
  if (labelled) return labelled
  const isListed = (line: string) => line.length <= 110 && startsTask(line)
  // A greeting or an introduction may stand above, thanks below.
  const tasks = lines.filter(isListed).length
  if (lines.length >= 2 && tasks >= 2 && tasks >= lines.length * 0.6 && lines.every((line) => line.length <= 140 && !/,$/.test(line) || !isListed(line))) {
    const from = lines.findIndex(isListed)
    const to = lines.findLastIndex(isListed)
    const before = lines.slice(0, from)
    const after = lines.slice(to + 1)
    const items: Item[] = []
    for (const line of lines.slice(from, to + 1)) {
      const last = items.at(-1)
      if (!isListed(line) && last) last.text += `\n${line}`
      else items.push({ mark: '-', text: line, done: null, items: [] })
    }
    return [
      ...before.map((line): Block => ({ kind: 'paragraph', text: line })),
      { kind: 'list', items, numbered: false },
      ...after.length > 0 ? [{ kind: 'paragraph', text: after.join(' ') } as const] : [],
    ]
  }
  // A line that ends a thought, and one that begins another: mail and chat are written so.
  const joined: string[] = []
  const full = Math.max(...lines.map((line) => line.length))
  // Who writes without capitals, and ends lines where they please, does not wrap them.
  const isTyped = lines.length >= 3 && lines.every((line) => !/^\p{Lu}/u.test(line)) && lines.slice(0, -1).some((line) => line.length < full * 0.75)
  for (const line of lines) {
    const last = joined.at(-1)
    const wrapped = last !== undefined && !/[.!?:;…,)]$/.test(last) && (last.length >= 60 || !/^\p{Lu}/u.test(line)) || /^\p{Ll}/u.test(line)
    const isOwn = /^(?:we need|i need|i'll|also|please|can|could|someone|somebody|no rush|and (?:we|i|please|can)|then)\b/i.test(line)
    if (last !== undefined && wrapped && !isTyped && last.length > 40 && !(isOwn && last.length < 70)) joined[joined.length - 1] = `${last} ${line}`
    else joined.push(line)
  }
  const blocks: Block[] = []
  for (const line of joined) {
    const inline = splitInline(line)
    if (inline) {
      if (inline.before !== '') blocks.push({ kind: 'paragraph', text: inline.before })
      blocks.push({ kind: 'list', items: inline.items.map((item) => ({ mark: '1', text: item, done: null, items: [] })), numbered: true })
      continue
    }
    const last = blocks.at(-1)
    if (last?.kind === 'paragraph') blocks[blocks.length - 1] = { kind: 'paragraph', text: `${last.text}\n${line}` }
    else blocks.push({ kind: 'paragraph', text: line })
  }
  return blocks
}

function readList(lines: readonly string[], from: number): { block: Block; next: number } {
  const top: Item[] = []
  const open: { indent: number; kind: string; item: Item }[] = []
  let next = from
  let blank = false
  for (; next < lines.length; next += 1) {
    const line = lines[next] ?? ''
    if (line.trim() === '') {
      blank = true
      continue
    }
    const marked = readMark(line)
    if (!marked) {
      const indent = indentOf(/^[ \t]*/.exec(line)?.[0] ?? '')
      const innermost = open.at(-1)
      // A list goes on over an empty line only where what follows is within it.
      if (!innermost || headingOf(line) !== null || /^\s*(?:```|~~~|>)/.test(line) || (indent === 0 && (blank || isTitleLine(line.trim()) || isOwnLine(line, lines[next + 1], lines[next - 1] ?? '')))) break
      while (open.length > 1 && indent > 0 && (open.at(-1)?.indent ?? 0) >= indent) open.pop()
      const target = open.at(-1)?.item
      if (target) target.text += `\n${line.trim()}`
      blank = false
      continue
    }
    blank = false
    const kind = kindOfMark(marked.mark)
    // Deeper by its indent, or by a mark of another kind right below a number or letter: mail flattens lists.
    while (open.length > 0) {
      const last = open.at(-1)
      if (!last || marked.indent > last.indent + 1) break
      const isUnder = Math.abs(marked.indent - last.indent) <= 1 && kind !== last.kind && (last.kind === '1' || last.kind === 'a') && !open.some((other) => other.kind === kind)
      if (isUnder) break
      open.pop()
    }
    const parent = open.at(-1)
    const item: Item = { mark: marked.mark, text: marked.text, done: marked.done, items: [] }
    if (parent) parent.item.items.push(item)
    else top.push(item)
    open.push({ indent: marked.indent, kind, item })
  }
  return { block: { kind: 'list', items: top, numbered: /\d/.test(top[0]?.mark ?? '') }, next }
}
