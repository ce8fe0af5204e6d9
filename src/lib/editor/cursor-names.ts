const shown = 2400
const places = new WeakMap<HTMLElement, string>()

/** Shows whose a cursor is for a moment whenever it has moved; after that the name only hides the text above. */
export function showNamesOfMoved(cursors: HTMLElement) {
  for (const caret of cursors.querySelectorAll<HTMLElement>('.rich-cursor')) {
    const place = `${caret.style.left} ${caret.style.top}`
    if (places.get(caret) === place) continue
    places.set(caret, place)
    const name = caret.firstElementChild
    if (!(name instanceof HTMLElement)) continue
    name.classList.toggle('rich-cursor-name-left', caret.offsetLeft + name.offsetWidth > cursors.clientWidth)
    for (const animation of name.getAnimations()) animation.cancel()
    name.animate([{ opacity: 1 }, { opacity: 1, offset: 0.9 }, { opacity: 0 }], { duration: shown, fill: 'forwards' })
  }
}
