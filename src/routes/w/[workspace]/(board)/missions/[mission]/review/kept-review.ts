import { readQuote, type Quote } from '#lib/board/quote.ts'

/** A review that is being written: a note, and the passages it is about. */
type UnsentReview = { note: string; quotes: readonly Quote[] }

const nothing: UnsentReview = { note: '', quotes: [] }

/** Kept on this device. The name begins as all does that is deleted when the person signs out. */
const key = (person: string, what: string) => `missions/${person}/review/${what}`

const read = (name: string): unknown => {
  try {
    return JSON.parse(localStorage.getItem(name) ?? 'null')
  } catch {
    return null
  }
}

function write(name: string, value: unknown) {
  try {
    if (value === null) localStorage.removeItem(name)
    else localStorage.setItem(name, JSON.stringify(value))
  } catch {
    // Storage is full or forbidden: what is typed stays as long as the page does.
  }
}

export function keptReview(person: string, mission: string): UnsentReview {
  const kept = read(key(person, mission))
  if (typeof kept !== 'object' || kept === null) return nothing
  const { note, quotes } = kept as Record<string, unknown>
  return {
    note: typeof note === 'string' ? note : '',
    quotes: Array.isArray(quotes) ? quotes.map(readQuote).filter((quote) => quote !== null) : [],
  }
}

export const keepReview = (person: string, mission: string, review: UnsentReview) =>
  write(key(person, mission), review.note.trim() === '' && review.quotes.length === 0 ? null : review)

/** Which points of a request this person has ticked off. */
export function keptTicks(person: string, review: string): ReadonlySet<number> {
  const kept = read(key(person, `ticks/${review}`))
  return new Set(Array.isArray(kept) ? kept.filter((at): at is number => typeof at === 'number') : [])
}

export const keepTicks = (person: string, review: string, ticks: ReadonlySet<number>) =>
  write(key(person, `ticks/${review}`), ticks.size === 0 ? null : [...ticks])
