import * as Y from 'yjs'
import { parseReference } from '../board/reference.ts'
import { isSafeLink } from './safe-link.ts'
import { formatBit, headerRow, headingTags } from './shape.ts'

/** Rich text as a plain tree: what stands between Yjs and Markdown. Tolerant of what it reads, strict in what it holds. */
export type Mark = keyof typeof formatBit
export const marks = Object.keys(formatBit) as Mark[]
export type Inline =
  | { kind: 'text'; text: string; marks: readonly Mark[] }
  | { kind: 'break' }
  | { kind: 'link'; url: string; children: Inline[] }
  /** `target` is a reference, `missions://person/<id>`; `name` what it was called when it was written. */
  | { kind: 'mention'; target: string; name: string }
  /** `src` is a reference to a file. */
  | { kind: 'image'; src: string; alt: string }
export type ListKind = 'bullet' | 'number' | 'check'
export type ListItem = { checked: boolean; children: Inline[]; lists: List[] }
export type List = { kind: 'list'; type: ListKind; start: number; items: ListItem[] }
/** Cells hold lines, and all rows are of one length. `header`: the first row names the columns. */
export type Table = { kind: 'table'; header: boolean; rows: Inline[][][] }
export type Block =
  | { kind: 'paragraph' | 'quote'; children: Inline[] }
  | { kind: 'heading'; level: number; children: Inline[] }
  | { kind: 'code'; language: string; text: string }
  | List
  | Table

type Delta = { insert?: unknown; attributes?: { p?: { __format?: unknown } | null } }

function readText(text: Y.XmlText): Inline[] {
  const found: Inline[] = []
  for (const { insert, attributes } of text.toDelta() as Delta[]) {
    if (typeof insert !== 'string') continue
    const bits = typeof attributes?.p?.__format === 'number' ? attributes.p.__format : 0
    const own = marks.filter((mark) => bits & formatBit[mark])
    insert.split('\n').forEach((line, at) => {
      if (at > 0) found.push({ kind: 'break' })
      if (line) found.push({ kind: 'text', text: line, marks: own })
    })
  }
  return found
}

type Node = Y.XmlElement | Y.XmlText
const isElement = (node: Node): node is Y.XmlElement => node instanceof Y.XmlElement
const attribute = (element: Y.XmlElement, name: string): unknown => element.getAttribute(name)
const children = (element: Y.XmlElement): Node[] =>
  element.toArray().filter((child): child is Node => child instanceof Y.XmlElement || child instanceof Y.XmlText)

const words = (text: unknown): Inline[] => (typeof text === 'string' && text ? [{ kind: 'text', text, marks: [] }] : [])

export const isPicture = (src: unknown): src is string => typeof src === 'string' && parseReference(src)?.kind === 'file'
export const isReference = (target: unknown): target is string => typeof target === 'string' && parseReference(target) !== null

/** The words inside, whatever the elements between are. Peers write addresses too: one that may not be followed is not passed on. */
function readInline(nodes: Node[]): Inline[] {
  return nodes.flatMap((node): Inline[] => {
    if (!isElement(node)) return readText(node)
    if (node.nodeName === 'linebreak') return [{ kind: 'break' }]
    if (node.nodeName === 'image') {
      const [src, alt] = [attribute(node, '__src'), attribute(node, '__alt')]
      return isPicture(src) ? [{ kind: 'image', src, alt: typeof alt === 'string' ? alt : '' }] : words(alt)
    }
    if (node.nodeName === 'mention') {
      const [target, name] = [attribute(node, '__target'), attribute(node, '__name')]
      return isReference(target) ? [{ kind: 'mention', target, name: typeof name === 'string' ? name : '' }] : words(name)
    }
    const inner = readInline(children(node))
    const url = attribute(node, '__url')
    return node.nodeName === 'link' && typeof url === 'string' && isSafeLink(url) ? [{ kind: 'link', url, children: inner }] : inner
  })
}

/** Blocks within a cell are lines of it. */
function readCell(cell: Node): Inline[] {
  if (!isElement(cell)) return readText(cell)
  return children(cell).reduce<Inline[]>((lines, block) => {
    const line = readInline([block])
    return lines.length > 0 && isElement(block) && blocksInCells.has(block.nodeName) ? [...lines, { kind: 'break' }, ...line] : [...lines, ...line]
  }, [])
}
const blocksInCells = new Set(['paragraph', 'heading', 'quote', 'code', 'list'])

