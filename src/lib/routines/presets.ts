/** Schedules as most people mean them; `own` is any other. Days are 0 to 6 from Sunday; times `HH:MM`. */
export type Preset =
  | { kind: 'hourly'; minute: number }
  | { kind: 'days'; days: readonly number[]; time: string }
  | { kind: 'monthly'; date: number | 'last'; time: string }
  | { kind: 'own' }

export const everyDay = [0, 1, 2, 3, 4, 5, 6] as const
export const weekdays = [1, 2, 3, 4, 5] as const

const two = (value: number) => String(value).padStart(2, '0')
const number = (field: string, most: number) => (/^\d{1,2}$/.test(field) && Number(field) <= most ? Number(field) : null)

function daysOf(field: string): number[] | null {
  if (field === '*') return [...everyDay]
  const days = new Set<number>()
  for (const part of field.split(',')) {
    const [, from, to = from] = /^([0-7])(?:-([0-7]))?$/.exec(part) ?? []
    if (from === undefined || Number(from) > Number(to)) return null
    for (let day = Number(from); day <= Number(to); day++) days.add(day % 7)
  }
  return [...days].sort((a, b) => a - b)
}

export function presetOf(cron: string): Preset {
  const [minute = '', hour = '', date = '', month = '', day = '', ...more] = cron.trim().split(/\s+/)
  const at = number(minute, 59)
  if (at === null || month !== '*' || more.length > 0) return { kind: 'own' }
  if (hour === '*' && date === '*' && day === '*') return { kind: 'hourly', minute: at }
  const of = number(hour, 23)
  if (of === null) return { kind: 'own' }
  const time = `${two(of)}:${two(at)}`
  const days = date === '*' ? daysOf(day) : null
  if (days) return { kind: 'days', days, time }
  const on = date === 'L' ? 'last' : number(date, 31)
  return day === '*' && on !== null && on !== 0 ? { kind: 'monthly', date: on, time } : { kind: 'own' }
}

/** `null` where the preset does not say when. */
export function cronOf(preset: Preset): string | null {
  if (preset.kind === 'own') return null
  if (preset.kind === 'hourly') return `${preset.minute} * * * *`
  const [, hour, minute] = /^(\d{1,2}):(\d{2})/.exec(preset.time) ?? []
  if (hour === undefined || minute === undefined) return null
  const at = `${Number(minute)} ${Number(hour)}`
  if (preset.kind === 'monthly') return `${at} ${preset.date === 'last' ? 'L' : preset.date} * *`
  const days = [...new Set(preset.days)].sort((a, b) => a - b)
  if (days.length === 0) return null
  return `${at} * * ${days.length === 7 ? '*' : days.join() === weekdays.join() ? '1-5' : days.join(',')}`
}
