import { untrack } from 'svelte'
import type { Attachment } from 'svelte/attachments'

const near = 24
/** What was said last stands so far below the upper edge, in pixels, where what follows it is longer than the view. */
const margin = 16
/** The share of the view above what was said last, where one said it oneself and nothing follows yet. */
const above = 0.34

/**
 * `end`: the reader is at the end, and stays there while the list grows. `said`: they are where something was said last; what comes beneath it is
 * followed until that is at the upper edge, so that a long answer is read from its beginning. `elsewhere`: the list stays where they read.
 */
type Reading = 'end' | 'said' | 'elsewhere'

/** Keeps a scrolling list at its end while it grows, until the reader scrolls up; from then on it stays where they read. */
export class FollowTail {
  /** The end is in view. */
  atEnd = $state(true)
  /** The height that the content has at least, so that what was said last can stand where it is read from; in pixels. */
  room = $state(0)
  #reading = $state<Reading>('end')
  #saidLast: ((scroller: HTMLElement) => HTMLElement | null) | null
  #scroller: HTMLElement | null = null
  #top = 0
  /** Where we scrolled to ourselves. */
  #ours = -1

  /** `from`: where the reader begins, at the end or at the top. `saidLast`: finds what a reader at the end goes on reading from, in a list of what is said. */
  constructor(from: 'end' | 'top' = 'end', saidLast: ((scroller: HTMLElement) => HTMLElement | null) | null = null) {
    this.#saidLast = saidLast
    this.#reading = from === 'top' ? 'elsewhere' : saidLast ? 'said' : 'end'
    this.atEnd = from === 'end'
  }

  /** What is new comes into view by itself. */
  get following(): boolean {
    return this.#reading !== 'elsewhere'
  }

  /** For the element that scrolls; its content is its children. */
  follow: Attachment<HTMLElement> = (scroller) => {
    this.#scroller = scroller
    const resized = new ResizeObserver(this.#keep)
    const watchChildren = () => {
      resized.disconnect()
      resized.observe(scroller)
      for (const child of scroller.children) resized.observe(child)
    }
    const children = new MutationObserver(watchChildren)
    children.observe(scroller, { childList: true })
    watchChildren()
    untrack(this.#keep)
    scroller.addEventListener('scroll', this.#scrolled, { passive: true })
    return () => {
      resized.disconnect()
      children.disconnect()
      scroller.removeEventListener('scroll', this.#scrolled)
      this.#scroller = null
    }
  }

  /** To the end, wherever the reader is. */
  jump = () => {
    this.#reading = 'end'
    this.#scroller?.scrollTo({ top: this.#scroller.scrollHeight, behavior: matchMedia('(prefers-reduced-motion: reduce)').matches ? 'instant' : 'smooth' })
  }

  /** Something was said: a reader who follows goes on from there. */
  saidMore = () => {
    if (this.#reading === 'end' && this.#saidLast) this.#reading = 'said'
    // With whatever else the frame shows: asked for at once, the page would be laid out twice.
    requestAnimationFrame(this.#keep)
  }

  /** One said something oneself: it comes to the upper third, and what follows has its place beneath. */
  saidOneself = () => {
    this.#reading = 'said'
    const scroller = this.#scroller
    const said = scroller && this.#saidLast?.(scroller)
    if (!said) return
    this.room = Math.round(this.#topOf(said, scroller) + (1 - above) * scroller.clientHeight)
    requestAnimationFrame(this.#keep)
  }

  #keep = () => {
    const scroller = this.#scroller
    if (!scroller) return
    const end = scroller.scrollHeight - scroller.clientHeight
    const wanted = this.#reading === 'end' ? end : this.#reading === 'said' ? Math.min(end, this.#edge(scroller)) : null
    if (wanted !== null && Math.abs(wanted - scroller.scrollTop) > 1) {
      scroller.scrollTop = wanted
      this.#ours = this.#top = scroller.scrollTop
    }
    this.atEnd = end - scroller.scrollTop <= near
  }

  #scrolled = () => {
    const scroller = this.#scroller
    if (!scroller) return
    const { scrollTop } = scroller
    const [up, down] = [scrollTop < this.#top - 1, scrollTop > this.#top + 1]
    this.#top = scrollTop
    this.atEnd = scroller.scrollHeight - scroller.clientHeight - scrollTop <= near
    if (Math.abs(scrollTop - this.#ours) <= 1) return
    this.#ours = -1
    if (this.atEnd) {
      if (down || this.#reading === 'elsewhere') this.#reading = 'end'
    } else if (up || (down && this.#reading === 'said')) this.#reading = 'elsewhere'
  }

  /** As far as what follows is followed. Of something long its end is read on from. */
  #edge(scroller: HTMLElement): number {
    const said = this.#saidLast?.(scroller)
    if (!said) return Infinity
    const top = this.#topOf(said, scroller)
    return Math.max(top - margin, top + said.offsetHeight - above * scroller.clientHeight, 0)
  }

  #topOf = (element: HTMLElement, scroller: HTMLElement) => element.getBoundingClientRect().top - scroller.getBoundingClientRect().top + scroller.scrollTop
}
