import cronstrue from 'cronstrue'
import type { Schedule } from './schedule.ts'

const dayNames = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'] as const
const shortDays = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT']

const listed = (words: readonly string[]) => new Intl.ListFormat('en', { type: 'conjunction' }).format(words)
const counted = (count: number, what: string) => (count === 1 ? `every ${what}` : `every ${count} ${what}s`)
const two = (value: string) => value.padStart(2, '0')
const isNumber = (field: string) => /^\d{1,2}$/.test(field)
const ordinal = (value: number) => {
  const ending = { one: 'st', two: 'nd', few: 'rd', other: 'th', zero: 'th', many: 'th' }[new Intl.PluralRules('en', { type: 'ordinal' }).select(value)]
  return `${value}${ending}`
}

/** `weekday`, `Monday and Wednesday`; `null` for what is no plain list of days. */
function daysOf(field: string): string | null {
  if (field === '*') return 'day'
  const [, from, to] = /^(\w+)-(\w+)$/.exec(field) ?? []
  const index = (day: string) => (isNumber(day) ? Number(day) % 7 : shortDays.indexOf(day))
  if (from && to) {
    if (index(from) === 1 && index(to) === 5) return 'weekday'
    return null
  }
  const days = field.split(',').map(index)
  if (days.some((day) => !(day in dayNames))) return null
  const sorted = [...new Set(days)].sort((a, b) => (a || 7) - (b || 7))
  if (sorted.join() === '6,0') return 'Saturday and Sunday'
  return sorted.join() === '1,2,3,4,5' ? 'weekday' : listed(sorted.map((day) => dayNames[day]!))
}

/** `every weekday at 08:30`, without the zone. */
export function cronWords(cron: string): string {
  const [minute = '', hour = '', date = '', month = '', day = ''] = cron.split(' ')
  const step = /^\*\/(\d{1,2})$/
  if (month === '*' && date === '*' && day === '*') {
    const minutes = step.exec(minute)?.[1]
    if (hour === '*' && minute === '*') return 'every minute'
    if (hour === '*' && minutes) return counted(Number(minutes), 'minute')
    const hours = hour === '*' ? '1' : step.exec(hour)?.[1]
    if (hours && isNumber(minute)) return `${counted(Number(hours), 'hour')}${Number(minute) === 0 ? '' : `, at ${Number(minute)} past`}`
  }
  if (month === '*' && isNumber(minute) && hour.split(',').every(isNumber)) {
    const times = listed(hour.split(',').map((each) => `${two(each)}:${two(minute)}`))
    const days = date === '*' ? daysOf(day) : null
    if (days) return `every ${days} at ${times}`
    if (day === '*' && isNumber(date)) return `on the ${ordinal(Number(date))} of every month at ${times}`
    if (day === '*' && date === 'L') return `on the last day of every month at ${times}`
  }
  const words = cronstrue.toString(cron, { use24HourTimeFormat: true, throwExceptionOnParseError: false, verbose: false })
  return words.charAt(0).toLowerCase() + words.slice(1)
}

/** `Lisbon` of `Europe/Lisbon`. */
export const cityOf = (zone: string) => (zone.split('/').at(-1) ?? zone).replaceAll('_', ' ')

/** `every weekday at 08:30 in Lisbon`. */
export const scheduleWords = ({ cron, zone }: Schedule) => `${cronWords(cron)} in ${cityOf(zone)}`
