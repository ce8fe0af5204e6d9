import { isHTMLAnchorElement, type LexicalEditor } from 'lexical'
import { isSafeLink } from './safe-link.ts'

/** In text that can be edited a click sets the caret, and with Ctrl or Cmd it opens the link; in text for reading every click does. */
export function registerLinks(editor: LexicalEditor): () => void {
  const onClick = (event: MouseEvent) => {
    const anchor = event.target instanceof Element ? event.target.closest('a') : null
    // A mention leads to a page of ours, and a click on it can mean nothing else.
    if (!anchor || !isHTMLAnchorElement(anchor) || anchor.closest('.mention')) return
    event.preventDefault()
    const open = !editor.isEditable() || event.ctrlKey || event.metaKey || event.button === 1
    if (open && isSafeLink(anchor.href)) window.open(anchor.href, '_blank', 'noopener,noreferrer')
  }
  return editor.registerRootListener((root, before) => {
    for (const type of ['click', 'auxclick'] as const) {
      before?.removeEventListener(type, onClick)
      root?.addEventListener(type, onClick)
    }
  })
}
