import { isId, type ActorId, type CollectionId, type MissionId, type ProjectId } from '#lib/board/ids.ts'
import { fileGroups, reviewedStates, type LibraryFilter } from '#lib/library/library.ts'
import { ApiError } from '../../../answer.ts'

const longestName = 200
const bad = (name: string, what: string) => new ApiError(400, 'bad_field', `"${name}" must be ${what}.`, name)

/** Which files are asked for. */
export function libraryFilterFrom(query: URLSearchParams): LibraryFilter {
  function id<Id extends string>(name: string): Id | null {
    const value = query.get(name)
    if (value === null) return null
    if (!isId(value)) throw bad(name, 'an id')
    return value as Id
  }
  function choice<Choice extends string>(name: string, choices: readonly Choice[]): Choice | null {
    const value = query.get(name)
    if (value === null) return null
    const found = choices.find((each) => each === value)
    if (!found) throw bad(name, `one of ${choices.join(', ')}`)
    return found
  }
  function time(name: string): number | null {
    const value = query.get(name)
    if (value === null) return null
    // A day alone, or a time without a zone, would mean another moment for every reader.
    const at = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/.test(value) ? Date.parse(value) : NaN
    if (Number.isNaN(at)) throw bad(name, 'a time with its zone, as in 2026-03-01T00:00:00Z')
    return at
  }
  const name = query.get('name') ?? ''
  if (name.length > longestName) throw bad('name', `a part of a name, of at most ${longestName} characters`)
  return {
    kind: choice('kind', ['attachment', 'artifact'] as const), group: choice('type', fileGroups), project: id<ProjectId>('project'), mission: id<MissionId>('mission'), by: id<ActorId>('by'),
    from: time('from'), to: time('to'), reviewed: choice('reviewed', reviewedStates), collection: id<CollectionId>('collection'), pinned: query.get('pinned') === '1', name: name.trim(),
  }
}
