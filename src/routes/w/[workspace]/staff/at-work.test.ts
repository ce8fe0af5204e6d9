import { expect, test } from 'vitest'
import type { ActorId, MissionId, RunId } from '#lib/board/ids.ts'
import { noFacts, type RunState } from '#lib/board/mission.ts'
import { atWork } from './at-work.ts'

const mission = (id: string, staff: string, state: RunState, since: number) =>
  ({ id: id as MissionId, facts: { ...noFacts, run: { id: `run-${id}` as RunId, state, staffId: staff as ActorId, line: '', since, ask: null } } })

test('only what goes on is shown, the longest first', () => {
  const found = atWork([
    mission('late', 'ann', 'running', 3), mission('early', 'ann', 'waiting', 1), mission('over', 'ann', 'succeeded', 2), mission('other', 'bo', 'queued', 4),
    { id: 'idle' as MissionId, facts: noFacts },
  ])
  expect(found.get('ann' as ActorId)?.map(({ missionId }) => missionId)).toEqual(['early', 'late'])
  expect(found.get('bo' as ActorId)?.map(({ state }) => state)).toEqual(['queued'])
})
