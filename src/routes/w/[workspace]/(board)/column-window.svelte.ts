import { tick, untrack } from 'svelte'
import type { Attachment } from 'svelte/attachments'
import type { MissionId } from '#lib/board/ids.ts'
import { RowHeights } from '#lib/ui/row-heights.ts'

/** `skip`: pixels of cards that are left out before this one. */
type ShownCard = { id: MissionId; index: number; skip: number }

/** Pixels that a card takes, with the gap below it, until one was measured. */
const firstGuess = 104
/** What the server paints of each column. */
const firstPaintCards = 12
/** Cards this far above and below what is seen are in the page too, in pixels. */
const margin = 700
const edge = 8

/**
 * The part of a column that is in the page. Cards lie in the normal flow with margins in place of those left out, so the
 * server's markup needs no script; when cards come, go or turn out taller, what is being looked at stays where it is.
 */
export class ColumnWindow {
  readonly heights = new RowHeights<MissionId>(firstGuess)
  #scroller: HTMLElement | null = null
  // As the last event told: asking the page while it changes would make it lay itself out at once.
  #top = 0
  #viewport = 0
  #version = $state(0)
  #first = 0
  #last = firstPaintCards - 1
  #seen: { id: MissionId; from: number }[] = []
  #observer: ResizeObserver | null = null

  /** The cards to show of these, in order, and those of `keep` wherever they are. Tracked. */
  show(ids: readonly MissionId[], keep: readonly number[]): { cards: ShownCard[]; after: number } {
    void this.#version
    const { heights } = this
    heights.use(ids)
    if (this.#scroller) this.#chooseRange()
    const indexes = new Set(keep.filter((index) => index >= 0 && index < ids.length))
    for (let index = this.#first; index <= Math.min(this.#last, ids.length - 1); index++) indexes.add(index)

    let end = 0
    const cards = [...indexes].sort((a, b) => a - b).map((index) => {
      const skip = this.#scroller ? heights.offset(index) - end : 0
      end = heights.offset(index + 1)
      return { id: ids[index]!, index, skip }
    })
    return { cards, after: this.#scroller ? heights.total - end : 0 }
  }

  attach: Attachment<HTMLElement> = (scroller) => {
    this.#scroller = scroller
    const update = () => this.#update()
    scroller.addEventListener('scroll', update, { passive: true })
    const observer = new ResizeObserver(update)
    observer.observe(scroller)
    untrack(update)
    return () => {
      observer.disconnect()
      this.#observer?.disconnect()
      scroller.removeEventListener('scroll', update)
    }
  }

  /** For each card, whose `data-mission-id` says which it is. */
  measure: Attachment<HTMLElement> = (card) => {
    this.#observer ??= new ResizeObserver((entries) => this.#measured(entries))
    this.#observer.observe(card)
    return () => this.#observer?.unobserve(card)
  }

  /** Puts the scroll so that what was seen is where it was, `except` for the card that was moved on purpose. */
  hold(except: MissionId | null) {
    if (!this.#scroller) return
    if (this.#top > 0) {
      for (const { id, from } of this.#seen) {
        const index = id === except ? -1 : this.heights.indexOf(id)
        if (index < 0) continue
        const wanted = this.heights.offset(index) - from
        if (Math.abs(wanted - this.#top) >= 1) this.#scrollTo(wanted)
        break
      }
    }
    this.#remember()
  }

  /** Scrolls as far as needed to see a card, and waits until it is in the page. */
  async reveal(index: number) {
    if (!this.#scroller) return
    const from = this.heights.offset(index) - edge
    const to = this.heights.offset(index + 1) + edge
    if (from < this.#top) this.#scrollTo(from)
    else if (to > this.#top + this.#viewport) this.#scrollTo(to - this.#viewport)
    this.#update()
    await tick()
  }

  #scrollTo(y: number) {
    this.#scroller!.scrollTop = y
    this.#top = this.#scroller!.scrollTop
  }

  #update() {
    this.#top = this.#scroller!.scrollTop
    this.#viewport = this.#scroller!.clientHeight
    const [first, last] = [this.#first, this.#last]
    this.#chooseRange()
    this.#remember()
    if (first !== this.#first || last !== this.#last) this.#version++
  }

  #chooseRange() {
    this.#first = Math.max(0, this.heights.at(this.#top - margin))
    this.#last = Math.max(this.#first, this.heights.at(this.#top + this.#viewport + margin))
  }

  #remember() {
    this.#seen = []
    for (let index = Math.max(0, this.heights.at(this.#top)); index < this.heights.count; index++) {
      const from = this.heights.offset(index) - this.#top
      if (from > this.#viewport) break
      this.#seen.push({ id: this.heights.id(index)!, from })
    }
  }

  #measured(entries: ResizeObserverEntry[]) {
    let changed = false
    for (const { target, borderBoxSize } of entries) {
      const id = (target as HTMLElement).dataset.missionId
      if (id && target.isConnected) changed = this.heights.measured(id as MissionId, borderBoxSize[0]?.blockSize ?? 0) || changed
    }
    if (changed) this.#version++
  }
}
