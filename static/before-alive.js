// A script of its own, loaded before the first paint. What is pressed before the page is alive would be lost, or a form would be sent
// without the question that comes before it: it is held, and pressed again once the page can answer. Where scripts fail to come,
// it is let go after a while, and does what it does without them. What is typed or chosen would be overwritten with what the server
// drew: it is put back, and told to the page as if it were typed then.
{
  const longestMs = 10_000
  let held = null
  const hold = (event) => {
    const pressed = event.type === 'submit' ? event.target : event.target instanceof Element && event.target.closest('button')
    if (!pressed) return
    event.preventDefault()
    event.stopImmediatePropagation()
    held = pressed
    pressed.setAttribute('aria-busy', 'true')
    setTimeout(letGo, longestMs)
  }
  const letGo = () => {
    removeEventListener('click', hold, true)
    removeEventListener('submit', hold, true)
    const pressed = held
    held = null
    pressed?.removeAttribute('aria-busy')
    if (!pressed?.isConnected) return
    if (pressed instanceof HTMLFormElement) pressed.requestSubmit()
    else pressed.click()
  }

  const changes = ['input', 'change']
  const changed = new Map()
  const asDrawn = (field) => (field instanceof HTMLSelectElement ? ([...field.options].find((option) => option.defaultSelected) ?? field.options[0])?.value : field.defaultValue)
  const remember = ({ type, target: field }) => {
    if (!(field instanceof Element && field.matches('textarea, select, input:not([type=file])'))) return
    const { value, checked, selectionStart: from, selectionEnd: to } = field
    changed.set(field, { value, checked, from, to, events: new Set(changed.get(field)?.events).add(type) })
  }
  const putBack = () => {
    for (const type of changes) removeEventListener(type, remember, true)
    for (const [field, { value, checked, from, to, events }] of changed) {
      const drawn = asDrawn(field)
      if (!field.isConnected || (value === drawn && checked === field.defaultChecked)) continue
      // Where nothing was drawn, a draft from before may stand by now: what is typed goes below it.
      const above = field instanceof HTMLTextAreaElement && drawn === '' && ![drawn, value].includes(field.value) ? `${field.value}\n\n` : ''
      field.value = above + value
      if (checked !== undefined) field.checked = checked
      // What is typed next goes on where this was typed.
      if (from != null && document.activeElement === field) field.setSelectionRange(above.length + from, above.length + to)
      for (const type of events) field.dispatchEvent(new Event(type, { bubbles: true }))
    }
    changed.clear()
  }

  for (const type of ['click', 'submit']) addEventListener(type, hold, true)
  for (const type of changes) addEventListener(type, remember, true)
  // What the page shows at first is all there once this task is over.
  addEventListener('alive', () => queueMicrotask(() => {
    putBack()
    letGo()
  }), { once: true })
}
