export type Due = { text: string; when: 'overdue' | 'soon' | 'later' }

/** How a day stands out, as classes. */
export const dueTones: Record<Due['when'], string> = { overdue: 'tone-danger text-tone-ink', soon: 'tone-warning text-tone-ink', later: '' }

const dayMs = 86_400_000

/** A calendar day against today, as a card says it; `null` for what is no day. `now` in epoch milliseconds, read in the reader's time zone. */
export function dueWords(dueOn: string | null, now: number, locale: string | undefined): Due | null {
  const parts = /^(\d{4})-(\d{2})-(\d{2})/.exec(dueOn ?? '')
  if (!parts) return null
  const due = Date.UTC(Number(parts[1]), Number(parts[2]) - 1, Number(parts[3]))
  const here = new Date(now)
  const days = Math.round((due - Date.UTC(here.getFullYear(), here.getMonth(), here.getDate())) / dayMs)
  const when = days < 0 ? 'overdue' : days <= 2 ? 'soon' : 'later'
  if (days >= -1 && days <= 1) return { when, text: new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(days, 'day') }
  const year = new Date(due).getUTCFullYear() === here.getFullYear() ? undefined : 'numeric'
  return { when, text: new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', year, timeZone: 'UTC' }).format(due) }
}
