import { parseReference, referenceUrl } from '../board/reference.ts'
import type { FileId } from '../board/ids.ts'
import { isReference, type Block, type Inline, type List, type ListItem, type Mark, type Table } from './rich-text.ts'
import { isSafeLink } from './safe-link.ts'
import { joinWordLists, wordListOf } from './word-lists.ts'

/*
 * Pasted HTML as rich text. It is parsed into a document that never meets the page, so nothing in it runs or is fetched; of what is
 * there only words, structure, and links to the web are taken. A picture from elsewhere would tell its server who reads: it becomes a link.
 */

type PastedHtml = {
  blocks: Block[]
  /** Pictures that came along whole, as data. */
  pictures: { data: string; alt: string }[]
}

const skipped = new Set([
  'SCRIPT', 'STYLE', 'HEAD', 'META', 'LINK', 'TITLE', 'TEMPLATE', 'NOSCRIPT', 'IFRAME', 'OBJECT', 'EMBED', 'SVG', 'MATH', 'CANVAS', 'AUDIO', 'VIDEO', 'MAP',
  'BUTTON', 'SELECT', 'TEXTAREA', 'INPUT', 'COL', 'COLGROUP', 'CAPTION', 'XML', 'O:P',
])
const inlineTags = new Set([
  'A', 'ABBR', 'ACRONYM', 'B', 'BDI', 'BDO', 'BIG', 'BR', 'CITE', 'CODE', 'DATA', 'DEL', 'DFN', 'EM', 'FONT', 'I', 'IMG', 'INS', 'KBD', 'LABEL', 'MARK', 'OUTPUT',
  'PICTURE', 'Q', 'RUBY', 'RT', 'S', 'SAMP', 'SMALL', 'SPAN', 'STRIKE', 'STRONG', 'SUB', 'SUP', 'TIME', 'TT', 'U', 'VAR', 'WBR',
])
const ownContent = /^\/api\/v1\/files\/([\w-]+)\/content(?:\?|$)/
const dataPicture = /^data:image\/(?:png|jpe?g|gif|webp|avif);base64,/i

type Context = { marks: readonly Mark[]; pre: boolean }
const plain: Context = { marks: [], pre: false }

/** `origin`: of this page, whose own files are pictures. */
export function fromHtml(html: string, origin: string): PastedHtml {
  const body = new DOMParser().parseFromString(html, 'text/html').body
  const reader = new HtmlReader(origin)
  return { blocks: joinWordLists(reader.blocks(body, plain)), pictures: reader.pictures }
}

/** `checked` is null for an item without a box. */
type BoxedItem = Omit<ListItem, 'checked'> & { checked: boolean | null }
const unboxed = (items: readonly BoxedItem[]): ListItem[] => items.map((item) => ({ ...item, checked: item.checked === true }))

class HtmlReader {
  readonly pictures: PastedHtml['pictures'] = []
  readonly #origin: string

  constructor(origin: string) {
    this.#origin = origin
  }

