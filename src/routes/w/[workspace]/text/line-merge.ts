type Splice = { at: number; end: number; text: string }

/** The one replacement that makes `after` of `before`. */
function spliceOf(before: string, after: string): Splice {
  const shorter = Math.min(before.length, after.length)
  let start = 0
  while (start < shorter && before[start] === after[start]) start++
  let tail = 0
  while (tail < shorter - start && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail++
  return { at: start, end: before.length - tail, text: after.slice(start, after.length - tail) }
}

/** What two people made of one line at the same time, put together; where they changed the same words, mine stand. */
export function mergeLine(base: string, mine: string, theirs: string): string {
  if (theirs === base) return mine
  if (mine === base) return theirs
  const own = spliceOf(base, mine)
  const other = spliceOf(base, theirs)
  if (own.end <= other.at) return theirs.slice(0, own.at) + own.text + theirs.slice(own.end)
  if (other.end <= own.at) return mine.slice(0, other.at) + other.text + mine.slice(other.end)
  return mine
}

/** Where a caret goes when the text around it changes. */
export function carryCaret(caret: number, before: string, after: string): number {
  const { at, end, text } = spliceOf(before, after)
  if (caret <= at) return caret
  if (caret >= end) return caret + text.length - (end - at)
  return at + text.length
}
