import * as Y from 'yjs'

/** A stretch of a text, in UTF-16 units from its start, that was written with one Yjs client id. */
export type Span = { from: number; to: number; client: number }
/** A block at the top of a rich text: all of its words in reading order, and who wrote them. */
export type AuthoredBlock = { text: string; spans: Span[] }

type Parent = Y.XmlElement | Y.XmlText
const isParent = (type: unknown): type is Parent => type instanceof Y.XmlElement || type instanceof Y.XmlText

/** What is there now, in order. Formats and what was deleted hold no words. */
function* items(type: { _start: Y.Item | null }): Generator<Y.Item> {
  for (let item = type._start; item; item = item.right) if (!item.deleted && item.countable) yield item
}

function write(block: AuthoredBlock, type: Parent) {
  for (const { content, id: { client } } of items(type)) {
    if (content instanceof Y.ContentType && isParent(content.type)) write(block, content.type)
    if (!(content instanceof Y.ContentString)) continue
    const from = block.text.length
    block.text += content.str
    const last = block.spans.at(-1)
    if (last?.client === client) last.to = block.text.length
    else block.spans.push({ from, to: block.text.length, client })
  }
}

/**
 * Who wrote which words of a rich text, by the client id that each of its items carries. Line breaks and formats are nobody's.
 * What somebody brought back by undoing its deletion was written anew, and is theirs.
 */
export const readAuthorship = (root: Y.XmlElement): AuthoredBlock[] =>
  [...items(root)].flatMap(({ content }) => {
    if (!(content instanceof Y.ContentType) || !isParent(content.type)) return []
    const block: AuthoredBlock = { text: '', spans: [] }
    write(block, content.type)
    return [block]
  })
