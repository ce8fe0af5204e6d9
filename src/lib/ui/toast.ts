type Tone = 'neutral' | 'success' | 'warning' | 'danger'

export type Toast = {
  id: number
  text: string
  tone: Tone
  action: { label: string; run: () => void } | null
  /** How long it stays, in seconds; 0 until it is dismissed. */
  seconds: number
}

let next = 1
let shown: readonly Toast[] = []
const listeners = new Set<(toasts: readonly Toast[]) => void>()

function show(toasts: readonly Toast[]) {
  shown = toasts
  for (const listener of listeners) listener(shown)
}

/** Says something at the edge of the page, newest last, at most three at once; the answer dismisses it. */
export function toast(text: string, options: Partial<Omit<Toast, 'id' | 'text'>> = {}): () => void {
  const id = next++
  const { tone = 'neutral', action = null, seconds = action ? 10 : 6 } = options
  show([...shown, { id, text, tone, action, seconds }].slice(-3))
  return () => dismissToast(id)
}

export const dismissToast = (id: number) => show(shown.filter((each) => each.id !== id))

/** Calls back at once and on every change, until the answer is called. */
export function watchToasts(listener: (toasts: readonly Toast[]) => void): () => void {
  listeners.add(listener)
  listener(shown)
  return () => listeners.delete(listener)
}
