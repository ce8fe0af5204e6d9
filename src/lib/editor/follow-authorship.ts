import type * as Y from 'yjs'
import { readAuthorship, type AuthoredBlock } from './authorship.ts'
import { findPieces, type Piece } from './shown-authorship.ts'

export type ShownAuthorship = { blocks: AuthoredBlock[]; pieces: Piece[] }

/** So many times what a look costs passes before the next one: a long text stays easy to type in. */
const rest = 12

/**
 * Tells who wrote what the page shows of a rich text, from the next frame on and after every change of it. It only looks: neither the document nor the
 * page is touched. `text` may be another element each time, where an editor takes the place of what was for reading.
 */
export function followAuthorship({ around, text, root, tell }: {
  around: HTMLElement
  text: () => HTMLElement | null
  root: Y.XmlElement
  tell: (shown: ShownAuthorship) => void
}): () => void {
  let frame = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  let restUntil = 0

  function look() {
    frame = 0
    const start = performance.now()
    const blocks = readAuthorship(root)
    const element = text()
    tell({ blocks, pieces: element ? findPieces(element, blocks) : [] })
    const cost = performance.now() - start
    restUntil = cost > 4 ? start + cost * rest : 0
  }
  function lookSoon() {
    if (frame || timer !== undefined) return
    const wait = restUntil - performance.now()
    if (wait <= 0) frame = requestAnimationFrame(look)
    else {
      timer = setTimeout(() => {
        timer = undefined
        frame = requestAnimationFrame(look)
      }, wait)
    }
  }

  // The page follows the document a little later; either may change without the other.
  root.observeDeep(lookSoon)
  const drawn = new MutationObserver(lookSoon)
  drawn.observe(around, { subtree: true, childList: true, characterData: true })
  lookSoon()
  return () => {
    root.unobserveDeep(lookSoon)
    drawn.disconnect()
    cancelAnimationFrame(frame)
    clearTimeout(timer)
  }
}
