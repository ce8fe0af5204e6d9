import { keepPlaced, type Side } from './place.ts'

type Options = {
  anchor: () => Element | null | undefined
  side: () => Side
  /** What has the focus first. */
  entry: (popup: HTMLElement) => HTMLElement
  /** Told when it is about to open, and once it is closed. */
  onChange: (open: boolean) => void
  /** Told before the browser opens or closes it. */
  onBefore: (open: boolean) => void
}

/**
 * What a menu and a popover share: the browser's popover (top layer, light dismiss, Escape, focus back to what opened it, unless whoever
 * closed it went elsewhere), placed beside its anchor in the frame in which it first shows.
 */
export function popup(options: Options) {
  return (element: HTMLElement) => {
    const isOpen = () => element.matches(':popover-open')
    let stopPlacing = () => {}
    const place = () => {
      const anchor = options.anchor()
      stopPlacing()
      if (anchor && isOpen()) stopPlacing = keepPlaced(element, anchor, options.side())
    }
    const enter = () => {
      if (isOpen() && !element.contains(document.activeElement)) options.entry(element).focus()
    }
    const beforeToggle = (event: ToggleEvent) => {
      const opening = event.newState === 'open'
      options.onBefore(opening)
      // The browser gives the focus back only from what is still there: what is in it goes when that is done, at `toggle`.
      if (!opening) return stopPlacing()
      options.onChange(true)
      requestAnimationFrame(place)
      // By then what is in it is drawn. `toggle` comes in a task of its own, after the keys that somebody quick has typed meanwhile:
      // where the browser opens it, it also gives the focus as it does.
      queueMicrotask(() => {
        if (isOpen()) return enter()
        const entry = options.entry(element)
        if (entry !== element) entry.autofocus = true
      })
    }
    const toggled = (event: ToggleEvent) => {
      if (event.newState === 'open') enter()
      else options.onChange(false)
    }
    const listening = new AbortController()
    const { signal } = listening
    element.addEventListener('beforetoggle', beforeToggle, { signal })
    element.addEventListener('toggle', toggled, { signal })
    return () => {
      stopPlacing()
      listening.abort()
    }
  }
}
