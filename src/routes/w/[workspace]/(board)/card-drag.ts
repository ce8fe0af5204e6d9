import type { Attachment } from 'svelte/attachments'
import type { MissionId } from '#lib/board/ids.ts'
import { statuses, type Status } from '#lib/board/mission.ts'

/** What the drag needs of the board. */
type DragBoard = {
  mayDrag: () => boolean
  /** Scrolls sideways through the columns. */
  board: () => HTMLElement
  columns: () => ReadonlyMap<Status, DragColumn>
  indexIn: (status: Status, id: MissionId) => number
  lift: (id: MissionId) => void
  over: (target: Target | null) => void
  /** `null`: cancelled. */
  drop: (id: MissionId, target: Target | null) => void
}

type DragColumn = {
  element: HTMLElement
  list: HTMLElement
  window: { heights: { dropAt: (y: number, without: number) => number } }
}

export type Target = { status: Status; index: number }

type Press = { id: MissionId; card: HTMLElement; pointerId: number; touch: boolean; x: number; y: number; timer: ReturnType<typeof setTimeout> | undefined }
type Lift = { id: MissionId; pointerId: number; ghost: HTMLElement; dx: number; dy: number; x: number; y: number; frame: number; target: Target | null }

/** A mouse drags when it has moved so far; a finger when it has stayed for a while, since moving it scrolls. */
const mouseSlopPx = 5
const touchSlopPx = 10
const longPressMs = 320
/** So close to an edge the column or the board scrolls, up to so fast. */
const edgePx = 64
const topSpeed = 22

const isControl = (target: EventTarget | null) =>
  target instanceof Element && target.closest('button, input, textarea, select, [contenteditable=true]') !== null

