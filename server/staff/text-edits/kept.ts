import * as Y from 'yjs'

/** Consecutive clocks of one Yjs client: so many letters, or one element. */
export type Range = readonly [client: number, clock: number, length: number]
export type Id = readonly [client: number, clock: number]
type Attributes = Record<string, unknown>
/** A stretch of text of one format. One without letters stands for some that were gone before: others may know them as a place. */
export type Piece = { ids: Range; text: string; attributes: Attributes }
/** What was taken out of a rich text, with the ids that it had. */
export type Kept =
  | { kind: 'text'; id: Id; pieces: Piece[] }
  | { kind: 'element'; id: Id; name: string; attributes: Attributes; children: (Kept | { kind: 'gone'; ids: Range })[] }

export type TextNode = Y.XmlElement | Y.XmlText

/** Under which ids things are that were put back. What stands for something that was gone before has one id for all of it. */
export type Moved = [from: Range, to: Range][]

const idOf = (node: TextNode): Id => [node._item!.id.client, node._item!.id.clock]
const rangeOf = (item: Y.Item): Range => [item.id.client, item.id.clock, item.length]

export function* itemsOf(type: TextNode): Iterable<Y.Item> {
  for (let item = type._start; item !== null; item = item.right) yield item
}

/** The letters from one index to another, with what was gone between them before. */
export function piecesOf(text: Y.XmlText, from = 0, to = Infinity): Piece[] {
  const pieces: Piece[] = []
  const attributes: Attributes = {}
  let at = 0
  for (const item of itemsOf(text)) {
    if (at >= to) break
    if (item.deleted) {
      if (at > from || from === 0) pieces.push({ ids: rangeOf(item), text: '', attributes: {} })
    } else if (item.content instanceof Y.ContentFormat) {
      const { key, value } = item.content
      if (value === null) delete attributes[key]
      else attributes[key] = value
    } else if (item.content instanceof Y.ContentString) {
      const { str } = item.content
      const [first, last] = [Math.max(0, from - at), Math.min(str.length, to - at)]
      if (first < last) pieces.push({ ids: [item.id.client, item.id.clock + first, last - first], text: str.slice(first, last), attributes: { ...attributes } })
      at += str.length
    } else if (item.countable) at += item.length
  }
  return pieces
}

export function keep(node: TextNode): Kept {
  if (node instanceof Y.XmlText) return { kind: 'text', id: idOf(node), pieces: piecesOf(node) }
  const children: Extract<Kept, { kind: 'element' }>['children'] = []
  for (const item of itemsOf(node)) {
    if (item.deleted) children.push({ kind: 'gone', ids: rangeOf(item) })
    else if (item.content instanceof Y.ContentType && isTextNode(item.content.type)) children.push(keep(item.content.type))
  }
  return { kind: 'element', id: idOf(node), name: node.nodeName, attributes: node.getAttributes() as Attributes, children }
}

export const isTextNode = (type: unknown): type is TextNode => type instanceof Y.XmlElement || type instanceof Y.XmlText

/** Whether others know something that was gone before as a place: it then has to be one again. */
export type IsPlace = (gone: Range) => boolean

const placeholder = '\u2060'
const isThere = ({ text }: Piece) => text !== ''

/** The letters, and one for each place. */
const lettersOf = (pieces: readonly Piece[], isPlace: IsPlace): Piece[] =>
  pieces.flatMap((piece) => (isThere(piece) ? [piece] : isPlace(piece.ids) ? [{ ...piece, text: placeholder }] : []))

/** The same again, to be inserted somewhere; places hold something until `follow` has noted them. */
export function build(kept: Kept, isPlace: IsPlace = () => false): TextNode {
  if (kept.kind === 'text') {
    const text = new Y.XmlText()
    text.applyDelta(lettersOf(kept.pieces, isPlace).map(({ text: insert, attributes }) => ({ insert, attributes })))
    return text
  }
  const made = new Y.XmlElement<Record<string, never>>(kept.name)
  for (const [name, value] of Object.entries(kept.attributes)) made.setAttribute(name, value as never)
  made.insert(0, kept.children.flatMap((child) => (child.kind !== 'gone' ? [build(child, isPlace)] : isPlace(child.ids) ? [new Y.XmlElement('linebreak')] : [])) as Y.XmlElement[])
  return made as unknown as Y.XmlElement
}

/** Notes how what was kept is called, now that it is in the document again, and empties its places. */
export function follow(kept: Kept, node: TextNode, isPlace: IsPlace, moved: Moved) {
  moved.push([[...kept.id, 1], [...idOf(node), 1]])
  if (kept.kind === 'text') {
    if (node instanceof Y.XmlText) followPieces(kept.pieces, node, 0, isPlace, moved)
  } else if (node instanceof Y.XmlElement) {
    const wanted = kept.children.filter((child) => child.kind !== 'gone' || isPlace(child.ids))
    const children = node.toArray() as TextNode[]
    for (const [at, child] of wanted.entries()) {
      if (child.kind === 'gone') moved.push([child.ids, [...idOf(children[at]!), 1]])
      else follow(child, children[at]!, isPlace, moved)
    }
    for (const [at, child] of [...wanted.entries()].reverse()) if (child.kind === 'gone') node.delete(at, 1)
  }
}

/** As `follow`, of letters that were put into a text at an index. */
export function followPieces(kept: readonly Piece[], text: Y.XmlText, from: number, isPlace: IsPlace, moved: Moved) {
  const letters = lettersOf(kept, isPlace)
  const there = piecesOf(text, from, from + letters.reduce((sum, piece) => sum + piece.text.length, 0)).filter(isThere)
  const places: number[] = []
  let [index, offset, at] = [0, 0, from]
  for (const piece of letters) {
    const isGone = piece.text === placeholder && !kept.includes(piece)
    if (isGone) places.push(at)
    at += piece.text.length
    for (let done = 0; done < piece.text.length;) {
      const found = there[index]!
      const length = Math.min(piece.text.length - done, found.text.length - offset)
      const to: Range = [found.ids[0], found.ids[1] + offset, length]
      moved.push([isGone ? piece.ids : [piece.ids[0], piece.ids[1] + done, length], to])
      done += length
      offset += length
      if (offset === found.text.length) [index, offset] = [index + 1, 0]
    }
  }
  for (const place of places.reverse()) text.delete(place, 1)
}

const holds = ([client, clock, length]: Range, id: Id) => id[0] === client && id[1] >= clock && id[1] < clock + length

/** Under which id something is after something was put back. */
export function idAfter(id: Id, moved: Moved): Id {
  const found = moved.find(([from]) => holds(from, id))
  return found ? [found[1][0], found[1][1] + Math.min(id[1] - found[0][1], found[1][2] - 1)] : id
}

/** The ranges, and those under which parts of them are there again. */
export const rangesAfter = (ranges: readonly Range[], moved: Moved): Range[] => [
  ...ranges,
  ...ranges.flatMap(([client, clock, length]) => moved.flatMap(([from, to]): Range[] => {
    const [first, last] = [Math.max(clock, from[1]), Math.min(clock + length, from[1] + from[2])]
    return from[0] === client && from[2] === to[2] && first < last ? [[to[0], to[1] + first - from[1], last - first]] : []
  })),
]

export const isIn = (id: Id, range: Range) => holds(range, id)
