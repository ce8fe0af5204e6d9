import { parseReference } from '../board/reference.ts'
import { callOf } from './call.ts'
import { escapeLabel, escapeLineStart, escapeMarkdown, markdownLink } from './escape-markdown.ts'
import type { Block, Inline, List, Mark, Table } from './rich-text.ts'

type Run = { text: string; marks: readonly Mark[] }
const signs: Record<Exclude<Mark, 'code'>, string> = { bold: '**', italic: '*', struck: '~~' }
type Sign = keyof typeof signs
const isSign = (mark: Mark): mark is Sign => mark !== 'code'

function code(text: string) {
  const fence = '`'.repeat(Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length)) + 1)
  const pad = /^`|`$|^ .* $/.test(text) ? ' ' : ''
  return `${fence}${pad}${text}${pad}${fence}`
}

/** Marks hug words: a space carries a mark only where both its neighbours do. */
function hugWords(runs: Run[]): Run[] {
  const joined: Run[] = []
  for (const run of runs) {
    const last = joined.at(-1)
    if (last?.marks.join() === run.marks.join()) joined[joined.length - 1] = { ...last, text: last.text + run.text }
    else joined.push(run)
  }
  const pieces = joined.flatMap((run) =>
    run.marks.length === 0 || run.marks.includes('code') ? [run] : run.text.split(/(\s+)/).filter(Boolean).map((text) => ({ ...run, text })))
  const isSpace = (piece: Run) => !piece.marks.includes('code') && piece.text.trim() === ''
  const marksOf = (at: number, step: 1 | -1): readonly Mark[] => {
    let next = pieces[at + step]
    for (let far = at + step; next && isSpace(next); far += step) next = pieces[far + step]
    return next?.marks ?? []
  }
  return pieces.map((piece, at) => {
    if (!isSpace(piece)) return piece
    const [before, after] = [marksOf(at, -1), marksOf(at, 1)]
    return { text: piece.text, marks: piece.marks.filter((mark) => before.includes(mark) && after.includes(mark)) }
  })
}

function runsToMarkdown(runs: Run[]): string {
  const pieces = hugWords(runs)
  const open: Sign[] = []
  let out = ''
  const lasts = (mark: Mark, from: number) => {
    const end = pieces.findIndex((piece, at) => at >= from && !piece.marks.includes(mark))
    return (end < 0 ? pieces.length : end) - from
  }
  const closeTo = (kept: readonly Mark[]) => {
    const first = open.findIndex((mark) => !kept.includes(mark))
    if (first >= 0) for (const mark of open.splice(first).reverse()) out += signs[mark]
  }
  pieces.forEach((piece, at) => {
    closeTo(piece.marks)
    const fresh = piece.marks.filter(isSign).filter((mark) => !open.includes(mark)).sort((a, b) => lasts(b, at) - lasts(a, at))
    for (const mark of fresh) {
      open.push(mark)
      out += signs[mark]
    }
    out += piece.marks.includes('code') ? code(piece.text) : escapeMarkdown(piece.text)
  })
  closeTo([])
  return out
}

function linkToMarkdown(link: Extract<Inline, { kind: 'link' }>): string {
  const [only, more] = link.children
  if (only?.kind === 'text' && !more && only.text === link.url && only.marks.length === 0 && /^[a-z][a-z\d+.-]*:[^\s<>]*$/i.test(link.url)) return `<${link.url}>`
  const target = /[\s()<>]/.test(link.url) ? `<${link.url.replace(/[<>]/g, encodeURIComponent).replace(/\n/g, '')}>` : link.url
  return `[${inlineToLines(link.children).join(' ').replace(/(?<!\\)\]/g, '\\]')}](${target})`
}

const mentionToMarkdown = ({ target, name }: Extract<Inline, { kind: 'mention' }>) => markdownLink(callOf(parseReference(target), name || 'unnamed'), target)

const imageToMarkdown = ({ src, alt }: Extract<Inline, { kind: 'image' }>) => `![${escapeLabel(alt)}](${src})`