/** Two people who add a row and a column at once leave a row too short: it is read as if its last cells were empty. */
function readTable(table: Y.XmlElement): Table {
  const rowElements = children(table).filter(isElement).filter((row) => row.length > 0)
  const cellsOf = rowElements.map((row) => children(row))
  const width = Math.max(0, ...cellsOf.map((cells) => cells.length))
  const isHeader = (cell: Node) => isElement(cell) && ((attribute(cell, '__headerState') as number) & headerRow) !== 0
  return {
    kind: 'table',
    header: (cellsOf[0]?.length ?? 0) > 0 && cellsOf[0]!.every(isHeader),
    rows: cellsOf.map((cells) => Array.from({ length: width }, (_, at) => (cells[at] ? readCell(cells[at]) : []))),
  }
}

const isList = (node: Node): node is Y.XmlElement => isElement(node) && node.nodeName === 'list'

function readList(list: Y.XmlElement): List {
  const type = attribute(list, '__listType')
  const start = attribute(list, '__start')
  const items: ListItem[] = []
  for (const item of children(list)) {
    const inside = isElement(item) ? children(item) : [item]
    const lists = inside.filter(isList).map(readList)
    const own = inside.filter((node) => !isList(node))
    // A sublist stands in an item of its own, after the one it belongs to.
    const before = items.at(-1)
    if (lists.length > 0 && own.length === 0) {
      if (before) before.lists.push(...lists)
      else items.push(...lists.flatMap((sublist) => sublist.items))
      continue
    }
    items.push({ checked: isElement(item) && attribute(item, '__checked') === true, children: readInline(own), lists })
  }
  return { kind: 'list', type: type === 'bullet' || type === 'check' ? type : 'number', start: typeof start === 'number' ? start : 1, items }
}

const plain = (inline: Inline[]): string =>
  inline.map((part) => {
    switch (part.kind) {
      case 'text': return part.text
      case 'break': return '\n'
      case 'link': return plain(part.children)
      case 'mention': return part.name
      case 'image': return part.alt
    }
  }).join('')

const blockNames = new Set(['paragraph', 'heading', 'quote', 'list', 'code', 'table'])
const inlineNames = new Set(['linebreak', 'link', 'mention', 'image'])

const isEmptyTable = (block: Block) => block.kind === 'table' && block.rows.length === 0

/** What stands at the top of a text. Anything but a block is a paragraph of its words. */
export function readBlock(node: Y.XmlElement | Y.XmlText): Block {
  if (isList(node)) return readList(node)
  if (isElement(node) && node.nodeName === 'table') return readTable(node)
  const isPart = !isElement(node) || !blockNames.has(node.nodeName)
  const inline = readInline(isElement(node) && !inlineNames.has(node.nodeName) ? children(node) : [node])
  if (isPart) return { kind: 'paragraph', children: inline }
  if (node.nodeName === 'heading') {
    return { kind: 'heading', level: Math.max(0, headingTags.findIndex((tag) => tag === attribute(node, '__tag'))) + 1, children: inline }
  }
  if (node.nodeName === 'code') {
    const language = attribute(node, '__language')
    return { kind: 'code', language: typeof language === 'string' ? language : '', text: plain(inline) }
  }
  return { kind: node.nodeName === 'quote' ? 'quote' : 'paragraph', children: inline }
}

/** The block that one of a text's children is; none of a table without rows. */
export const readBlocksOf = (child: unknown): Block[] => (child instanceof Y.XmlElement || child instanceof Y.XmlText ? [readBlock(child)].filter((block) => !isEmptyTable(block)) : [])

export const readRichText = (root: Y.XmlElement): Block[] => root.toArray().flatMap(readBlocksOf)

const isMisplaced = (node: unknown) => !(node instanceof Y.XmlElement) || !blockNames.has(node.nodeName)

/** Whether only blocks stand at the top. Other programs than ours may put bare words there, which no editor can show. */
export const hasOnlyBlocks = (root: Y.XmlElement): boolean => !root.toArray().some(isMisplaced)

