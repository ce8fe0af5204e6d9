import type { AuthoredBlock, Span } from './authorship.ts'

/** A part of a text node of the page, and the client id its characters were written with. */
export type Piece = { node: Text; from: number; to: number; client: number; block: number }

const filler = /[\s\u200b\ufeff]/

/**
 * Where the characters of a block stand in what the page shows of it. The page may show other white space (a line break as an element,
 * a space between two tags); where anything else differs, the page is not up to date yet, and what follows is left out.
 */
export function place({ text, spans }: AuthoredBlock, shown: string): Span[] {
  const placed: Span[] = []
  let [at, held, span] = [0, 0, 0]
  while (held < text.length && at < shown.length) {
    if (text[held] === shown[at]) {
      while (spans[span]!.to <= held) span++
      const { client } = spans[span]!
      const last = placed.at(-1)
      if (last?.to === at && last.client === client) last.to++
      else placed.push({ from: at, to: at + 1, client })
      at++
      held++
    } else if (filler.test(shown[at]!)) at++
    else if (filler.test(text[held]!)) held++
    else break
  }
  return placed
}

/** The pieces of a text on the page, whichever of editor or reader drew it: both draw one element for each block. */
export function findPieces(text: HTMLElement, blocks: readonly AuthoredBlock[]): Piece[] {
  const pieces: Piece[] = []
  for (const [index, block] of blocks.entries()) {
    const element = text.children[index]
    if (!element || block.text === '') continue
    const nodes: Text[] = []
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT)
    while (walker.nextNode()) nodes.push(walker.currentNode as Text)
    const spans = place(block, nodes.map(({ data }) => data).join(''))
    let [start, at] = [0, 0]
    for (const node of nodes) {
      const end = start + node.length
      for (; at < spans.length && spans[at]!.from < end; at++) {
        const { from, to, client } = spans[at]!
        pieces.push({ node, from: Math.max(from, start) - start, to: Math.min(to, end) - start, client, block: index })
        if (to > end) break
      }
      start = end
    }
  }
  return pieces
}

export const rangeOf = ({ node, from, to }: Pick<Piece, 'node' | 'from' | 'to'>): Range => {
  const range = document.createRange()
  range.setStart(node, Math.min(from, node.length))
  range.setEnd(node, Math.min(to, node.length))
  return range
}

/** The piece whose character stands at a point of the viewport, and the box of its line there. */
export function pieceAt(pieces: readonly Piece[], x: number, y: number): { piece: Piece; box: DOMRect } | null {
  const place = document.caretPositionFromPoint?.(x, y)
  if (!place || !(place.offsetNode instanceof Text)) return null
  const { offsetNode: node, offset } = place
  const within = ({ left, right, top, bottom }: DOMRect) => x >= left && x <= right && y >= top && y <= bottom
  // A caret stands between two characters; either may be the one under the pointer.
  const at = [offset, offset - 1].find((from) => from >= 0 && from < node.length && [...rangeOf({ node, from, to: from + 1 }).getClientRects()].some(within))
  const piece = at === undefined ? undefined : pieces.find((piece) => piece.node === node && piece.from <= at && at < piece.to)
  const box = piece && [...rangeOf(piece).getClientRects()].find(within)
  return piece && box ? { piece, box } : null
}

/** The pieces that a selection covers; for a caret, the one it stands behind. */
export function piecesIn(pieces: readonly Piece[], selection: Selection): Piece[] {
  const { anchorNode, anchorOffset } = selection
  if (selection.isCollapsed) {
    const before = pieces.find(({ node, from, to }) => node === anchorNode && from < anchorOffset && anchorOffset <= to)
    const found = before ?? pieces.find(({ node, from }) => node === anchorNode && from === anchorOffset)
    return found ? [found] : []
  }
  const range = selection.getRangeAt(0)
  return pieces.filter(({ node, from, to }) => range.intersectsNode(node) && range.comparePoint(node, to) !== -1 && range.comparePoint(node, from) !== 1
    && !(range.startContainer === node && range.startOffset >= to) && !(range.endContainer === node && range.endOffset <= from))
}
