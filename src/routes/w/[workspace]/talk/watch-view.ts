import type { Attachment } from 'svelte/attachments'

/** Tells whether an element can be read where it is: half of it is in view, or, of a long one, as much as fills a good part of the page. */
export const watched = (tell: (visible: boolean) => void): Attachment<HTMLElement> => (element) => {
  let visible = false
  const look = ([entry]: IntersectionObserverEntry[]) => {
    if (!entry) return
    const now = entry.isIntersecting && (entry.intersectionRatio >= 0.5 || entry.intersectionRect.height >= innerHeight * 0.3)
    if (now !== visible) tell(visible = now)
  }
  const observer = new IntersectionObserver((entries) => look(entries.slice(-1)), { threshold: [0, 0.1, 0.25, 0.5, 0.75, 1] })
  observer.observe(element)
  return () => {
    observer.disconnect()
    if (visible) tell(false)
  }
}
