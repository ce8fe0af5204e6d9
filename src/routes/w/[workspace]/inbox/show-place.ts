/** A page of many comments takes its time on a slow machine; who scrolls or types meanwhile is where they want to be. */
const waitMs = 30_000
const goingElsewhere = ['wheel', 'touchmove', 'keydown', 'pointerdown'] as const

/** Brings a comment, a review or a part of the page into sight that an address names, once it is there: `#comment-<id>`. */
export function showPlace(hash: string): () => void {
  const [, kind, id] = /^#(comment|review|event|proposal|note|message)-([\w-]{1,64})$/.exec(hash) ?? []
  const named = /^#(description|activity|attachments)$/.exec(hash)?.[1]
  const selector = kind && id ? `[data-${kind}-id="${id}"]` : named ? `#${named}, [data-place="${named}"]` : null
  if (!selector) return () => {}
  let stop = () => {}
  const show = () => {
    const element = document.querySelector<HTMLElement>(selector)
    if (!element) return
    stop()
    // What stands above may still grow.
    const settle = () => element.scrollIntoView({ block: 'center' })
    settle()
    setTimeout(settle, 400)
    element.classList.add('shown-place')
    setTimeout(() => element.classList.remove('shown-place'), 2_500)
  }
  const leave = () => stop()
  for (const name of goingElsewhere) addEventListener(name, leave, { passive: true })
  const observer = new MutationObserver(show)
  const timer = setTimeout(() => stop(), waitMs)
  stop = () => {
    observer.disconnect()
    clearTimeout(timer)
    for (const name of goingElsewhere) removeEventListener(name, leave)
    stop = () => {}
  }
  observer.observe(document.body, { childList: true, subtree: true })
  show()
  return () => stop()
}
