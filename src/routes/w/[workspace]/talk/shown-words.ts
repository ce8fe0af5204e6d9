/** A stretch of one text node of the page, and where its characters stand in the text that it shows. */
export type ShownWord = { node: Text; from: number; to: number; at: number }

/** A break is an element to the page and a character, or nothing, to the text; spaces are laid out as they fall. */
const isSpace = (character: string | undefined) => character !== undefined && /[\s\u200b]/.test(character)

/** What the page shows and the text does not say: cursors, drawn names, boxes to click. */
const isApart = (element: Element) => element.matches('[aria-hidden=true], [data-quote], button, select, option, style, script')

function textNodes(within: Element): Text[] {
  const walker = within.ownerDocument.createTreeWalker(within, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, (node) =>
    node instanceof Element ? (isApart(node) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_SKIP) : NodeFilter.FILTER_ACCEPT)
  const found: Text[] = []
  for (let node = walker.nextNode(); node; node = walker.nextNode()) found.push(node as Text)
  return found
}

/** So far ahead a text node is looked for that does not come next, in characters. */
const farthest = 5_000

/** Where the words of a text stand on the page that shows it. What the page shows besides, such as a mention's name, is passed over. */
export function shownWords(within: Element, text: string): ShownWord[] {
  const shown: ShownWord[] = []
  let at = 0
  for (const node of textNodes(within)) {
    const found = match(node, text, at) ?? matchAhead(node, text, at)
    if (!found) continue
    shown.push(...found.shown)
    at = found.end
  }
  return shown
}

/** Lays a text node over the text from `at` on, spaces aside; `null` where they differ. */
function match(node: Text, text: string, at: number): { shown: ShownWord[]; end: number } | null {
  const shown: ShownWord[] = []
  let end = at
  for (let offset = 0; offset < node.data.length; offset++) {
    if (isSpace(node.data[offset])) continue
    while (isSpace(text[end])) end++
    if (text[end] !== node.data[offset]) return null
    const last = shown.at(-1)
    if (last?.to === offset && last.at + last.to - last.from === end) last.to = offset + 1
    else shown.push({ node, from: offset, to: offset + 1, at: end })
    end++
  }
  return { shown, end }
}

function matchAhead(node: Text, text: string, at: number): { shown: ShownWord[]; end: number } | null {
  const word = node.data.trim().split(/\s/, 1)[0]
  if (!word || word.length < 2) return null
  for (let from = text.indexOf(word, at); from >= 0 && from < at + farthest; from = text.indexOf(word, from + 1)) {
    const found = match(node, text, from)
    if (found) return found
  }
  return null
}

const blocks = new Set(['P', 'DIV', 'LI', 'UL', 'OL', 'PRE', 'BLOCKQUOTE', 'TABLE', 'TR', 'TD', 'TH', 'H1', 'H2', 'H3', 'H4', 'H5', 'H6', 'ARTICLE', 'SECTION'])
const blockOf = (node: Node) => {
  let element = node.parentElement
  while (element && !blocks.has(element.tagName)) element = element.parentElement
  return element
}

/** What an element shows, as text, a line for each block. */
export function wordsAsShown(within: Element): { text: string; shown: ShownWord[] } {
  const shown: ShownWord[] = []
  let text = ''
  let block: Element | null = null
  for (const node of textNodes(within)) {
    const here = blockOf(node)
    if (here !== block && text !== '' && !text.endsWith('\n')) text += '\n'
    block = here
    shown.push({ node, from: 0, to: node.data.length, at: text.length })
    text += node.data
  }
  return { text, shown }
}

/** What of a text is selected. */
export function offsetsOf(shown: readonly ShownWord[], range: Range): { from: number; to: number } | null {
  let from: number | null = null
  let to: number | null = null
  for (const { node, from: start, to: end, at } of shown) {
    if (!range.intersectsNode(node)) continue
    const first = range.startContainer === node ? Math.max(start, range.startOffset) : start
    const last = range.endContainer === node ? Math.min(end, range.endOffset) : end
    if (first >= last) continue
    // A node that only touches an edge of the selection is not in it.
    if (range.comparePoint(node, first) !== 0 && range.comparePoint(node, last) !== 0) continue
    from ??= at + first - start
    to = at + last - start
  }
  return from !== null && to !== null && from < to ? { from, to } : null
}

/** What shows a part of the text; `null` where nothing does. */
export function rangeOf(shown: readonly ShownWord[], from: number, to: number): Range | null {
  const inside = shown.filter(({ at, from: start, to: end }) => at < to && at + end - start > from)
  const [first, last] = [inside[0], inside.at(-1)]
  if (!first || !last) return null
  const range = first.node.ownerDocument.createRange()
  range.setStart(first.node, first.from + Math.max(0, from - first.at))
  range.setEnd(last.node, last.from + Math.min(last.to - last.from, to - last.at))
  return range
}
