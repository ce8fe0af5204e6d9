import { isId } from '#lib/board/ids.ts'
import { beginOf } from '#lib/calendar/begin-of.ts'
import { timeZone } from '#lib/ui/time-zone.ts'

// What lists are filtered by stands in the address of their page. What makes no sense there is left out: it reads as ''.

export const oneOf = <Choice extends string>(query: URLSearchParams, name: string, choices: readonly Choice[]): Choice | '' => choices.find((choice) => choice === query.get(name)) ?? ''
export function idIn(query: URLSearchParams, name: string): string {
  const value = query.get(name)
  return isId(value) ? value : ''
}
export function dayIn(query: URLSearchParams, name: string): string {
  const value = query.get(name) ?? ''
  return beginOf(value) ? value : ''
}

const given = (filters: Readonly<Record<string, string>>) => new URLSearchParams(Object.entries(filters).filter(([, value]) => value !== ''))

/** For the address of the page: `?kind=run&from=2026-03-01`, or nothing. */
export function inAddress(filters: Readonly<Record<string, string>>): string {
  const query = given(filters)
  return query.size > 0 ? `?${query}` : ''
}

/** For the API, which wants moments where the page has days of the reader, both included. */
export function inQuestion({ from, to, ...rest }: Readonly<Record<string, string>> & { from: string; to: string }): URLSearchParams {
  const query = given(rest)
  const [begin, end] = [beginOf(from, timeZone()), beginOf(to, timeZone(), 1)]
  if (begin) query.set('from', begin.toISOString())
  if (end) query.set('to', end.toISOString())
  return query
}
