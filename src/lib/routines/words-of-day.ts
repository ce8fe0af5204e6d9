import type { ActorId } from '../board/ids.ts'
import { daysAfter } from '../templates/fill.ts'
import { piecesOf, type TemplateField } from '../templates/template.ts'

/** What a routine knows when it is set off. `day`: on which it is due, by its clock, `YYYY-MM-DD`; `about`: the mission or file that set it off, '' for none; `me`: who made it. */
export type Occasion = { day: string; about: string; me: ActorId }

const dayMs = 86_400_000
const inUtc = (day: string, options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat('en-GB', { ...options, timeZone: 'UTC' }).format(Date.parse(`${day}T00:00:00Z`))

/** The ISO week of a day: weeks begin on Monday, and belong to the year that has their Thursday. */
export function weekOf(day: string): { week: number; year: number } {
  const at = Date.parse(`${day}T00:00:00Z`)
  const thursday = at + (3 - (new Date(at).getUTCDay() + 6) % 7) * dayMs
  const year = new Date(thursday).getUTCFullYear()
  return { week: Math.floor((thursday - Date.UTC(year, 0, 1)) / (7 * dayMs)) + 1, year }
}

/** What a routine can fill in by itself, each with what it says on this occasion. */
export function wordsOf({ day, about }: Pick<Occasion, 'day' | 'about'>): Readonly<Record<'day' | 'week' | 'month' | 'about', string>> {
  const { week, year } = weekOf(day)
  return { day: inUtc(day, { dateStyle: 'long' }), week: `week ${week} of ${year}`, month: inUtc(day, { month: 'long', year: 'numeric' }), about }
}

/** The fields of a template as a routine fills them in this time. What it does not say is left to the template's default. */
export function filledOn(fields: readonly TemplateField[], given: Readonly<Record<string, string>>, occasion: Occasion): Record<string, string> {
  const words: Readonly<Record<string, string>> = wordsOf(occasion)
  return Object.fromEntries(Object.entries(given).map(([key, value]) => {
    const kind = fields.find((field) => field.key === key)?.kind
    if (kind === 'date' && /^\d{1,4}$/.test(value)) return [key, daysAfter(occasion.day, Number(value))]
    if (kind === 'person' && value === 'me') return [key, occasion.me]
    return [key, kind === 'text' ? piecesOf(value).map((piece) => ('text' in piece ? piece.text : words[piece.key] ?? piece.written)).join('') : value]
  }))
}
