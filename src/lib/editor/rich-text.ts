import * as Y from 'yjs'
import { formatBit, headingTags } from './shape.ts'

/** Rich text as a plain tree: what stands between Yjs and Markdown. Tolerant of what it reads, strict in what it holds. */
export type Mark = keyof typeof formatBit
export const marks = Object.keys(formatBit) as Mark[]
export type Inline =
  | { kind: 'text'; text: string; marks: readonly Mark[] }
  | { kind: 'break' }
  | { kind: 'link'; url: string; children: Inline[] }
export type ListKind = 'bullet' | 'number' | 'check'
export type ListItem = { checked: boolean; children: Inline[]; lists: List[] }
export type List = { kind: 'list'; type: ListKind; start: number; items: ListItem[] }
export type Block =
  | { kind: 'paragraph' | 'quote'; children: Inline[] }
  | { kind: 'heading'; level: number; children: Inline[] }
  | { kind: 'code'; language: string; text: string }
  | List

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

/** The words inside, whatever the elements between are. */
function readInline(nodes: Node[]): Inline[] {
  return nodes.flatMap((node): Inline[] => {
    if (!isElement(node)) return readText(node)
    if (node.nodeName === 'linebreak') return [{ kind: 'break' }]
    const inner = readInline(children(node))
    const url = attribute(node, '__url')
    return node.nodeName === 'link' && typeof url === 'string' ? [{ kind: 'link', url, children: inner }] : inner
  })
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
  inline.map((part) => (part.kind === 'text' ? part.text : part.kind === 'break' ? '\n' : plain(part.children))).join('')

export function readRichText(root: Y.XmlElement): Block[] {
  return children(root).map((node): Block => {
    if (isList(node)) return readList(node)
    const inline = readInline(isElement(node) ? children(node) : [node])
    if (!isElement(node)) return { kind: 'paragraph', children: inline }
    if (node.nodeName === 'heading') {
      return { kind: 'heading', level: Math.max(0, headingTags.findIndex((tag) => tag === attribute(node, '__tag'))) + 1, children: inline }
    }
    if (node.nodeName === 'code') {
      const language = attribute(node, '__language')
      return { kind: 'code', language: typeof language === 'string' ? language : '', text: plain(inline) }
    }
    return { kind: node.nodeName === 'quote' ? 'quote' : 'paragraph', children: inline }
  })
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
      types.push(part.kind === 'break' ? new Y.XmlElement('linebreak') : element('link', { __url: part.url }, inlineTypes(part.children)))
    }
  }
  flush()
  return types
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

export function blockType(block: Block): Y.XmlElement {
  if (block.kind === 'list') return listType(block)
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
