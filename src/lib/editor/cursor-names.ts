const shown = 2400
const places = new WeakMap<HTMLElement, string>()

/** Shows whose a cursor is for a moment whenever it has moved; after that the name only hides the text above. */
export function showNamesOfMoved(cursors: HTMLElement) {
  const names: HTMLElement[] = []
  for (const caret of cursors.querySelectorAll<HTMLElement>('.rich-cursor')) {
    const place = `${caret.style.left} ${caret.style.top}`
    if (places.get(caret) === place) continue
    places.set(caret, place)
    const name = caret.firstElementChild
    if (name instanceof HTMLElement) names.push(name)
  }
  if (names.length === 0) return
  // All is measured before anything is changed: else each would have the page laid out anew.
  const right = cursors.clientWidth
  const beyond = names.map((name) => (name.parentElement?.offsetLeft ?? 0) + name.offsetWidth > right)
  for (const [at, name] of names.entries()) {
    name.classList.toggle('rich-cursor-name-left', beyond[at])
    for (const animation of name.getAnimations()) animation.cancel()
    name.animate([{ opacity: 1 }, { opacity: 1, offset: 0.9 }, { opacity: 0 }], { duration: shown, fill: 'forwards' })
  }
}
