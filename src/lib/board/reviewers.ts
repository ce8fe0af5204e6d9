import type { ActorId } from './ids.ts'
import type { Member, Mission } from './mission.ts'

/** Who is waited for, and why them: they were asked, it is their work, or there is nobody else who could. */
type WaitedFor = { people: ActorId[]; because: 'asked' | 'theirs' | 'nobody else' }

type Find = (id: ActorId) => Pick<Member, 'kind' | 'role'> | null

const mayJudge = (member: ReturnType<Find>) => member?.kind === 'person' && (member.role === 'owner' || member.role === 'member')

/**
 * Whom a mission's result, and whatever its runs ask or fail at, waits for: whoever asked for the run and whoever made the mission.
 * Where neither is here any more, or may decide, the owners.
 */
export function responsibleFor(
  { createdBy }: Pick<Mission, 'createdBy'>, run: { requestedBy: ActorId | null } | null, find: Find, everybody: readonly Pick<Member, 'id' | 'kind' | 'role'>[],
): WaitedFor {
  const theirs = [...new Set([run?.requestedBy ?? null, createdBy])].filter((id): id is ActorId => id !== null && mayJudge(find(id)))
  if (theirs.length > 0) return { people: theirs, because: 'theirs' }
  return { people: everybody.filter(({ kind, role }) => kind === 'person' && role === 'owner').map(({ id }) => id), because: 'nobody else' }
}

/** Whose verdict a mission in Review waits for. Whoever was asked stands in for all others. */
export function reviewersOf(mission: Pick<Mission, 'createdBy' | 'reviewerId'>, ...rest: Tail<Parameters<typeof responsibleFor>>): WaitedFor {
  const { reviewerId } = mission
  if (reviewerId !== null && mayJudge(rest[1](reviewerId))) return { people: [reviewerId], because: 'asked' }
  return responsibleFor(mission, ...rest)
}

type Tail<T extends unknown[]> = T extends [unknown, ...infer Rest] ? Rest : never
