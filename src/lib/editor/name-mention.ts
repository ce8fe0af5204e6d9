import { parseReference } from '../board/reference.ts'
import { callOf } from './call.ts'
import type { References } from './references.ts'

/** Writes over a mention how that is called now, and where it leads; what is not known keeps the words it was written with. */
export function nameMention(element: HTMLElement, references: References | null) {
  const reference = parseReference(element.dataset.reference ?? '')
  const seen = reference && references ? references.look(reference) : null
  const text = callOf(reference, seen?.name || element.dataset.name || 'unnamed')
  const link = element.querySelector('a')
  element.classList.toggle('mention-gone', references !== null && seen === null)
  if (seen?.note) element.title = seen.note
  else element.removeAttribute('title')
  if (!seen?.href) {
    if (link || element.textContent !== text) element.textContent = text
    return
  }
  const anchor = link ?? document.createElement('a')
  if (anchor.getAttribute('href') !== seen.href) anchor.setAttribute('href', seen.href)
  if (seen.href.startsWith('/api/')) anchor.target = '_blank'
  if (anchor.textContent !== text) anchor.textContent = text
  if (!link) element.replaceChildren(anchor)
}
