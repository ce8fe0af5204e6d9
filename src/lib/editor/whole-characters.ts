import * as Y from 'yjs'

const isHigh = (text: string, at: number) => /[\ud800-\udbff]/.test(text[at] ?? '')

/** Where two texts differ, never in the middle of a character. */
function difference(before: string, after: string) {
  let left = 0
  while (left < before.length && left < after.length && before[left] === after[left]) left++
  if (left > 0 && isHigh(after, left - 1)) left--
  let right = 0
  const most = Math.min(before.length, after.length) - left
  while (right < most && before.at(-1 - right) === after.at(-1 - right)) right++
  if (right > 0 && isHigh(after, after.length - right - 1)) right--
  return { left, removed: before.length - left - right, inserted: after.slice(left, after.length - right) }
}

const textOf = (type: Y.XmlText) => type.toDelta().map(({ insert }: { insert: unknown }) => (typeof insert === 'string' ? insert : '\ufffc')).join('')
const cuts = (text: string, at: number) => isHigh(text, at - 1)

/**
 * Runs the binding's write so that it changes whole characters.
 *
 * The binding compares UTF-16 units, deletes one range and inserts at its start. Two emoji share their first unit: one typed before another
 * would go between that one's halves, and Yjs makes both unreadable, for good once somebody undoes. There is no way to hand the binding
 * another comparison, so for the time of the (synchronous) write the two methods it calls stand behind ones that move such a cut.
 */
export function inWholeCharacters(write: () => void) {
  const text = Y.XmlText.prototype
  const before = { delete: text.delete, insert: text.insert }
  let held: { type: Y.XmlText; text: string; index: number; length: number } | null = null
  text.delete = function (index, length) {
    const whole = this.doc ? textOf(this) : ''
    if (cuts(whole, index) || cuts(whole, index + length)) held = { type: this, text: whole, index, length }
    else before.delete.call(this, index, length)
  }
  text.insert = function (index, inserted, attributes) {
    if (held?.type !== this) return before.insert.call(this, index, inserted, attributes)
    const change = difference(held.text, held.text.slice(0, held.index) + inserted + held.text.slice(held.index + held.length))
    held = null
    before.delete.call(this, change.left, change.removed)
    before.insert.call(this, change.left, change.inserted, attributes)
  }
  try {
    write()
  } finally {
    text.delete = before.delete
    text.insert = before.insert
  }
}
