// A script of its own, loaded before the first paint. What is pressed before the page is alive would be lost, or a form would be sent
// without the question that comes before it: it is held, and pressed again once the page can answer. Where scripts fail to come,
// it is let go after a while, and does what it does without them.
{
  const longestMs = 10_000
  let held = null
  const hold = (event) => {
    const button = event.target instanceof Element ? event.target.closest('button') : null
    if (!button) return
    event.preventDefault()
    event.stopImmediatePropagation()
    held = button
    button.setAttribute('aria-busy', 'true')
    setTimeout(go, longestMs)
  }
  const go = () => {
    removeEventListener('click', hold, true)
    removeEventListener('alive', go)
    const button = held
    held = null
    button?.removeAttribute('aria-busy')
    if (button?.isConnected) button.click()
  }
  addEventListener('click', hold, true)
  addEventListener('alive', go)
}
