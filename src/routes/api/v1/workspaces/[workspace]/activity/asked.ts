import { activityGroups } from '#lib/activity/entry.ts'
import { isId, type MissionId, type ProjectId } from '#lib/board/ids.ts'
import type { Filter } from '../../../../../../../server/activity/read-activity.ts'
import { ApiError } from '../../../answer.ts'

const bad = (name: string, what: string) => new ApiError(400, 'bad_field', `"${name}" must be ${what}.`)

function idFrom(query: URLSearchParams, name: string): string | undefined {
  const value = query.get(name)
  if (value === null) return undefined
  if (!isId(value)) throw bad(name, 'an id')
  return value
}

/** A whole number, such as a cursor. */
export function numberFrom(query: URLSearchParams, name: string): number | undefined {
  const value = query.get(name)
  if (value === null) return undefined
  const number = /^\d{1,15}$/.test(value) ? Number(value) : NaN
  if (!Number.isSafeInteger(number)) throw bad(name, 'a whole number')
  return number
}

function timeFrom(query: URLSearchParams, name: string): number | undefined {
  const value = query.get(name)
  if (value === null) return undefined
  // A day alone, or a time without a zone, would mean another moment for every reader.
  const at = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/.test(value) ? Date.parse(value) : NaN
  if (Number.isNaN(at)) throw bad(name, 'a time with its zone, as in 2026-03-01T00:00:00Z')
  return at
}

/** Which entries are asked for. */
export function filterFrom(query: URLSearchParams): Filter {
  const groups = query.getAll('kind').flatMap((value) => value.split(',')).map((value) => {
    const group = activityGroups.find((known) => known === value)
    if (!group) throw bad('kind', `one of ${activityGroups.join(', ')}`)
    return group
  })
  const actor = idFrom(query, 'actor')
  const missionId = idFrom(query, 'mission') as MissionId | undefined
  const projectId = idFrom(query, 'project') as ProjectId | undefined
  const subjectId = idFrom(query, 'subject')
  const [from, to] = [timeFrom(query, 'from'), timeFrom(query, 'to')]
  return {
    ...actor !== undefined && { actor }, ...groups.length > 0 && { groups }, ...missionId !== undefined && { missionId },
    ...projectId !== undefined && { projectId }, ...subjectId !== undefined && { subjectId }, ...from !== undefined && { from }, ...to !== undefined && { to },
  }
}