/** Drags cards with the mouse and with a finger; for the element that holds all columns. */
export const cardDrag = (on: DragBoard): Attachment<HTMLElement> => (root) => {
  let press: Press | null = null
  let lift: Lift | null = null

  function down(event: PointerEvent) {
    if (!event.isPrimary || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || !on.mayDrag() || isControl(event.target)) return
    const card = (event.target as Element).closest<HTMLElement>('[data-mission-id]')
    const id = card?.dataset.missionId as MissionId | undefined
    if (!card || !id) return
    const touch = event.pointerType !== 'mouse'
    const timer = touch ? setTimeout(() => press && begin(press), longPressMs) : undefined
    press = { id, card, pointerId: event.pointerId, touch, x: event.clientX, y: event.clientY, timer }
  }

  function move(event: PointerEvent) {
    if (lift?.pointerId === event.pointerId) {
      lift.x = event.clientX
      lift.y = event.clientY
    } else if (press?.pointerId === event.pointerId) {
      const moved = Math.hypot(event.clientX - press.x, event.clientY - press.y)
      if (press.touch ? moved > touchSlopPx : moved > mouseSlopPx) {
        if (press.touch) release()
        else begin(press, event)
      }
    }
  }

  function begin({ id, card, pointerId, x, y, touch }: Press, at = { clientX: x, clientY: y }) {
    release()
    const face = card.querySelector<HTMLElement>('article') ?? card
    const box = face.getBoundingClientRect()
    const ghost = face.cloneNode(true) as HTMLElement
    ghost.classList.add('drag-ghost')
    ghost.inert = true
    ghost.ariaHidden = 'true'
    ghost.style.width = `${box.width}px`
    ghost.style.height = `${box.height}px`
    document.body.append(ghost)
    lift = { id, pointerId, ghost, dx: x - box.left, dy: y - box.top, x: at.clientX, y: at.clientY, frame: 0, target: null }
    try {
      root.setPointerCapture(pointerId)
    } catch {
      // The finger was lifted in this very moment: the next event ends the drag.
    }
    if (touch) navigator.vibrate?.(12)
    getSelection()?.removeAllRanges()
    root.ownerDocument.documentElement.classList.add('dragging-card')
    on.lift(id)
    frame()
  }

  function frame() {
    if (!lift) return
    scroll(lift)
    lift.ghost.style.transform = `translate3d(${lift.x - lift.dx}px, ${lift.y - lift.dy}px, 0)`
    const target = targetAt(lift)
    if (target?.status !== lift.target?.status || target?.index !== lift.target?.index) {
      lift.target = target
      on.over(target)
    }
    lift.frame = requestAnimationFrame(frame)
  }

  function columnAt(x: number): [Status, DragColumn] | null {
    for (const status of statuses) {
      const column = on.columns().get(status)
      if (!column) continue
      const { left, right } = column.element.getBoundingClientRect()
      if (x >= left - 6 && x <= right + 6) return [status, column]
    }
    return null
  }

  function targetAt({ id, x, y, dy, ghost }: Lift): Target | null {
    const found = columnAt(x)
    if (!found) return null
    const [status, { list, window }] = found
    const middle = y - dy + ghost.offsetHeight / 2
    return { status, index: window.heights.dropAt(middle - list.getBoundingClientRect().top, on.indexIn(status, id)) }
  }

  function scroll({ x, y }: Lift) {
    const board = on.board()
    const box = board.getBoundingClientRect()
    board.scrollLeft += pull(x, box.left, box.right)
    const scroller = columnAt(x)?.[1].list.parentElement
    if (scroller) {
      const { top, bottom } = scroller.getBoundingClientRect()
      scroller.scrollTop += pull(y, top, bottom)
    }
  }

  /** Ends a press that did not become a drag. */
  function release() {
    clearTimeout(press?.timer)
    press = null
  }

  function end(dropped: boolean) {
    release()
    if (!lift) return
    const { id, ghost, frame, target, pointerId } = lift
    lift = null
    cancelAnimationFrame(frame)
    if (root.hasPointerCapture(pointerId)) root.releasePointerCapture(pointerId)
    root.ownerDocument.documentElement.classList.remove('dragging-card')
    // The click that follows is no click on the card.
    const swallow = (event: Event) => {
      event.preventDefault()
      event.stopPropagation()
    }
    addEventListener('click', swallow, { capture: true, once: true })
    setTimeout(() => removeEventListener('click', swallow, { capture: true }), 60)
    on.drop(id, dropped ? target : null)
    requestAnimationFrame(() => settle(root, ghost, id))
  }

  const up = (event: PointerEvent) => {
    if (lift?.pointerId === event.pointerId) end(true)
    else release()
  }
  const cancel = (event: PointerEvent) => {
    if (lift?.pointerId === event.pointerId) end(false)
    else if (press?.pointerId === event.pointerId) release()
  }
  const leave = () => end(false)
  function key(event: KeyboardEvent) {
    if (!lift || event.key !== 'Escape') return
    event.preventDefault()
    event.stopPropagation()
    end(false)
  }
  // Once the finger has lifted a card it does not scroll; before, it may.
  const touchMove = (event: TouchEvent) => {
    if (lift && event.cancelable) event.preventDefault()
  }
  const contextMenu = (event: Event) => {
    if (lift || press?.touch) event.preventDefault()
  }
  const nativeDrag = (event: Event) => {
    if (on.mayDrag()) event.preventDefault()
  }

  root.addEventListener('pointerdown', down)
  root.addEventListener('pointermove', move)
  root.addEventListener('pointerup', up)
  root.addEventListener('pointercancel', cancel)
  root.addEventListener('touchmove', touchMove, { passive: false })
  root.addEventListener('contextmenu', contextMenu)
  root.addEventListener('dragstart', nativeDrag)
  addEventListener('keydown', key, { capture: true })
  addEventListener('blur', leave)
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
    removeEventListener('blur', leave)
  }
}

/** Pixels a frame: towards the edge that is near, faster the nearer it is. */
function pull(at: number, from: number, to: number): number {
  const edge = Math.min(edgePx, (to - from) / 4)
  if (at < from + edge) return -topSpeed * Math.min(1, (from + edge - at) / edge) ** 2
  if (at > to - edge) return topSpeed * Math.min(1, (at - to + edge) / edge) ** 2
  return 0
}

/** Lets the lifted card glide to where it now is. */
function settle(root: HTMLElement, ghost: HTMLElement, id: MissionId) {
  const card = root.querySelector<HTMLElement>(`[data-mission-id="${id}"] article`)
  if (!card || matchMedia('(prefers-reduced-motion: reduce)').matches) return ghost.remove()
  const { left, top } = card.getBoundingClientRect()
  const glide = ghost.animate([{ transform: ghost.style.transform, rotate: '1.5deg' }, { transform: `translate3d(${left}px, ${top}px, 0)`, rotate: '0deg' }], { duration: 160, easing: 'cubic-bezier(0.2, 0.7, 0.2, 1)' })
  card.style.opacity = '0'
  glide.onfinish = glide.oncancel = () => {
    card.style.opacity = ''
    ghost.remove()
  }
}
