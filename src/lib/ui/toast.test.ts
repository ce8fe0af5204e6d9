import { expect, test } from 'vitest'
import { toast, watchToasts, type Toast } from './toast.ts'

function watched() {
  let seen: readonly Toast[] = []
  const stop = watchToasts((toasts) => (seen = toasts))
  return { texts: () => seen.map((each) => each.text), seen: () => seen, stop }
}

test('the newest three are shown, and a dismissed one goes', () => {
  const page = watched()
  const dismissals = ['one', 'two', 'three', 'four'].map((text) => toast(text))
  expect(page.texts()).toEqual(['two', 'three', 'four'])
  dismissals[2]?.()
  expect(page.texts()).toEqual(['two', 'four'])
  for (const dismiss of dismissals) dismiss()
  expect(page.texts()).toEqual([])
  page.stop()
})

test('one that can be acted on stays longer', () => {
  const page = watched()
  const dismissals = [toast('plain'), toast('undoable', { action: { label: 'Undo', run: () => {} } })]
  const [plain, undoable] = page.seen()
  expect(undoable?.seconds).toBeGreaterThan(plain?.seconds ?? Infinity)
  for (const dismiss of dismissals) dismiss()
  page.stop()
})
