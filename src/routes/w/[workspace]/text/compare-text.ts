import { diffArrays } from 'diff'

/** A stretch of a line, and whether the other side lacks it. */
export type Piece = { text: string; changed: boolean }
/** A line of one side: its number, from 1, and what of it is changed. */
export type Line = { number: number; pieces: Piece[] }
/** What stands beside each other: on both sides the same, or one line in the place of the other, or of nothing. */
export type Row = { same: true; before: Line; after: Line } | { same: false; before: Line | null; after: Line | null }
/** `folded` rows are the same on both sides, and too many to show unasked. */
export type Stretch = { kind: 'shown' | 'folded'; rows: Row[] }
export type Comparison = { stretches: Stretch[]; changes: number; wordsAdded: number; wordsRemoved: number }

/** Lines of context that are shown around a change. */
const context = 3
/** A stretch that saves less than this is not worth folding. */
const leastFolded = 4
/** Comparing may take so long altogether; what is left then is told line by line, without words. */
const budgetMs = 600
/** Two lines with less than this in common are not the same line, changed. */
const alike = 0.34
/** Lines of one change that are matched by what they say; in a larger one, by their order. */
const mostMatched = 30

const words = new Intl.Segmenter(undefined, { granularity: 'word' })
const longestSegmented = 20_000
const isWord = (token: string) => /[\p{L}\p{N}]/u.test(token)

/** Words, and what stands between them; joined they are the line again. `hasty` does not know where words end in languages without spaces. */
function tokensOf(line: string, hasty: boolean): string[] {
  if (hasty || line.length > longestSegmented) return line.match(/[\p{L}\p{N}\p{M}]+|\s+|[^\p{L}\p{N}\p{M}\s]/gu) ?? []
  return Array.from(words.segment(line), ({ segment }) => segment)
}

const linesOf = (text: string) => (text === '' ? [] : text.replace(/\r\n?/g, '\n').replace(/\n$/, '').split('\n'))

/** How much two lines have in common, from 0 to 1. */
function likeness(a: readonly string[], b: readonly string[]): number {
  const counts = new Map<string, number>()
  const [mine, theirs] = [a.filter(isWord), b.filter(isWord)]
  if (mine.length + theirs.length === 0) return a.join('') === b.join('') ? 1 : 0
  for (const word of mine) counts.set(word, (counts.get(word) ?? 0) + 1)
  let shared = 0
  for (const word of theirs) {
    const left = counts.get(word) ?? 0
    if (left > 0) shared += 1
    counts.set(word, left - 1)
  }
  return (2 * shared) / (mine.length + theirs.length)
}

/** Which removed line became which added one, in order: `[i, j]`, with `null` for what has no other side. */
function match(removed: readonly string[][], added: readonly string[][]): [number | null, number | null][] {
  if (removed.length > mostMatched || added.length > mostMatched) {
    return Array.from({ length: Math.max(removed.length, added.length) }, (_, n) => [n < removed.length ? n : null, n < added.length ? n : null])
  }
  // The best sum of likenesses for what is left from i and j on.
  const best = Array.from({ length: removed.length + 1 }, () => new Array<number>(added.length + 1).fill(0))
  const like = removed.map((a) => added.map((b) => likeness(a, b)))
  for (let i = removed.length - 1; i >= 0; i--) {
    for (let j = added.length - 1; j >= 0; j--) {
      const joined = like[i]![j]! >= alike ? like[i]![j]! + best[i + 1]![j + 1]! : -1
      best[i]![j] = Math.max(joined, best[i + 1]![j]!, best[i]![j + 1]!)
    }
  }
  const pairs: [number | null, number | null][] = []
  let [i, j] = [0, 0]
  while (i < removed.length || j < added.length) {
    const joined = i < removed.length && j < added.length && like[i]![j]! >= alike ? like[i]![j]! + best[i + 1]![j + 1]! : -1
    if (joined >= 0 && joined === best[i]![j]) pairs.push([i++, j++])
    else if (j >= added.length || (i < removed.length && best[i + 1]![j] === best[i]![j])) pairs.push([i++, null])
    else pairs.push([null, j++])
  }
  return pairs
}

const whole = (text: string): Piece[] => [{ text, changed: true }]

/** Neighbours of one kind are one piece, and a space between two changed words is changed with them. */
function joined(pieces: readonly Piece[]): Piece[] {
  const all: Piece[] = []
  pieces.forEach((piece, at) => {
    const bridges = !piece.changed && piece.text.trim() === '' && all.at(-1)?.changed && pieces[at + 1]?.changed
    const changed = piece.changed || Boolean(bridges)
    const last = all.at(-1)
    if (last && last.changed === changed) all[all.length - 1] = { text: last.text + piece.text, changed }
    else all.push({ text: piece.text, changed })
  })
  return all
}

