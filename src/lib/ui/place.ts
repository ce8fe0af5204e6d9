export type Side = 'bottom-start' | 'bottom-end' | 'top-start' | 'top-end' | 'bottom' | 'top'

type Box = { left: number; top: number; right: number; bottom: number; width: number; height: number }
type Size = { width: number; height: number }

const margin = 8

/** Where a popup goes beside its anchor, in pixels of the viewport: on the wished side, else on the other, never outside. */
export function placeBeside(anchor: Box, popup: Size, viewport: Size, side: Side, gap = 4): { left: number; top: number } {
  const below = anchor.bottom + gap
  const above = anchor.top - gap - popup.height
  const fitsBelow = below + popup.height <= viewport.height - margin
  const fitsAbove = above >= margin
  const top = side.startsWith('bottom') ? (fitsBelow || !fitsAbove ? below : above) : fitsAbove || !fitsBelow ? above : below
  const left = side.endsWith('-start')
    ? anchor.left
    : side.endsWith('-end')
      ? anchor.right - popup.width
      : anchor.left + (anchor.width - popup.width) / 2
  return { left: within(left, popup.width, viewport.width), top: within(top, popup.height, viewport.height) }
}

const within = (start: number, length: number, available: number) =>
  Math.round(Math.max(margin, Math.min(start, available - length - margin)))

/** What a popup stands beside: an element, or a range of text. */
export type Anchor = Pick<Element, 'getBoundingClientRect'>

/** Puts an open popup beside its anchor and keeps it there while the page scrolls or changes size; the answer stops that. */
export function keepPlaced(popup: HTMLElement, anchor: Anchor, side: Side, gap?: number): () => void {
  const place = () => {
    const viewport = { width: document.documentElement.clientWidth, height: window.innerHeight }
    const size = { width: popup.offsetWidth, height: popup.offsetHeight }
    const { left, top } = placeBeside(anchor.getBoundingClientRect(), size, viewport, side, gap)
    popup.style.left = `${left}px`
    popup.style.top = `${top}px`
  }
  place()
  const observer = new ResizeObserver(place)
  observer.observe(popup)
  window.addEventListener('scroll', place, { capture: true, passive: true })
  window.addEventListener('resize', place)
  return () => {
    observer.disconnect()
    window.removeEventListener('scroll', place, { capture: true })
    window.removeEventListener('resize', place)
  }
}
