import type { Attachment } from 'svelte/attachments'

const near = 24

/** Keeps a scrolling list at its end while it grows, until the reader scrolls up; from then on it stays where they read. */
export class FollowTail {
  atTail = $state(true)
  #scroller: HTMLElement | null = null
  #top = 0

  /** `from`: where the reader begins, at the end or at the top. */
  constructor(from: 'end' | 'top' = 'end') {
    this.atTail = from === 'end'
  }

  /** For the element that scrolls; its content is its children. */
  follow: Attachment<HTMLElement> = (scroller) => {
    this.#scroller = scroller
    const onScroll = () => {
      const left = scroller.scrollHeight - scroller.clientHeight - scroller.scrollTop
      if (left <= near) this.atTail = true
      else if (scroller.scrollTop < this.#top) this.atTail = false
      this.#top = scroller.scrollTop
    }
    const keep = () => {
      if (this.atTail) this.#toTail('instant')
    }
    const resized = new ResizeObserver(keep)
    const watchChildren = () => {
      resized.disconnect()
      resized.observe(scroller)
      for (const child of scroller.children) resized.observe(child)
    }
    const children = new MutationObserver(watchChildren)
    children.observe(scroller, { childList: true })
    watchChildren()
    keep()
    scroller.addEventListener('scroll', onScroll, { passive: true })
    return () => {
      resized.disconnect()
      children.disconnect()
      scroller.removeEventListener('scroll', onScroll)
      this.#scroller = null
    }
  }

  jump = () => {
    this.atTail = true
    this.#toTail('smooth')
  }

  #toTail(behavior: ScrollBehavior) {
    this.#scroller?.scrollTo({ top: this.#scroller.scrollHeight, behavior })
  }
}
