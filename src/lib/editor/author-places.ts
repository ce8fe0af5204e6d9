import type { AuthoredBlock } from './authorship.ts'

/** A stretch of one text node of the page, and the Yjs client that wrote it. */
export type Place = { node: Text; from: number; to: number; client: number }

/** A break is an element to the page and a character, or nothing, to the document. */
const isBreak = (character: string | undefined) => character === '\n' || character === '\u200b'

/** Mentions and pictures say what they are, which nobody wrote letter by letter; between the cells of a table there are no words. */
const isUnwritten = (node: Node) => (node instanceof Element ? node.matches('.mention, .picture') : node.parentElement?.matches('table, thead, tbody, tr') === true)

function textNodes(element: Element): Text[] {
  const found: Text[] = []
  const walker = element.ownerDocument.createTreeWalker(element, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT, (node) =>
    isUnwritten(node) ? NodeFilter.FILTER_REJECT : node instanceof Element ? NodeFilter.FILTER_SKIP : NodeFilter.FILTER_ACCEPT)
  for (let node = walker.nextNode(); node; node = walker.nextNode()) found.push(node as Text)
  return found
}

/** Where on the page the words of each author stand; `null` while the page does not show what the document says. */
export function placesOf(element: Element, blocks: readonly AuthoredBlock[]): Place[] | null {
  const places: Place[] = []
  const spans = blocks.flatMap(({ text, spans }) => spans.map(({ from, to, client }) => ({ text: text.slice(from, to), client })))
  let span = 0
  let at = 0
  const skipEmpty = () => {
    while (span < spans.length && (at >= spans[span]!.text.length || isBreak(spans[span]!.text[at]))) {
      if (at >= spans[span]!.text.length) {
        span++
        at = 0
      } else at++
    }
  }
  for (const node of textNodes(element)) {
    for (let offset = 0; offset < node.data.length; offset++) {
      if (isBreak(node.data[offset])) continue
      skipEmpty()
      const written = spans[span]
      if (!written || written.text[at] !== node.data[offset]) return null
      const last = places.at(-1)
      if (last?.node === node && last.client === written.client && last.to === offset) last.to = offset + 1
      else places.push({ node, from: offset, to: offset + 1, client: written.client })
      at++
    }
  }
  skipEmpty()
  return span === spans.length ? places : null
}

/** Who wrote what is selected, in the order of the words; of a caret, the character before it, else the one after it. */
export function clientsAt(places: readonly Place[], range: Range): number[] {
  const { startContainer: node, startOffset: offset } = range
  if (range.collapsed) {
    const here = places.filter((place) => place.node === node)
    const place = here.find(({ from, to }) => from < offset && offset <= to) ?? here.find(({ from }) => from === offset)
    return place ? [place.client] : []
  }
  const clients = places.filter(({ node, from, to }) => range.comparePoint(node, from) < 1 && range.comparePoint(node, to) > -1 && !isOutside(range, node, from, to)).map(({ client }) => client)
  return [...new Set(clients)]
}

/** A stretch that only touches the selection's edge is not in it. */
const isOutside = (range: Range, node: Text, from: number, to: number) =>
  (range.startContainer === node && range.startOffset >= to) || (range.endContainer === node && range.endOffset <= from)

/** A block of the page: where it stands within the element, in pixels, and how many characters in it each client wrote, most first. */
export type AuthoredPlace = { top: number; height: number; clients: { client: number; characters: number }[] }

/** The blocks of the page that hold words, in their order. */
export function blocksOf(element: Element, places: readonly Place[], within: Element): AuthoredPlace[] {
  const counts = new Map<Element, Map<number, number>>()
  for (const { node, from, to, client } of places) {
    let block: Element | null = node.parentElement
    while (block && block.parentElement !== element) block = block.parentElement
    if (!block) continue
    const clients = counts.get(block) ?? new Map<number, number>()
    clients.set(client, (clients.get(client) ?? 0) + to - from)
    counts.set(block, clients)
  }
  const start = within.getBoundingClientRect().top
  return [...counts].map(([block, clients]) => {
    const { top, height } = block.getBoundingClientRect()
    return { top: top - start, height, clients: [...clients].map(([client, characters]) => ({ client, characters })).sort((a, b) => b.characters - a.characters) }
  })
}
