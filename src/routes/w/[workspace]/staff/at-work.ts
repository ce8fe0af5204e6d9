import type { ActorId, AskId, MissionId, RunId } from '#lib/board/ids.ts'
import { isActive, type Facts } from '#lib/board/mission.ts'

/** A run that goes on, as its mission's card has it. */
export type AtWork = { runId: RunId; missionId: MissionId; state: NonNullable<Facts['run']>['state']; line: string; since: number; ask: AskId | null }

type Known = { id: MissionId; facts: Facts }

/** What each staff member is at, the longest at it first. */
export function atWork(missions: Iterable<Known>): Map<ActorId, AtWork[]> {
  const by = new Map<ActorId, AtWork[]>()
  for (const { id, facts: { run } } of missions) {
    if (!run || !isActive(run.state)) continue
    const its = by.get(run.staffId) ?? []
    its.push({ runId: run.id, missionId: id, state: run.state, line: run.line, since: run.since, ask: run.ask })
    by.set(run.staffId, its)
  }
  for (const its of by.values()) its.sort((a, b) => a.since - b.since)
  return by
}
