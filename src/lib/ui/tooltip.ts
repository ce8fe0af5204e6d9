import type { Attachment } from 'svelte/attachments'
import { isMac, keyCaps } from './keys.ts'
import { keepPlaced } from './place.ts'

/**
 * One element for every tooltip of the page, so that a thousand cards cost nothing. It shows on hover after a moment (at once when another
 * was just shown) and on keyboard focus, stays while the pointer is over it, and goes with Escape.
 */
let popup: HTMLElement | null = null
let owner: Element | null = null
let stopPlacing = () => {}
let timer: ReturnType<typeof setTimeout> | undefined
let hiddenAt = 0

const showAfter = 500
const hideAfter = 80

/** For a control whose label is its tooltip; `shortcut` as in `mod+k`. Texts that add to the label become its description. */
export function tooltip(text: string, shortcut?: string): Attachment<HTMLElement> {
  return (element) => {
    const show = () => open(element, text, shortcut)
    const onEnter = (event: PointerEvent) => {
      if (event.pointerType !== 'mouse') return
      later(show, performance.now() - hiddenAt < 300 ? 0 : showAfter)
    }
    const onLeave = () => later(close, hideAfter)
    const onFocus = () => {
      // Not at once: the focus may come back from a menu in the midst of its closing, when nothing else may open.
      if (element.matches(':focus-visible')) later(show, 0)
    }
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && owner === element) close()
    }
    const listening = new AbortController()
    const { signal } = listening
    element.addEventListener('pointerenter', onEnter, { signal })
    element.addEventListener('pointerleave', onLeave, { signal })
    element.addEventListener('pointerdown', close, { signal })
    element.addEventListener('focus', onFocus, { signal })
    element.addEventListener('blur', close, { signal })
    element.addEventListener('keydown', onKey, { signal })
    return () => {
      if (owner === element) close()
      listening.abort()
    }
  }
}

function later(action: () => void, after: number) {
  clearTimeout(timer)
  timer = setTimeout(action, after)
}

function open(element: HTMLElement, text: string, shortcut: string | undefined) {
  clearTimeout(timer)
  if (!element.isConnected || element.getAttribute('aria-expanded') === 'true') return
  close()
  popup ??= createPopup()
  popup.replaceChildren(text, ...(shortcut ? [caps(shortcut)] : []))
  owner = element
  if (element.getAttribute('aria-label') !== text) element.setAttribute('aria-describedby', popup.id)
  popup.showPopover()
  stopPlacing = keepPlaced(popup, element, 'bottom', 6)
}

function close() {
  clearTimeout(timer)
  if (!owner) return
  if (popup && owner.getAttribute('aria-describedby') === popup.id) owner.removeAttribute('aria-describedby')
  owner = null
  hiddenAt = performance.now()
  stopPlacing()
  popup?.hidePopover()
}

function createPopup() {
  const element = document.createElement('div')
  element.id = 'tooltip'
  element.popover = 'manual'
  element.role = 'tooltip'
  element.className = 'fixed inset-auto m-0 max-w-72 rounded-sm bg-ink px-2 py-1 text-xs font-medium text-canvas shadow-raised'
  element.addEventListener('pointerenter', () => clearTimeout(timer))
  element.addEventListener('pointerleave', () => later(close, hideAfter))
  document.body.append(element)
  return element
}

function caps(shortcut: string) {
  const span = document.createElement('span')
  span.className = 'ml-2 opacity-70'
  span.textContent = keyCaps(shortcut, isMac()).join(' ')
  return span
}