function compareWords(a: readonly string[], b: readonly string[], timeout: number): [before: Piece[], after: Piece[]] {
  const changes = timeout > 0 ? diffArrays([...a], [...b], { timeout }) : undefined
  if (!changes) return [whole(a.join('')), whole(b.join(''))]
  const side = (other: 'added' | 'removed') =>
    joined(changes.filter((change) => !change[other]).map(({ value, added, removed }) => ({ text: value.join(''), changed: added || removed })))
  return [side('added'), side('removed')]
}

type Change = { value: string[]; added: boolean; removed: boolean }

/** Where the texts differ too much to be told apart in time: all that is between the same beginning and the same end. */
function coarse(before: readonly string[], after: readonly string[]): Change[] {
  let start = 0
  while (start < before.length && start < after.length && before[start] === after[start]) start++
  let end = 0
  while (end < before.length - start && end < after.length - start && before[before.length - 1 - end] === after[after.length - 1 - end]) end++
  return [
    { value: before.slice(0, start), added: false, removed: false },
    { value: before.slice(start, before.length - end), added: false, removed: true },
    { value: after.slice(start, after.length - end), added: true, removed: false },
    { value: before.slice(before.length - end), added: false, removed: false },
  ].filter(({ value }) => value.length > 0)
}

/** What differs between two texts, line by line and, within lines that were changed, word by word. Bounded in time whatever the texts are. */
export function compareTexts(before: string, after: string, clock: () => number = () => performance.now()): Comparison {
  const until = clock() + budgetMs
  const left = () => until - clock()
  const tokens = (line: string) => tokensOf(line, left() <= 0)
  const wordsIn = (pieces: readonly Piece[] | null) =>
    (pieces ?? []).reduce((sum, { text, changed }) => sum + (changed ? tokens(text).filter(isWord).length : 0), 0)
  const [old, now] = [linesOf(before), linesOf(after)]
  const changes: Change[] = diffArrays(old, now, { timeout: budgetMs / 2 }) ?? coarse(old, now)
  const rows: Row[] = []
  let [i, j, wordsAdded, wordsRemoved, count] = [1, 1, 0, 0, 0]

  function change(removed: readonly string[], added: readonly string[]) {
    count += 1
    const [a, b] = [removed.map(tokens), added.map(tokens)]
    for (const [from, to] of match(a, b)) {
      const [was, is] = [from === null ? null : a[from]!, to === null ? null : b[to]!]
      const pair = was && is && likeness(was, is) >= alike
      const [left1, right1] = pair ? compareWords(was, is, left()) : [was && whole(was.join('')), is && whole(is.join(''))]
      wordsRemoved += wordsIn(left1)
      wordsAdded += wordsIn(right1)
      rows.push({ same: false, before: left1 && { number: i++, pieces: left1 }, after: right1 && { number: j++, pieces: right1 } })
    }
  }

  for (let at = 0; at < changes.length; at++) {
    const { value, added, removed } = changes[at]!
    if (!added && !removed) {
      for (const text of value) rows.push({ same: true, before: { number: i++, pieces: [{ text, changed: false }] }, after: { number: j++, pieces: [{ text, changed: false }] } })
      continue
    }
    const next = changes[at + 1]
    if (next && (next.added || next.removed) && next.added !== added) {
      at += 1
      change(removed ? value : next.value, added ? value : next.value)
    } else change(removed ? value : [], added ? value : [])
  }
  return { stretches: fold(rows), changes: count, wordsAdded, wordsRemoved }
}

/** Long parts in which nothing changed are put aside, but for a few lines beside what did. */
function fold(rows: readonly Row[]): Stretch[] {
  const stretches: Stretch[] = []
  const show = (some: readonly Row[]) => {
    const last = stretches.at(-1)
    if (last?.kind === 'shown') last.rows.push(...some)
    else if (some.length > 0) stretches.push({ kind: 'shown', rows: [...some] })
  }
  for (let at = 0; at < rows.length;) {
    let end = at
    while (end < rows.length && rows[end]!.same === rows[at]!.same) end++
    const part = rows.slice(at, end)
    const [head, tail] = [at === 0 ? 0 : context, end === rows.length ? 0 : context]
    if (rows[at]!.same && part.length - head - tail >= leastFolded) {
      show(part.slice(0, head))
      stretches.push({ kind: 'folded', rows: part.slice(head, part.length - tail) })
      show(part.slice(part.length - tail))
    } else show(part)
    at = end
  }
  return stretches
}
