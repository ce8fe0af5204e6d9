import { expect, test } from 'vitest'
import type { ActorId, MissionId, RunId } from '#lib/board/ids.ts'
import { noFacts, type Facts, type Member, type Mission, type RunState, type Status } from '#lib/board/mission.ts'
import { runWords } from './run-words.ts'

const analyst: Member = { id: 's' as ActorId, kind: 'staff', name: 'Analyst', role: 'Research', avatar: null }
const mission = (status: Status): Mission => ({
  id: 'm' as MissionId, title: '', status, rank: 'a0', projectId: null, assigneeId: analyst.id, reviewerId: null, autoRun: false, priority: 'none', labels: [], dueOn: null, blockedBy: [],
  createdBy: null, createdAt: 0, archivedAt: null,
})
const facts = (state: RunState, line = ''): Facts => ({ ...noFacts, run: { id: 'r' as RunId, state, staffId: analyst.id, line, since: 5, ask: null } })
const words = (status: Status, state: RunState, line?: string) => runWords(mission(status), facts(state, line), analyst)

test('a run that goes on says who, since when and the latest line', () => {
  expect(words('in_progress', 'running', 'Reading page 3')).toMatchObject({ who: 'Analyst', doing: 'works', since: 5, note: 'Reading page 3', quiet: false })
})

test('what waits for a person says what for', () => {
  expect(words('review', 'succeeded')?.note).toBe('Ready for your review.')
  expect(words('in_progress', 'waiting', 'Which year?')).toMatchObject({ doing: 'waits for you', note: 'Which year?' })
  expect(runWords(mission('in_progress'), facts('waiting', 'Which year?'), analyst, false)?.doing).toBe('waits for an answer')
  expect(words('in_progress', 'failed')?.note).toBe('Open the mission to see why.')
})

test('staff that was given a mission in progress and does not work on it is said to have not started', () => {
  expect(runWords(mission('in_progress'), noFacts, analyst)?.state).toBe('idle')
  expect(runWords(mission('backlog'), noFacts, analyst)).toBeNull()
  expect(runWords(mission('in_progress'), noFacts, { ...analyst, kind: 'person' })).toBeNull()
})

test('what is done asks for nothing', () => {
  expect(words('done', 'succeeded', 'A digest')).toMatchObject({ quiet: true, note: '' })
  expect(words('done', 'cancelled')).toBeNull()
})