  /** What is in `parent`: blocks as they come, and the words between them as paragraphs. */
  blocks(parent: Element, context: Context): Block[] {
    const found: Block[] = []
    let loose: Inline[] = []
    const flush = () => {
      const children = tidy(loose)
      if (children.length > 0) found.push({ kind: 'paragraph', children })
      loose = []
    }
    for (const node of parent.childNodes) {
      if (node instanceof Element && !isInline(node)) {
        flush()
        if (!isHidden(node)) found.push(...this.#block(node, context))
      } else loose.push(...this.#inline(node, context))
    }
    flush()
    return found
  }

  #block(element: Element, outer: Context): Block[] {
    const context = contextOf(element, outer)
    const tag = element.tagName
    const heading = /^H([1-6])$/.exec(tag)
    if (heading) return this.#lines(element, context, (children) => ({ kind: 'heading', level: Number(heading[1]), children: children.filter((part) => part.kind !== 'break') }))
    switch (tag) {
      case 'PRE': return [{ kind: 'code', language: languageOf(element), text: (element.textContent ?? '').replace(/\n$/, '') }]
      case 'BLOCKQUOTE': return this.#lines(element, context, (children) => ({ kind: 'quote', children }))
      case 'UL': case 'OL': return [this.#list(element, context)]
      case 'LI': return [{ kind: 'list', type: 'bullet', start: 1, items: unboxed(this.#items([element], context)) }]
      case 'TABLE': return this.#table(element as HTMLTableElement, context)
      case 'HR': return []
      default: {
        const word = wordListOf(element)
        if (word) return [{ ...word, kind: 'paragraph', children: this.#flat(element, context) }]
        return this.blocks(element, context)
      }
    }
  }

  /** What can hold lines only. */
  #lines(element: Element, context: Context, make: (children: Inline[]) => Block): Block[] {
    const children = this.#flat(element, context)
    return children.length > 0 ? [make(children)] : []
  }

  /** All the words in there, one line for each block of them. */
  #flat(element: Element, context: Context): Inline[] {
    return joinLines(this.blocks(element, context).map(linesOf))
  }

  #list(element: Element, context: Context): List {
    const items = this.#items([...element.children], context)
    const ordered = element.tagName === 'OL'
    const type = items.some(({ checked }) => checked !== null) ? 'check' : ordered ? 'number' : 'bullet'
    const start = Number(element.getAttribute('start') ?? 1)
    return { kind: 'list', type, start: type === 'number' && Number.isSafeInteger(start) && start > 0 ? start : 1, items: unboxed(items) }
  }

  #items(elements: readonly Element[], context: Context): BoxedItem[] {
    const items: BoxedItem[] = []
    for (const element of elements) {
      if (isHidden(element)) continue
      // Google Docs and older editors put a list beside the item it belongs to.
      if (element.tagName === 'UL' || element.tagName === 'OL') {
        const list = this.#list(element, context)
        const before = items.at(-1)
        if (before) before.lists.push(list)
        else items.push({ checked: null, children: [], lists: [list] })
        continue
      }
      const blocks = this.blocks(element, contextOf(element, context))
      const lists = blocks.filter((block) => block.kind === 'list')
      const children = joinLines(blocks.filter((block) => block.kind !== 'list').map(linesOf))
      items.push({ checked: boxOf(element), children, lists })
    }
    return items
  }

  #table(table: HTMLTableElement, context: Context): Block[] {
    const rows = [...table.rows].filter((row) => row.closest('table') === table && row.cells.length > 0)
    // Mails and old pages are laid out with tables: those are no tables.
    if (rows.every((row) => row.cells.length === 1) || table.querySelector('table')) return rows.flatMap((row) => [...row.cells].flatMap((cell) => this.blocks(cell, context)))
    const grid: Inline[][][] = rows.map(() => [])
    const covered = rows.map(() => new Set<number>())
    rows.forEach((row, y) => {
      let x = 0
      for (const cell of row.cells) {
        while (covered[y]!.has(x)) grid[y]![x++] = []
        grid[y]![x] = this.#flat(cell, contextOf(cell, cell.tagName === 'TH' ? { ...context, marks: context.marks.filter((mark) => mark !== 'bold') } : context))
        for (let down = 0; down < Math.min(cell.rowSpan || 1, rows.length - y); down++) for (let along = 0; along < Math.min(cell.colSpan, 1000); along++) {
          if (down > 0 || along > 0) covered[y + down]!.add(x + along)
        }
        x++
      }
      while (covered[y]!.has(x)) grid[y]![x++] = []
    })
    const width = Math.max(...grid.map((cells) => cells.length))
    const whole = grid.map((cells) => Array.from({ length: width }, (_, at) => cells[at] ?? []))
    // Spreadsheets name no header, but a first row all in bold is one.
    const isHeader = [...rows[0]!.cells].every((cell) => cell.tagName === 'TH') || rows[0]!.parentElement?.tagName === 'THEAD'
      || whole[0]!.every((cell) => cell.length > 0 && cell.every((part) => part.kind !== 'text' || part.marks.includes('bold')))
    const filled = whole.filter((cells) => cells.some((cell) => cell.length > 0))
    return filled.length > 0 ? [{ kind: 'table', header: isHeader && filled[0] === whole[0], rows: filled } satisfies Table] : []
  }

  #inline(node: Node, context: Context): Inline[] {
    if (node instanceof Text) return textOf(node.data, context)
    if (!(node instanceof Element) || isHidden(node)) return []
    const inner = contextOf(node, context)
    const children = () => [...node.childNodes].flatMap((child): Inline[] =>
      // A block within a link or a bold passage, as web pages and Google Docs have it.
      child instanceof Element && !isInline(child) && !isHidden(child) ? [{ kind: 'break' }, ...joinLines(this.#block(child, inner).map(linesOf)), { kind: 'break' }] : this.#inline(child, inner))
    switch (node.tagName) {
      case 'BR': return node.classList.contains('Apple-interchange-newline') ? [] : [{ kind: 'break' }]
      case 'IMG': return this.#picture(node)
      case 'A': return this.#link(node, children())
      default: {
        const target = node.getAttribute('data-reference')
        return isReference(target) ? [{ kind: 'mention', target, name: (node.textContent ?? '').replace(/^@/, '').trim() }] : children()
      }
    }
  }

  #link(anchor: Element, children: Inline[]): Inline[] {
    const href = (anchor.getAttribute('href') ?? '').trim()
    if (isReference(href)) return [{ kind: 'mention', target: href, name: (anchor.textContent ?? '').replace(/^@/, '').trim() }]
    const url = realTarget(href)
    // A link to a place in the page it was copied from leads nowhere here; a link around nothing is a bookmark.
    if (!isSafeLink(url) || children.every((part) => part.kind === 'text' && part.text.trim() === '')) return children
    if (children.some((part) => part.kind === 'link')) return children
    return [{ kind: 'link', url, children: children.filter((part) => part.kind !== 'break') }]
  }

  #picture(image: Element): Inline[] {
    const src = (image.getAttribute('src') ?? '').trim()
    const alt = (image.getAttribute('alt') ?? '').replace(/\s+/g, ' ').trim()
    if (parseReference(src)?.kind === 'file') return [{ kind: 'image', src, alt }]
    if (dataPicture.test(src)) {
      this.pictures.push({ data: src, alt })
      return []
    }
    if (!URL.canParse(src, this.#origin)) return []
    const url = new URL(src, this.#origin)
    const own = url.origin === this.#origin ? ownContent.exec(url.pathname + url.search) : null
    if (own) return [{ kind: 'image', src: referenceUrl({ kind: 'file', id: own[1] as FileId }), alt }]
    if (isTracker(image) || !/^https?:/i.test(src) || !isSafeLink(url.href)) return alt && !isTracker(image) ? [{ kind: 'text', text: alt, marks: [] }] : []
    return [{ kind: 'link', url: url.href, children: [{ kind: 'text', text: alt || decodeName(url), marks: [] }] }]
  }
}

const styleOf = (element: Element) => element.getAttribute('style') ?? ''
/** Of the element itself: Word has names of its own that end like it. */
const styled = (element: Element, property: string) => new RegExp(`(?:^|;)\\s*${property}\\s*:\\s*([^;]+)`, 'i').exec(styleOf(element))?.[1]?.trim()

function isHidden(element: Element): boolean {
  return skipped.has(element.tagName.toUpperCase()) || element.hasAttribute('hidden') || /(?:^|;)\s*(?:display\s*:\s*none|mso-hide\s*:\s*all|visibility\s*:\s*hidden|mso-list\s*:\s*ignore)/i.test(styleOf(element))
}

/** An unknown element is as inline as what is in it: custom elements wrap pages and words alike. */
function isInline(element: Element): boolean {
  if (inlineTags.has(element.tagName)) return element.tagName === 'BR' || element.tagName === 'IMG' || ![...element.children].some((child) => !isInline(child))
  if (skipped.has(element.tagName.toUpperCase())) return true
  return element.tagName.includes('-') && ![...element.children].some((child) => !isInline(child))
}

function contextOf(element: Element, { marks, pre }: Context): Context {
  const has = new Set(marks)
  const set = (mark: Mark, on: boolean) => void (on ? has.add(mark) : has.delete(mark))
  switch (element.tagName) {
    case 'B': case 'STRONG': set('bold', true); break
    case 'I': case 'EM': case 'CITE': case 'VAR': case 'DFN': set('italic', true); break
    case 'S': case 'DEL': case 'STRIKE': set('struck', true); break
    case 'CODE': case 'KBD': case 'SAMP': case 'TT': set('code', true); break
  }
  // Google Docs wraps everything in a <b> that is not bold.
  const weight = styled(element, 'font-weight')
  if (weight) set('bold', /^(?:bold|bolder|[6-9]\d\d)$/i.test(weight))
  const slant = styled(element, 'font-style')
  if (slant) set('italic', /^(?:italic|oblique)$/i.test(slant))
  const line = styled(element, 'text-decoration(?:-line)?')
  if (line) set('struck', has.has('struck') && !/none/i.test(line) || /line-through/i.test(line))
  const space = styled(element, 'white-space')
  return { marks: [...has], pre: space ? /^(?:pre|pre-wrap|break-spaces)$/i.test(space) : pre }
}

function textOf(data: string, { marks, pre }: Context): Inline[] {
  const lines = pre ? data.replace(/\r\n?/g, '\n').split('\n') : [data.replace(/[ \t\r\n\f]+/g, ' ')]
  return lines.flatMap((line, at): Inline[] => {
    const text = line.replace(/[\u200b\ufeff]/g, '').replace(/\u00a0/g, ' ')
    return [...(at > 0 ? [{ kind: 'break' } as const] : []), ...(text ? [{ kind: 'text', text, marks } as const] : [])]
  })
}

const alike = (one: readonly Mark[], other: readonly Mark[]) => one.length === other.length && one.every((mark) => other.includes(mark))
const isSpace = (part: Inline | undefined) => part?.kind === 'text' && part.text.trim() === ''

/** One space between words, none at the edges of a line; neighbours of one look are one. */
function tidy(inline: readonly Inline[]): Inline[] {
  const found: Inline[] = []
  for (const part of inline) {
    const last = found.at(-1)
    if (part.kind !== 'text') {
      if (part.kind === 'break' && last?.kind === 'text') found[found.length - 1] = { ...last, text: last.text.replace(/ +$/, '') }
      found.push(part)
      continue
    }
    const afterSpace = last === undefined || last.kind === 'break' || (last.kind === 'text' && last.text.endsWith(' '))
    const text = afterSpace ? part.text.replace(/^ +/, '') : part.text
    if (text === '') continue
    if (last?.kind === 'text' && alike(last.marks, part.marks)) found[found.length - 1] = { ...last, text: last.text + text }
    else found.push({ ...part, text })
  }
  while (found.length > 0 && (found.at(-1)!.kind === 'break' || isSpace(found.at(-1)))) found.pop()
  while (found[0]?.kind === 'break') found.shift()
  const last = found.at(-1)
  if (last?.kind === 'text') found[found.length - 1] = { ...last, text: last.text.replace(/ +$/, '') }
  return found.filter((part, at) => !(part.kind === 'text' && part.text === '') && !(part.kind === 'break' && found[at - 1]?.kind === 'break' && found[at - 2]?.kind === 'break'))
}

export const joinLines = (parts: readonly (readonly Inline[])[]): Inline[] =>
  parts.filter((part) => part.length > 0).flatMap((part, at): Inline[] => (at > 0 ? [{ kind: 'break' }, ...part] : [...part]))

/** A block as lines, where only lines can be. */
function linesOf(block: Block): Inline[] {
  switch (block.kind) {
    case 'list': return joinLines(block.items.map((item) => joinLines([item.children, ...item.lists.map(linesOf)])))
    case 'table': return joinLines(block.rows.map((row) => row.flatMap((cell, at): Inline[] => [...(at > 0 ? [{ kind: 'text', text: ' ', marks: [] } as const] : []), ...cell])))
    case 'code': return joinLines(block.text.split('\n').map((text) => (text ? [{ kind: 'text', text, marks: ['code'] }] : [])))
    default: return block.children
  }
}

function boxOf(element: Element): boolean | null {
  if (element.getAttribute('role') === 'checkbox') return element.getAttribute('aria-checked') === 'true'
  const box = element.querySelector(':scope > input[type=checkbox], :scope > p > input[type=checkbox], :scope > label > input[type=checkbox]')
  return box ? box.hasAttribute('checked') : null
}

function languageOf(pre: Element): string {
  const named = [pre, ...pre.querySelectorAll('code')].map((element) => element.getAttribute('data-language') ?? /(?:^|\s)(?:language|lang|highlight-source)-([\w+#.-]+)/.exec(element.className)?.[1]).find(Boolean)
  return named ?? ''
}

/** Google wraps links to tell itself who follows them. */
function realTarget(href: string): string {
  if (!URL.canParse(href)) return href
  const url = new URL(href)
  const wrapped = url.hostname === 'www.google.com' && url.pathname === '/url' ? url.searchParams.get('q') ?? url.searchParams.get('url') : null
  return wrapped && isSafeLink(wrapped) ? wrapped : href
}

/** A picture nobody is meant to see. */
function isTracker(image: Element): boolean {
  const side = (name: string) => Number.parseFloat(image.getAttribute(name) ?? new RegExp(`(?:^|;)\\s*${name}\\s*:\\s*([\\d.]+)`, 'i').exec(styleOf(image))?.[1] ?? '99')
  return side('width') <= 2 || side('height') <= 2
}

const decodeName = (url: URL) => {
  const last = url.pathname.split('/').findLast(Boolean) ?? url.hostname
  try {
    return decodeURIComponent(last)
  } catch {
    return last
  }
}
