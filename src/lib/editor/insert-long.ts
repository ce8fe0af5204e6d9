import { $getRoot, $getSelection, $isElementNode, $isRangeSelection, PASTE_TAG, SKIP_DOM_SELECTION_TAG, SKIP_SCROLL_INTO_VIEW_TAG, type LexicalEditor } from 'lexical'
import type { Bound, Place } from './bind-yjs.ts'
import { fromPlain, fromText, looksLikeMarkdown, piecesOf } from './from-plain.ts'
import { $insertBlocks } from './paste.ts'

/** Characters that go in at once: few enough that the page answers in between, and each message stays far below what the server takes. */
const pieceSize = 32_000
/** A text longer than this does not fit into one document in a way anybody could edit. */
export const longestText = 3_000_000

const quietly = [SKIP_SCROLL_INTO_VIEW_TAG, SKIP_DOM_SELECTION_TAG]

const nextFrame = () => new Promise<void>((resolve) => {
  // Not by frames alone: a page in the background has none.
  const timer = setTimeout(resolve, 100)
  requestAnimationFrame(() => setTimeout(() => {
    clearTimeout(timer)
    resolve()
  }))
})

/**
 * Puts a long text in at a place, piece by piece, with others typing meanwhile. `onProgress`: the share that is in, 0 to 1;
 * answering `false` stops it, and leaves what is in. Comes back once all is in.
 */
export async function insertLong({ editor, bound }: { editor: LexicalEditor; bound: Bound }, place: Place | null, text: string, onProgress: (share: number) => boolean) {
  const isMarkdown = looksLikeMarkdown(text.slice(0, 20_000))
  const read = isMarkdown ? fromText : fromPlain
  let at = place
  let done = 0
  for (const piece of piecesOf(text, pieceSize, !isMarkdown)) {
    // Whoever types on meanwhile stays where they are.
    const caret = document.activeElement === editor.getRootElement() ? bound.place() : null
    editor.update(() => {
      if (!at || !bound.$goTo(at)) $selectEnd()
      $insertBlocks(editor, read(piece))
      const selection = $getSelection()
      // What follows goes behind this piece, into a block of its own.
      if ($isRangeSelection(selection)) selection.insertParagraph()
    }, { discrete: true, tag: [PASTE_TAG, ...quietly] })
    at = bound.place()
    if (caret) editor.update(() => void bound.$goTo(caret), { discrete: true, tag: SKIP_SCROLL_INTO_VIEW_TAG })
    done += piece.length
    if (!onProgress(Math.min(1, done / text.length))) return
    await nextFrame()
  }
}

export function $selectEnd() {
  const last = $getRoot().getLastChild()
  if ($isElementNode(last)) last.selectEnd()
  else $getRoot().selectEnd()
}
