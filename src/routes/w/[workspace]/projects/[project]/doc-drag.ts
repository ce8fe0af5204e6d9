import type { Attachment } from 'svelte/attachments'
import type { DocId } from '#lib/board/ids.ts'

/** Where a doc would be dropped: by a row, in it, or (`at` is `null`) behind all rows. */
export type DocTarget = { at: DocId | null; where: 'before' | 'inside' | 'after' }

type DragDocs = {
  mayDrag: () => boolean
  lift: (id: DocId) => void
  over: (target: DocTarget | null) => void
  /** `null`: cancelled, or dropped beside the tree. */
  drop: (id: DocId, target: DocTarget | null) => void
}

type Press = { id: DocId; row: HTMLElement; pointerId: number; touch: boolean; x: number; y: number; timer: ReturnType<typeof setTimeout> | undefined }
type Lift = { id: DocId; pointerId: number; ghost: HTMLElement; dx: number; dy: number; target: DocTarget | null }

/** A mouse drags when it has moved so far; a finger when it has stayed for a while, since moving it scrolls. */
const mouseSlopPx = 5
const touchSlopPx = 10
const longPressMs = 320
/** So near the edge of what scrolls the tree, it scrolls, by so many pixels an event. */
const edgePx = 36
const scrollPx = 9

const same = (a: DocTarget | null, b: DocTarget | null) => a?.at === b?.at && a?.where === b?.where

/** Drags rows of a tree (`data-doc-id`) with the mouse and with a finger; for the element that holds them all. */
export const docDrag = (on: DragDocs): Attachment<HTMLElement> => (root) => {
  let press: Press | null = null
  let lift: Lift | null = null

  function down(event: PointerEvent) {
    if (!event.isPrimary || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || !on.mayDrag()) return
    const target = event.target as Element
    const row = target.closest<HTMLElement>('[data-doc-id]')
    if (!row || target.closest('button, input')) return
    const touch = event.pointerType !== 'mouse'
    const timer = touch ? setTimeout(() => press && begin(press), longPressMs) : undefined
    press = { id: row.dataset.docId as DocId, row, pointerId: event.pointerId, touch, x: event.clientX, y: event.clientY, timer }
  }

  function move(event: PointerEvent) {
    if (press?.pointerId === event.pointerId) {
      const moved = Math.hypot(event.clientX - press.x, event.clientY - press.y)
      if (press.touch ? moved > touchSlopPx : moved > mouseSlopPx) {
        if (press.touch) release()
        else begin(press)
      }
    }
    if (lift?.pointerId === event.pointerId) follow(event.clientX, event.clientY)
  }

  function begin({ id, row, pointerId, x, y, touch }: Press) {
    release()
    const box = row.getBoundingClientRect()
    const ghost = row.cloneNode(true) as HTMLElement
    ghost.classList.add('doc-ghost')
    ghost.inert = true
    ghost.ariaHidden = 'true'
    ghost.removeAttribute('data-doc-id')
    ghost.style.width = `${box.width}px`
    document.body.append(ghost)
    lift = { id, pointerId, ghost, dx: x - box.left, dy: y - box.top, target: null }
    try {
      root.setPointerCapture(pointerId)
    } catch {
      // The finger was lifted in this very moment: the next event ends the drag.
    }
    if (touch) navigator.vibrate?.(12)
    getSelection()?.removeAllRanges()
    on.lift(id)
    follow(x, y)
  }

  function follow(x: number, y: number) {
    if (!lift) return
    lift.ghost.style.transform = `translate3d(${x - lift.dx}px, ${y - lift.dy}px, 0)`
    scroll(y)
    const target = targetAt(x, y)
    if (same(target, lift.target)) return
    lift.target = target
    on.over(target)
  }

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

  function release() {
    clearTimeout(press?.timer)
    press = null
  }

  function end(dropped: boolean) {
    release()
    if (!lift) return
    const { id, ghost, target } = lift
    lift = null
    ghost.remove()
    on.drop(id, dropped ? target : null)
  }

  const up = ({ pointerId }: PointerEvent) => {
    if (lift?.pointerId === pointerId) {
      // The click that follows would open the doc.
      root.addEventListener('click', swallow, { capture: true, once: true })
      setTimeout(() => root.removeEventListener('click', swallow, { capture: true }))
      end(true)
    } else release()
  }
  const swallow = (event: Event) => {
    event.preventDefault()
    event.stopPropagation()
  }
  const cancel = () => end(false)
  const key = (event: KeyboardEvent) => {
    if (!lift || event.key !== 'Escape') return
    event.preventDefault()
    event.stopPropagation()
    end(false)
  }
  const touchMove = (event: TouchEvent) => {
    if (lift && event.cancelable) event.preventDefault()
  }
  const contextMenu = (event: Event) => {
    if (lift || press?.touch) event.preventDefault()
  }
  const nativeDrag = (event: Event) => event.preventDefault()

  root.addEventListener('pointerdown', down)
  root.addEventListener('pointermove', move)
  root.addEventListener('pointerup', up)
  root.addEventListener('pointercancel', cancel)
  root.addEventListener('touchmove', touchMove, { passive: false })
  root.addEventListener('contextmenu', contextMenu)
  root.addEventListener('dragstart', nativeDrag)
  addEventListener('keydown', key, { capture: true })
  addEventListener('blur', cancel)
  return () => {
    end(false)
    root.removeEventListener('pointerdown', down)
    root.removeEventListener('pointermove', move)
    root.removeEventListener('pointerup', up)
    root.removeEventListener('pointercancel', cancel)
    root.removeEventListener('touchmove', touchMove)
    root.removeEventListener('contextmenu', contextMenu)
    root.removeEventListener('dragstart', nativeDrag)
    removeEventListener('keydown', key, { capture: true })
    removeEventListener('blur', cancel)
  }
}
