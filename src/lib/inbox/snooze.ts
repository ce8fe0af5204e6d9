/** Until when something can be put off, with what that is called; each time is epoch milliseconds. */
type SnoozeChoice = { name: string; until: number }

const morning = 9
const evening = 18

const at = (day: Date, days: number, hour: number) => new Date(day.getFullYear(), day.getMonth(), day.getDate() + days, hour).getTime()

/** Later today (in three hours, or in the evening), tomorrow morning, on Monday morning: in the reader's own time zone. */
export function snoozeChoices(now: number): SnoozeChoice[] {
  const today = new Date(now)
  const later = Math.max(at(today, 0, evening), now + 3 * 3_600_000)
  const choices: SnoozeChoice[] = []
  // Late in the evening there is no later today.
  if (new Date(later).getDate() === today.getDate()) choices.push({ name: 'Later today', until: today.getHours() < 15 ? now + 3 * 3_600_000 : later })
  choices.push({ name: 'Tomorrow', until: at(today, 1, morning) })
  const toMonday = (8 - today.getDay()) % 7 || 7
  choices.push({ name: 'Next week', until: at(today, toMonday, morning) })
  return choices
}

/** The morning of a calendar day, `YYYY-MM-DD`; `null` for what is none, or is over. */
export function snoozeUntilDay(day: string, now: number): number | null {
  const [, year, month, date] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day) ?? []
  if (!year || !month || !date) return null
  const until = new Date(Number(year), Number(month) - 1, Number(date), morning).getTime()
  return until > now ? until : null
}
