import { untrack } from 'svelte'
import type { Attachment } from 'svelte/attachments'
import { RowHeights } from '#lib/ui/row-heights.ts'

/** `skip`: pixels of rows that are left out before this one. */
type ShownRow = { index: number; skip: number }

/** Pixels of a line of the log, before one was measured. */
const firstGuess = 28
/** Rows this far above and below what is seen are in the page too, in pixels. */
const margin = 500
/** This close to an end counts as being there. */
const near = 24
/** And this close, what lies beyond is asked for. */
const soon = 400

/**
 * The part of a log that is in the page. At its end it follows what is written; a reader who scrolled up stays where they read, whatever
 * comes or turns out taller above.
 */
export class LogWindow {
  atTail = $state(true)
  #heights = new RowHeights<number>(firstGuess)
  #scroller: HTMLElement | null = null
  #top = 0
  #viewport = 0
  #version = $state(0)
  #first = 0
  #last = 60
  #seen: { id: number; from: number }[] = []
  #observer: ResizeObserver | null = null
  #reached: (end: 'top' | 'bottom') => void

  /** `reached`: an end of what is there comes near. */
  constructor(reached: (end: 'top' | 'bottom') => void) {
    this.#reached = reached
  }

  /** The rows to show of these, in order, and `keep` wherever it is. Tracked. */
  show(ids: readonly number[], keep: number): { rows: ShownRow[]; after: number } {
    void this.#version
    this.#heights.use(ids)
    if (this.#scroller) this.#chooseRange()
    else [this.#first, this.#last] = [Math.max(0, ids.length - 60), ids.length - 1]
    const indexes = new Set<number>(keep >= 0 && keep < ids.length ? [keep] : [])
    for (let index = this.#first; index <= Math.min(this.#last, ids.length - 1); index++) indexes.add(index)
    let end = 0
    const rows = [...indexes].sort((a, b) => a - b).map((index) => {
      const skip = this.#heights.offset(index) - end
      end = this.#heights.offset(index + 1)
      return { index, skip }
    })
    return { rows, after: this.#heights.total - end }
  }

  attach: Attachment<HTMLElement> = (scroller) => {
    this.#scroller = scroller
    const onScroll = () => {
      const before = this.#top
      this.#update()
      const left = scroller.scrollHeight - scroller.clientHeight - this.#top
      if (left <= near) this.atTail = true
      else if (this.#top < before - 1) this.atTail = false
      if (this.#top < soon) this.#reached('top')
      if (left < soon) this.#reached('bottom')
    }
    scroller.addEventListener('scroll', onScroll, { passive: true })
    const observer = new ResizeObserver(() => {
      this.#update()
      this.hold()
    })
    observer.observe(scroller)
    // Rows come and are laid out in several steps, and the last of them may come after everything that was told of.
    const grown = new ResizeObserver(() => {
      if (this.atTail) this.hold()
    })
    for (const content of scroller.children) grown.observe(content)
    untrack(() => this.#update())
    return () => {
      observer.disconnect()
      grown.disconnect()
      this.#observer?.disconnect()
      scroller.removeEventListener('scroll', onScroll)
      this.#scroller = null
    }
  }

  /** For each row, whose `data-seq` says which it is. */
  measure: Attachment<HTMLElement> = (row) => {
    this.#observer ??= new ResizeObserver((entries) => this.#measured(entries))
    this.#observer.observe(row)
    return () => this.#observer?.unobserve(row)
  }

  /** After each change of what is shown: at the end, or where it was. */
  hold() {
    if (!this.#scroller) return
    if (this.atTail) {
      this.#scroller.scrollTop = this.#scroller.scrollHeight
      this.#update()
      return
    }
    for (const { id, from } of this.#seen) {
      const index = this.#heights.indexOf(id)
      if (index < 0) continue
      const wanted = this.#heights.offset(index) - from
      if (Math.abs(wanted - this.#top) >= 1) {
        this.#scroller.scrollTop = wanted
        this.#top = this.#scroller.scrollTop
      }
      break
    }
    this.#remember()
  }

  /** Puts a row into the middle. Called again once it is measured, it is exact. */
  reveal(index: number) {
    if (!this.#scroller || index < 0) return
    this.atTail = false
    this.#scroller.scrollTop = Math.max(0, this.#heights.offset(index) - this.#viewport / 3)
    this.#update()
  }

  jump = () => {
    this.atTail = true
    this.hold()
  }

  #update() {
    if (!this.#scroller) return
    this.#top = this.#scroller.scrollTop
    this.#viewport = this.#scroller.clientHeight
    const [first, last] = [this.#first, this.#last]
    this.#chooseRange()
    this.#remember()
    if (first !== this.#first || last !== this.#last) this.#version++
  }

  #chooseRange() {
    // At the end it goes by the end alone. Where the scroller stands depends on how tall the rows in the page are, and which are in the page
    // must not depend on that: rows that are lower than was thought would come and go for ever.
    const top = this.atTail ? Math.max(0, this.#heights.total - this.#viewport) : this.#top
    this.#first = Math.max(0, this.#heights.at(top - margin))
    this.#last = Math.max(this.#first, this.#heights.at(top + this.#viewport + margin))
  }

  #remember() {
    this.#seen = []
    for (let index = Math.max(0, this.#heights.at(this.#top)); index < this.#heights.count; index++) {
      const from = this.#heights.offset(index) - this.#top
      if (from > this.#viewport) break
      this.#seen.push({ id: this.#heights.id(index)!, from })
    }
  }

  #measured(entries: ResizeObserverEntry[]) {
    let changed = false
    for (const { target, borderBoxSize } of entries) {
      const seq = Number((target as HTMLElement).dataset.seq)
      if (Number.isFinite(seq) && target.isConnected) changed = this.#heights.measured(seq, borderBoxSize[0]?.blockSize ?? 0) || changed
    }
    if (changed) this.#version++
  }
}
