import type { Attachment } from 'svelte/attachments'

/** What is carried: `ghost` lies over the page, `dx` and `dy` are where the pointer took hold of it, `x` and `y` where the pointer is now. */
export type Lifted<Id> = { readonly id: Id; readonly ghost: HTMLElement; readonly dx: number; readonly dy: number; x: number; y: number }

export type Drag<Id> = {
  mayDrag: () => boolean
  /** What can be dragged at this place, and the element that is carried along in its stead; `null` where nothing can. */
  pick: (at: Element) => { id: Id; face: HTMLElement } | null
  ghostClass: string
  lift: (lifted: Lifted<Id>) => void
  moved?: (lifted: Lifted<Id>) => void
  /** `dropped` is false where it was cancelled. The ghost is the receiver's to remove. */
  end: (lifted: Lifted<Id>, dropped: boolean) => void
}

/** A mouse drags when it has moved so far; a finger when it has stayed for a while, since moving it scrolls. */
const mouseSlopPx = 5
const touchSlopPx = 10
const longPressMs = 320
/** The click that follows a drag comes within this time. */
const clickMs = 60

const isControl = (target: Element) => target.closest('button, input, textarea, select, [contenteditable=true]') !== null

/** Where the ghost is when the pointer is there. */
export const ghostAt = <Id>({ x, y, dx, dy }: Lifted<Id>) => `translate3d(${x - dx}px, ${y - dy}px, 0)`

/** Drags with the mouse and with a finger; Escape, and leaving the window, cancel. For the element that holds all that can be dragged. */
export const drag = <Id>(on: Drag<Id>): Attachment<HTMLElement> => (root) => {
  type Press = { id: Id; face: HTMLElement; pointerId: number; touch: boolean; x: number; y: number; timer: ReturnType<typeof setTimeout> | undefined }
  let press: Press | null = null
  let lift: Lifted<Id> & { pointerId: number } | null = null

  function down(event: PointerEvent) {
    if (!event.isPrimary || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || !on.mayDrag()) return
    const target = event.target as Element
    const picked = isControl(target) ? null : on.pick(target)
    if (!picked) return
    const touch = event.pointerType !== 'mouse'
    const timer = touch ? setTimeout(() => press && begin(press, press), longPressMs) : undefined
    press = { ...picked, pointerId: event.pointerId, touch, x: event.clientX, y: event.clientY, timer }
  }

  function move({ pointerId, clientX: x, clientY: y }: PointerEvent) {
    if (lift?.pointerId === pointerId) {
      lift.x = x
      lift.y = y
      on.moved?.(lift)
    } else if (press?.pointerId === pointerId) {
      const far = Math.hypot(x - press.x, y - press.y)
      if (far <= (press.touch ? touchSlopPx : mouseSlopPx)) return
      if (press.touch) release()
      else begin(press, { x, y })
    }
  }

  function begin({ id, face, pointerId, x, y, touch }: Press, at: { x: number; y: number }) {
    release()
    const box = face.getBoundingClientRect()
    const ghost = face.cloneNode(true) as HTMLElement
    ghost.classList.add(on.ghostClass)
    ghost.inert = true
    ghost.ariaHidden = 'true'
    ghost.style.width = `${box.width}px`
    ghost.style.height = `${box.height}px`
    document.body.append(ghost)
    lift = { id, pointerId, ghost, dx: x - box.left, dy: y - box.top, x: at.x, y: at.y }
    try {
      root.setPointerCapture(pointerId)
    } catch {
      // The finger was lifted in this very moment: the next event ends the drag.
    }
    if (touch) navigator.vibrate?.(12)
    getSelection()?.removeAllRanges()
    on.lift(lift)
    on.moved?.(lift)
  }

  /** Ends a press that did not become a drag. */
  function release() {
    clearTimeout(press?.timer)
    press = null
  }

  function end(dropped: boolean) {
    release()
    if (!lift) return
    const ended = lift
    lift = null
    if (root.hasPointerCapture(ended.pointerId)) root.releasePointerCapture(ended.pointerId)
    // The click that follows is no click on what was dragged; one that a key makes (it counts none) is meant.
    const swallow = (event: MouseEvent) => {
      if (event.detail === 0) return
      event.preventDefault()
      event.stopPropagation()
    }
    addEventListener('click', swallow, { capture: true, once: true })
    setTimeout(() => removeEventListener('click', swallow, { capture: true }), clickMs)
    on.end(ended, dropped)
  }

  const up = ({ pointerId }: PointerEvent) => {
    if (lift?.pointerId === pointerId) end(true)
    else release()
  }
  const cancel = ({ pointerId }: PointerEvent) => {
    if (lift?.pointerId === pointerId) end(false)
    else if (press?.pointerId === pointerId) release()
  }
  const leave = () => end(false)
  const key = (event: KeyboardEvent) => {
    if (!lift || event.key !== 'Escape') return
    event.preventDefault()
    event.stopPropagation()
    end(false)
  }
  // Once the finger has lifted something it does not scroll; before, it may.
  const touchMove = (event: TouchEvent) => {
    if (lift && event.cancelable) event.preventDefault()
  }
  const contextMenu = (event: Event) => {
    if (lift || press?.touch) event.preventDefault()
  }
  const nativeDrag = (event: Event) => {
    if (on.mayDrag()) event.preventDefault()
  }

  const listening = new AbortController()
  const { signal } = listening
  root.addEventListener('pointerdown', down, { signal })
  root.addEventListener('pointermove', move, { signal })
  root.addEventListener('pointerup', up, { signal })
  root.addEventListener('pointercancel', cancel, { signal })
  root.addEventListener('touchmove', touchMove, { passive: false, signal })
  root.addEventListener('contextmenu', contextMenu, { signal })
  root.addEventListener('dragstart', nativeDrag, { signal })
  addEventListener('keydown', key, { capture: true, signal })
  addEventListener('blur', leave, { signal })
  return () => {
    end(false)
    listening.abort()
  }
}
