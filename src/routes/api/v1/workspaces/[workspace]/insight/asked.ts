import { isId } from '#lib/board/ids.ts'
import { periods, type InsightAsked } from '#lib/insight/insight.ts'
import { ApiError } from '../../../answer.ts'

const bad = (name: string, what: string) => new ApiError(400, 'bad_field', `"${name}" must be ${what}.`, name)

/** What of the figures is asked for. */
export function insightFrom(query: URLSearchParams): InsightAsked {
  const period = periods.find((known) => known === (query.get('period') ?? '30'))
  if (!period) throw bad('period', `one of ${periods.join(', ')}`)
  const id = (name: string) => {
    const value = query.get(name) ?? ''
    if (value !== '' && !isId(value)) throw bad(name, 'an id')
    return value
  }
  const zone = query.get('zone') ?? 'UTC'
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone })
  } catch {
    throw bad('zone', 'a time zone, such as Europe/Berlin')
  }
  return { period, project: id('project'), staff: id('staff'), zone }
}
