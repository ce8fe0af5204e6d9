import { marked, type Token, type Tokens } from 'marked'
import { parseReference } from '../board/reference.ts'
import { isPicture, type Block, type Inline, type List, type ListItem, type Mark, type Table } from './rich-text.ts'
import { isSafeLink } from './safe-link.ts'

const named: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: '\'', nbsp: '\u00a0' }
const decode = (text: string) =>
  text.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]{2,6}));/gi, (whole, decimal?: string, hex?: string, name?: string) => {
    if (name) return named[name.toLowerCase()] ?? whole
    const point = decimal ? Number(decimal) : Number.parseInt(hex!, 16)
    return point > 0 && point <= 0x10ffff ? String.fromCodePoint(point) : '\ufffd'
  })

const inside = (token: Token) => ('tokens' in token ? token.tokens : undefined)
const words = (text: string, marks: readonly Mark[]): Inline[] => {
  const flat = text.replace(/\s*\n\s*/g, ' ')
  return flat ? [{ kind: 'text', text: flat, marks }] : []
}
const also = (marks: readonly Mark[], mark: Mark) => (marks.includes(mark) ? marks : [...marks, mark])

const plain = (inline: readonly Inline[]): string => inline.map((part) => ('text' in part ? part.text : '')).join('')

const alike = (one: readonly Mark[], other: readonly Mark[]) => one.length === other.length && one.every((mark) => other.includes(mark))

/** marked takes text apart at every escape. */
function joined(inline: Inline[]): Inline[] {
  const all: Inline[] = []
  for (const part of inline) {
    const last = all.at(-1)
    if (part.kind === 'text' && last?.kind === 'text' && alike(part.marks, last.marks)) all[all.length - 1] = { ...last, text: last.text + part.text }
    else all.push(part)
  }
  return all
}

function inlineOf(tokens: Token[] | undefined, marks: readonly Mark[] = []): Inline[] {
  return joined((tokens ?? []).flatMap((token): Inline[] => {
    switch (token.type) {
      case 'strong': return inlineOf(token.tokens, also(marks, 'bold'))
      case 'em': return inlineOf(token.tokens, also(marks, 'italic'))
      case 'del': return inlineOf(token.tokens, also(marks, 'struck'))
      case 'codespan': return words(token.text, also(marks, 'code'))
      case 'br': return [{ kind: 'break' }]
      case 'checkbox': return []
      case 'link': {
        const reference = parseReference(token.href)
        if (reference) return [{ kind: 'mention', target: token.href, name: plain(inlineOf(token.tokens)).replace(/^@/, '') }]
        const name = inlineOf(token.tokens, marks)
        return isSafeLink(token.href) ? [{ kind: 'link', url: token.href, children: name }] : name
      }
      case 'image': {
        if (isPicture(token.href)) return [{ kind: 'image', src: token.href, alt: decode(token.text) }]
        const name = words(decode(token.text) || token.href, marks)
        return isSafeLink(token.href) ? [{ kind: 'link', url: token.href, children: name }] : name
      }
      case 'escape': return words(token.text, marks)
      case 'html': return /^<br\s*\/?>$/i.test(token.raw.trim()) ? [{ kind: 'break' }] : words(token.raw, marks)
      default: return inside(token) ? inlineOf(inside(token), marks) : words(decode('text' in token ? String(token.text) : token.raw), marks)
    }
  }))
}

const lines = (text: string, marks: readonly Mark[]): Inline[] =>
  text.split('\n').flatMap((line, at) => [...(at > 0 ? [{ kind: 'break' } as const] : []), ...words(line, marks)])

/** marked leaves the last line break of code on it if an empty line comes before. */
const code = (token: Token) => ('text' in token ? String(token.text).replace(/\n$/, '') : '')

/** Quotes and list items hold lines, not blocks: the blocks of Markdown inside them become lines. */
function flatten(tokens: Token[]): Inline[] {
  const parts = tokens.map((token): Inline[] => {
    switch (token.type) {
      case 'space': case 'hr': case 'def': case 'checkbox': return []
      case 'code': return lines(code(token), ['code'])
      case 'html': case 'table': return lines(token.raw.trimEnd(), [])
      case 'blockquote': return flatten(token.tokens ?? [])
      case 'list': return joinLines((token as Tokens.List).items.map((item) => flatten(item.tokens)))
      default: return inlineOf(inside(token) ?? [token])
    }
  })
  return joinLines(parts)
}
const joinLines = (parts: Inline[][]): Inline[] =>
  parts.filter((part) => part.length > 0).flatMap((part, at) => (at > 0 ? [{ kind: 'break' }, ...part] : part))

/** A list is of one kind here: where some items have a box and some have none, each stretch of them is a list. */
function listsOf(token: Tokens.List): List[] {
  const bareBox = /^\[[ x]\]$/i
  const lists: List[] = []
  for (const [index, item] of token.items.entries()) {
    const type = item.task || bareBox.test(item.text) ? 'check' : token.ordered ? 'number' : 'bullet'
    const read: ListItem = {
      checked: item.checked === true || /^\[x\]$/i.test(item.text),
      children: bareBox.test(item.text) ? [] : flatten(item.tokens.filter((inner) => inner.type !== 'list')),
      lists: item.tokens.filter((inner): inner is Tokens.List => inner.type === 'list').flatMap(listsOf),
    }
    const last = lists.at(-1)
    if (last?.type === type) last.items.push(read)
    else lists.push({ kind: 'list', type, start: type === 'number' && typeof token.start === 'number' ? token.start + index : 1, items: [read] })
  }
  return lists
}

/** A header of nothing but empty cells is how a table without one is written. */
function tableOf(token: Tokens.Table): Table {
  const width = token.header.length
  const cells = (row: Tokens.TableCell[]) => Array.from({ length: width }, (_, at) => inlineOf(row[at]?.tokens))
  const named = cells(token.header)
  const header = named.some((cell) => cell.length > 0)
  const rows = token.rows.map(cells)
  return { kind: 'table', header: header || rows.length === 0, rows: header || rows.length === 0 ? [named, ...rows] : rows }
}

/** What has no place in rich text here (pictures from elsewhere, HTML) stays readable as text. Links lead to the web or a mailbox, or are words. */
export function fromMarkdown(markdown: string): Block[] {
  return marked.lexer(markdown, { gfm: true, async: false }).flatMap((token): Block[] => {
    switch (token.type) {
      case 'space': case 'hr': case 'def': return []
      case 'heading': return [{ kind: 'heading', level: token.depth, children: inlineOf(token.tokens) }]
      case 'code': return [{ kind: 'code', language: (token.lang ?? '').split(/\s/)[0], text: code(token) }]
      case 'table': return [tableOf(token as Tokens.Table)]
      case 'blockquote': return [{ kind: 'quote', children: flatten(token.tokens ?? []) }]
      case 'list': return listsOf(token as Tokens.List)
      case 'html': return [{ kind: 'paragraph', children: lines(token.raw.trim(), []) }]
      default: return [{ kind: 'paragraph', children: inlineOf(inside(token) ?? [token]) }]
    }
  })
}
