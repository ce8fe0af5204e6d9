import { keepPlaced, type Side } from './place.ts'

type Options = {
  anchor: () => Element | null | undefined
  side: () => Side
  onOpen: (popup: HTMLElement) => void
  onChange: (open: boolean) => void
}

/**
 * What a menu and a popover share: the browser's popover (top layer, light dismiss, Escape, focus back where it was), placed beside its
 * anchor in the frame in which it first shows.
 */
export function popup(options: Options) {
  return (element: HTMLElement) => {
    let stopPlacing = () => {}
    const place = () => {
      const anchor = options.anchor()
      stopPlacing()
      if (anchor && element.matches(':popover-open')) stopPlacing = keepPlaced(element, anchor, options.side())
    }
    const opened = () => {
      if (element.matches(':popover-open') && !element.contains(document.activeElement)) options.onOpen(element)
    }
    const beforeToggle = (event: ToggleEvent) => {
      // What is in it is drawn once it is asked for, and has to be there before it is focused.
      options.onChange(event.newState === 'open')
      if (event.newState === 'open') {
        requestAnimationFrame(place)
        // `toggle` comes in a task of its own, after the keys that somebody quick has typed meanwhile.
        queueMicrotask(opened)
      } else stopPlacing()
    }
    const toggled = (event: ToggleEvent) => {
      if (event.newState === 'open') opened()
    }
    element.addEventListener('beforetoggle', beforeToggle)
    element.addEventListener('toggle', toggled)
    return () => {
      stopPlacing()
      element.removeEventListener('beforetoggle', beforeToggle)
      element.removeEventListener('toggle', toggled)
    }
  }
}