/** Makes paragraphs of what stands at the top and is no block. By one alone, or its words would come twice. */
export function mendBlocks(root: Y.XmlElement) {
  for (const [at, node] of [...root.toArray().entries()].reverse()) {
    if (!isMisplaced(node)) continue
    const block = node instanceof Y.XmlElement || node instanceof Y.XmlText ? readBlock(node) : null
    root.delete(at, 1)
    if (block) root.insert(at, [blockType(block)])
  }
}

function textRuns(run: Extract<Inline, { kind: 'text' }>[]): Y.XmlText {
  const text = new Y.XmlText()
  const pieces = run.flatMap(({ text, marks }) => text.split(/(\t)/).filter(Boolean).map((piece) => ({ piece, marks })))
  text.applyDelta(pieces.map(({ piece, marks }, at) => {
    const bits = marks.reduce((sum, mark) => sum | formatBit[mark], 0)
    const attributes = { ...(piece === '\t' && { t: 'tab' }), ...(bits && { p: { __format: bits } }), ...(at > 0 && { i: at }) }
    return { insert: piece, attributes }
  }))
  return text
}

function inlineTypes(inline: Inline[]): Node[] {
  const types: Node[] = []
  let run: Extract<Inline, { kind: 'text' }>[] = []
  const flush = () => {
    if (run.length > 0) types.push(textRuns(run))
    run = []
  }
  for (const part of inline) {
    if (part.kind === 'text') run.push(part)
    else {
      flush()
      types.push(inlineType(part))
    }
  }
  flush()
  return types
}

function inlineType(part: Exclude<Inline, { kind: 'text' }>): Y.XmlElement {
  switch (part.kind) {
    case 'break': return new Y.XmlElement('linebreak')
    case 'link': return element('link', { __url: part.url }, inlineTypes(part.children))
    case 'mention': return element('mention', { __target: part.target, ...(part.name && { __name: part.name }) }, [])
    case 'image': return element('image', { __src: part.src, ...(part.alt && { __alt: part.alt }) }, [])
  }
}

type Attribute = string | number | boolean

function element(name: string, attributes: Record<string, Attribute>, inside: Node[]): Y.XmlElement {
  const made = new Y.XmlElement<Record<string, Attribute>>(name)
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value)
  made.insert(0, inside)
  return made as Y.XmlElement
}

function listType(list: List): Y.XmlElement {
  const attributes = { ...(list.type !== 'number' && { __tag: 'ul', __listType: list.type }), ...(list.start !== 1 && { __start: list.start }) }
  const items = list.items.flatMap((item) => [
    element('listitem', list.type === 'check' ? { __checked: item.checked } : {}, inlineTypes(item.children)),
    ...item.lists.map((sublist) => element('listitem', {}, [listType(sublist)])),
  ])
  return element('list', attributes, items)
}

function tableType({ header, rows }: Table): Y.XmlElement {
  return element('table', {}, rows.map((row, at) => element('tablerow', {}, row.map((cell) =>
    element('tablecell', header && at === 0 ? { __headerState: headerRow } : {}, [element('paragraph', {}, inlineTypes(cell))])))))
}

export function blockType(block: Block): Y.XmlElement {
  if (block.kind === 'list') return listType(block)
  if (block.kind === 'table') return tableType(block)
  if (block.kind === 'code') {
    const lines = block.text.split('\n').flatMap((line, at): Inline[] => [
      ...(at > 0 ? [{ kind: 'break' } as const] : []),
      ...(line ? [{ kind: 'text', text: line, marks: [] } as const] : []),
    ])
    return element('code', block.language ? { __language: block.language } : {}, inlineTypes(lines))
  }
  const tag: Record<string, Attribute> = block.kind === 'heading' && block.level > 1 ? { __tag: `h${block.level}` } : {}
  return element(block.kind, tag, inlineTypes(block.children))
}

/** Puts these blocks in the place of all there is, in one transaction of the given origin. */
export function writeRichText(root: Y.XmlElement, blocks: Block[], origin: unknown) {
  const write = () => {
    root.delete(0, root.length)
    root.insert(0, blocks.map(blockType))
  }
  if (root.doc) root.doc.transact(write, origin)
  else write()
}
