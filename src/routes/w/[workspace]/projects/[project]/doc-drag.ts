import type { Attachment } from 'svelte/attachments'
import type { DocId } from '#lib/board/ids.ts'
import { drag, ghostAt } from '#lib/ui/drag.ts'

/** Where a doc would be dropped: by a row, in it, or (`at` is `null`) behind all rows. */
export type DocTarget = { at: DocId | null; where: 'before' | 'inside' | 'after' }

type DragDocs = {
  mayDrag: () => boolean
  lift: (id: DocId) => void
  over: (target: DocTarget | null) => void
  /** `null`: cancelled, or dropped beside the tree. */
  drop: (id: DocId, target: DocTarget | null) => void
}

/** So near the edge of what scrolls the tree, it scrolls, by so many pixels an event. */
const edgePx = 36
const scrollPx = 9

const same = (a: DocTarget | null, b: DocTarget | null) => a?.at === b?.at && a?.where === b?.where

/** Drags rows of a tree (`data-doc-id`); for the element that holds them all. */
export const docDrag = (on: DragDocs): Attachment<HTMLElement> => (root) => {
  let target: DocTarget | null = null

  function scroll(y: number) {
    const scroller = root.closest<HTMLElement>('[data-scrolls]')
    if (!scroller) return
    const { top, bottom } = scroller.getBoundingClientRect()
    if (y < top + edgePx) scroller.scrollTop -= scrollPx
    else if (y > bottom - edgePx) scroller.scrollTop += scrollPx
  }

  function targetAt(x: number, y: number): DocTarget | null {
    const { left, right, top, bottom } = root.getBoundingClientRect()
    if (x < left - 24 || x > right + 24 || y < top - 24) return null
    const rows = [...root.querySelectorAll<HTMLElement>('[data-doc-id]')]
    for (const row of rows) {
      const box = row.getBoundingClientRect()
      if (y > box.bottom || (y < box.top && row !== rows[0])) continue
      const share = (y - box.top) / box.height
      return { at: row.dataset.docId as DocId, where: share < 0.3 ? 'before' : share > 0.7 ? 'after' : 'inside' }
    }
    return y < bottom + 96 ? { at: null, where: 'after' } : null
  }

  return drag<DocId>({
    mayDrag: on.mayDrag,
    pick(at) {
      const row = at.closest<HTMLElement>('[data-doc-id]')
      return row && { id: row.dataset.docId as DocId, face: row }
    },
    ghostClass: 'doc-ghost',
    lift({ id, ghost }) {
      target = null
      ghost.removeAttribute('data-doc-id')
      on.lift(id)
    },
    moved(lifted) {
      lifted.ghost.style.transform = ghostAt(lifted)
      scroll(lifted.y)
      const next = targetAt(lifted.x, lifted.y)
      if (same(next, target)) return
      target = next
      on.over(target)
    },
    end({ id, ghost }, dropped) {
      ghost.remove()
      on.drop(id, dropped ? target : null)
    },
  })(root)
}
