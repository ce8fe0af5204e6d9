import { expect, test } from 'vitest'
import type { ActorId, DocId, FileId, MissionId, ProjectId } from '#lib/board/ids.ts'
import { mentionables, type MentionSources } from './mentionables.ts'

const person = (name: string, role = 'member') => ({ id: name.toLowerCase().replaceAll(' ', '-') as ActorId, kind: 'person' as const, name, role, avatar: null })
const sources: MentionSources = {
  directory: [
    person('Émile Zola'), person('Ada Owner', 'owner'), person('Magda Adamska'), person('Adam Gone', 'former'),
    { id: 'analyst' as ActorId, kind: 'staff', name: 'Analyst', role: 'Research', avatar: null },
  ],
  missions: [
    { id: 'm1' as MissionId, title: 'Adapt the plan', status: 'review' },
    { id: 'm2' as MissionId, title: 'Read the plan', status: 'backlog' },
    { id: 'm3' as MissionId, title: '', status: 'backlog' },
  ],
  projects: [{ id: 'p1' as ProjectId, name: 'Tides' }],
  docs: [{ id: 'd1' as DocId, title: 'Plan of the harbour', project: 'Tides' }],
  files: [{ id: 'f1' as FileId, name: 'plan.csv' }],
}
const names = (query: string) => mentionables(query, sources).map(({ name }) => name)

test('names that begin with the query come before those with a word that does, and people before what they work on', () => {
  expect(names('ada')).toEqual(['Ada Owner', 'Magda Adamska', 'Adapt the plan'])
})

test('what only holds the query comes last, whatever it is', () => {
  expect(names('lan')).toEqual(['Adapt the plan', 'Read the plan', 'Plan of the harbour', 'plan.csv'])
  expect(mentionables('da', sources).map(({ name }) => name)).toEqual(['Ada Owner', 'Magda Adamska', 'Adapt the plan'])
})

test('marks and case do not matter, on either side', () => {
  expect(names('emile')).toEqual(['Émile Zola'])
  expect(names('ÉMILE')).toEqual(['Émile Zola'])
})

test('words of a name in any order find it', () => {
  expect(names('owner ada')).toEqual(['Ada Owner'])
})

test('who left is not offered, nor what has no name', () => {
  expect(names('adam')).toEqual(['Magda Adamska'])
  expect(names('')).not.toContain('')
})

test('an empty query offers people and staff first', () => {
  expect(names('').slice(0, 4)).toEqual(['Ada Owner', 'Analyst', 'Émile Zola', 'Magda Adamska'])
})

test('each is referred to as what it is; a project through its brief', () => {
  expect(mentionables('analyst', sources)).toEqual([{ reference: { kind: 'staff', id: 'analyst' }, name: 'Analyst', detail: 'Research' }])
  expect(mentionables('tides', sources)).toEqual([{ reference: { kind: 'doc', id: 'p1' }, name: 'Tides', detail: 'Project' }])
  expect(mentionables('plan.csv', sources)[0]?.reference).toEqual({ kind: 'file', id: 'f1' })
})

test('no more are offered than a list can show, also of twenty thousand', () => {
  const missions = Array.from({ length: 20_000 }, (_, n) => ({ id: `m${n}` as MissionId, title: `Mission ${n}`, status: 'backlog' as const }))
  expect(mentionables('mission 1', { ...sources, missions })).toHaveLength(10)
})
