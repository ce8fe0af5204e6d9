import type { Attachment } from 'svelte/attachments'
import type { MissionId } from '#lib/board/ids.ts'
import { statuses, type Status } from '#lib/board/mission.ts'
import { drag, ghostAt, type Lifted } from '#lib/ui/drag.ts'

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

/** So close to an edge the column or the board scrolls, up to so fast. */
const edgePx = 64
const topSpeed = 22

/** Drags cards; for the element that holds all columns. */
export const cardDrag = (on: DragBoard): Attachment<HTMLElement> => (root) => {
  let target: Target | null = null
  let frame = 0

  function columnAt(x: number): [Status, DragColumn] | null {
    for (const status of statuses) {
      const column = on.columns().get(status)
      if (!column) continue
      const { left, right } = column.element.getBoundingClientRect()
      if (x >= left - 6 && x <= right + 6) return [status, column]
    }
    return null
  }

  function targetAt({ id, x, y, dy, ghost }: Lifted<MissionId>): Target | null {
    const found = columnAt(x)
    if (!found) return null
    const [status, { list, window }] = found
    const middle = y - dy + ghost.offsetHeight / 2
    return { status, index: window.heights.dropAt(middle - list.getBoundingClientRect().top, on.indexIn(status, id)) }
  }

  function scroll({ x, y }: Lifted<MissionId>) {
    const board = on.board()
    const box = board.getBoundingClientRect()
    board.scrollLeft += pull(x, box.left, box.right)
    const scroller = columnAt(x)?.[1].list.parentElement
    if (scroller) {
      const { top, bottom } = scroller.getBoundingClientRect()
      scroller.scrollTop += pull(y, top, bottom)
    }
  }

  /** Also while the pointer rests: at an edge the board goes on scrolling beneath it. */
  function draw(lifted: Lifted<MissionId>) {
    scroll(lifted)
    lifted.ghost.style.transform = ghostAt(lifted)
    const next = targetAt(lifted)
    if (next?.status !== target?.status || next?.index !== target?.index) {
      target = next
      on.over(target)
    }
    frame = requestAnimationFrame(() => draw(lifted))
  }

  return drag<MissionId>({
    mayDrag: on.mayDrag,
    pick(at) {
      const card = at.closest<HTMLElement>('[data-mission-id]')
      const id = card?.dataset.missionId as MissionId | undefined
      return card && id ? { id, face: card.querySelector('article') ?? card } : null
    },
    ghostClass: 'drag-ghost',
    lift(lifted) {
      target = null
      root.ownerDocument.documentElement.classList.add('dragging-card')
      on.lift(lifted.id)
      draw(lifted)
    },
    end({ id, ghost }, dropped) {
      cancelAnimationFrame(frame)
      root.ownerDocument.documentElement.classList.remove('dragging-card')
      on.drop(id, dropped ? target : null)
      requestAnimationFrame(() => settle(root, ghost, id))
    },
  })(root)
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
