import * as Y from 'yjs'

const isHigh = (text: string, at: number) => /[\ud800-\udbff]/.test(text[at] ?? '')

/**
 * Where two texts differ, never in the middle of a character. Of several answers that come to the same text (which of two equal
 * letters is new?) the one at the caret, which stands in `after` behind what was typed, or where something was deleted.
 */
function difference(before: string, after: string, caret: number) {
  const most = Math.min(before.length, after.length)
  let right = 0
  while (right < most && right < after.length - caret && before.at(-1 - right) === after.at(-1 - right)) right++
  let left = 0
  while (left < most - right && before[left] === after[left]) left++
  while (right < most - left && before.at(-1 - right) === after.at(-1 - right)) right++
  if (left > 0 && isHigh(after, left - 1)) left--
  if (right > 0 && isHigh(after, after.length - right - 1)) right--
  return { left, removed: before.length - left - right, inserted: after.slice(left, after.length - right) }
}

const textOf = (type: Y.XmlText) => type.toDelta().map(({ insert }: { insert: unknown }) => (typeof insert === 'string' ? insert : '\ufffc')).join('')

/**
 * Runs the binding's write so that it changes whole characters, and the very ones that somebody typed or deleted.
 *
 * The binding compares UTF-16 units, deletes one range and inserts at its start. Two emoji share their first unit: one typed before another
 * would go between that one's halves, and Yjs makes both unreadable, for good once somebody undoes. And "two" typed before "three" would
 * take the first letter of "three" for its own, so that two people would each be named for the other's letter. There is no way to hand the
 * binding another comparison, so for the time of the (synchronous) write the two methods it calls stand behind ones that compare anew.
 */
export function inWholeCharacters(caretIn: (type: Y.XmlText) => number | null, write: () => void) {
  const text = Y.XmlText.prototype
  const before = { delete: text.delete, insert: text.insert }
  let held: { type: Y.XmlText; text: string; index: number; length: number } | null = null
  const release = () => {
    if (held) before.delete.call(held.type, held.index, held.length)
    held = null
  }
  text.delete = function (index, length) {
    release()
    if (this.doc) held = { type: this, text: textOf(this), index, length }
    else before.delete.call(this, index, length)
  }
  text.insert = function (index, inserted, attributes) {
    if (held?.type !== this) return before.insert.call(this, index, inserted, attributes)
    const after = held.text.slice(0, held.index) + inserted + held.text.slice(held.index + held.length)
    const change = difference(held.text, after, caretIn(this) ?? held.index + inserted.length)
    held = null
    before.delete.call(this, change.left, change.removed)
    before.insert.call(this, change.left, change.inserted, attributes)
  }
  try {
    write()
    release()
  } finally {
    text.delete = before.delete
    text.insert = before.insert
  }
}