function inlineToLines(inline: Inline[]): string[] {
  const lines = ['']
  let runs: Run[] = []
  const flush = () => {
    lines[lines.length - 1] += runsToMarkdown(runs)
    runs = []
  }
  for (const part of inline) {
    if (part.kind === 'text') runs.push(part)
    else {
      flush()
      if (part.kind === 'break') lines.push('')
      else if (part.kind === 'image') lines[lines.length - 1] += imageToMarkdown(part)
      else lines[lines.length - 1] = lines.at(-1)!.replace(/!$/, '\\!') + (part.kind === 'mention' ? mentionToMarkdown(part) : linkToMarkdown(part))
    }
  }
  flush()
  return lines
}

/** Lines of a paragraph, hard breaks between them; an empty line at either end is no line. */
function paragraphLines(inline: Inline[]): string[] {
  const lines = inlineToLines(inline).map((line) => escapeLineStart(line).trimEnd())
  while (lines.length > 0 && lines.at(-1) === '') lines.pop()
  while (lines[0] === '') lines.shift()
  return lines.map((line, at) => (at < lines.length - 1 ? `${line}\\` : line))
}

function listToLines(list: List, odd: boolean): string[] {
  return list.items.flatMap((item, at) => {
    const marker = list.type === 'number' ? `${list.start + at}${odd ? ')' : '.'} ` : odd ? '* ' : '- '
    const box = list.type === 'check' ? `[${item.checked ? 'x' : ' '}] ` : ''
    const [first = '', ...rest] = paragraphLines(item.children)
    const below = [...rest, ...item.lists.flatMap((sublist, nth) => listToLines(sublist, nth % 2 === 1))]
    return [(marker + box + first).trimEnd(), ...below.map((line) => ' '.repeat(marker.length) + line)]
  })
}

/** A table of GitHub's: a cell is one line, so a break within it is written as HTML writes it. One without a header has an empty one. */
function tableToLines({ header, rows }: Table): string[] {
  const width = rows[0]?.length ?? 0
  const row = (cells: string[]) => `| ${cells.join(' | ')} |`.replace(/ {2,}\|/g, ' |')
  const cellToMarkdown = (cell: Inline[]) => {
    const lines = inlineToLines(cell).map((line) => line.trim().replace(/\|/g, '\\|'))
    while (lines.length > 0 && lines.at(-1) === '') lines.pop()
    return lines.join('<br>')
  }
  const [first = [], ...rest] = rows.map((cells) => cells.map(cellToMarkdown))
  const named = header ? first : Array.from({ length: width }, () => '')
  return [row(named), row(Array.from({ length: width }, () => '---')), ...(header ? rest : [first, ...rest]).map(row)]
}

function blockToLines(block: Block, odd: boolean): string[] {
  if (block.kind === 'list') return listToLines(block, odd)
  if (block.kind === 'table') return tableToLines(block)
  if (block.kind === 'code') {
    const fence = '`'.repeat(Math.max(2, ...[...block.text.matchAll(/`+/g)].map(([run]) => run.length)) + 1)
    return [fence + block.language.replace(/[^\w+#.-]/g, ''), ...(block.text ? block.text.split('\n') : []), fence]
  }
  const lines = paragraphLines(block.children)
  if (block.kind === 'heading') return [`${'#'.repeat(block.level)} ${inlineToLines(block.children).join(' ').trim()}`.trimEnd()]
  return block.kind === 'quote' ? (lines.length > 0 ? lines : ['']).map((line) => `> ${line}`.trimEnd()) : lines
}

/** Each block for itself; `null` for an empty paragraph, which has no word in Markdown. */
export function markdownParts(blocks: readonly Block[]): (string | null)[] {
  const parts: (string | null)[] = []
  let odd = false
  let before: Block | null = null
  for (const block of blocks) {
    // Two lists in a row stay two if their markers differ.
    const alike = block.kind === 'list' && before?.kind === 'list' && (block.type === 'number') === (before.type === 'number')
    odd = alike && !odd
    const lines = blockToLines(block, odd)
    parts.push(lines.length === 0 ? null : lines.join('\n'))
    if (lines.length > 0) before = block
  }
  return parts
}

/** CommonMark with GitHub's check lists and strikethrough. Empty paragraphs are left out. */
export const toMarkdown = (blocks: readonly Block[]): string => markdownParts(blocks).filter((part) => part !== null).join('\n\n')
