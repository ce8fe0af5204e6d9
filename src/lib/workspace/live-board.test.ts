import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { directoryOf, factsOf } from '#lib/board/board-document.ts'
import { createDoc, moveDoc, renameDoc } from '#lib/board/doc-edits.ts'
import { archiveMission, createMission, createProject, moveMission, renameMission, setProject } from '#lib/board/edits.ts'
import type { ActorId, DocId, MissionId, ProjectId } from '#lib/board/ids.ts'
import { noFacts, type Mission } from '#lib/board/mission.ts'
import { LiveBoard } from './live-board.ts'

const ann = 'ann' as ActorId
const id = (name: string) => name as MissionId

const painted = (name: string, rank: string): Mission & { facts: typeof noFacts } => ({
  id: id(name), title: name, status: 'backlog', rank, projectId: null, assigneeId: null, reviewerId: null, autoRun: false, priority: 'none', labels: [], dueOn: null, blockedBy: [],
  createdBy: ann, createdAt: 1, archivedAt: null, facts: noFacts,
})
const nothing = { missions: [], projects: [], docs: [], directory: [] }

function board(...names: string[]) {
  const doc = new Y.Doc()
  names.forEach((name, at) => createMission(doc, { id: id(name), title: name }, ann, at))
  return doc
}

test('before it is live it shows the snapshot', () => {
  const live = new LiveBoard({ ...nothing, missions: [painted('b', 'a1'), painted('a', 'a0')] })
  expect(live.column('backlog')).toEqual(['a', 'b'])
  expect(live.mission(id('a'))?.title).toBe('a')
})

test('attached, it shows the document and lets go of what the document does not have', () => {
  const live = new LiveBoard({ ...nothing, missions: [painted('gone', 'a0')] })
  live.attach(board('one', 'two'))
  expect(live.column('backlog')).toEqual(['one', 'two'])
  expect(live.mission(id('gone'))).toBeNull()
})

test('a mission that is the same in snapshot and document stays the same object', () => {
  const doc = board('one', 'two')
  const first = new LiveBoard(nothing)
  first.attach(doc)
  const missions = first.column('backlog').map((each) => ({ ...first.mission(each)!, facts: noFacts }))
  const live = new LiveBoard({ ...nothing, missions })
  const before = live.mission(id('one'))
  live.attach(doc)
  expect(live.mission(id('one'))).toBe(before)
})

test('an edit renews the mission it touches and no other', () => {
  const doc = board('one', 'two')
  const live = new LiveBoard(nothing)
  live.attach(doc)
  const other = live.mission(id('two'))
  const column = live.column('backlog')
  renameMission(doc, id('one'), 'renamed')
  expect(live.mission(id('one'))?.title).toBe('renamed')
  expect(live.mission(id('two'))).toBe(other)
  expect(live.column('backlog')).toBe(column)
})

test('moved and archived missions change columns; an archived one is still known', () => {
  const doc = board('one', 'two', 'three')
  const live = new LiveBoard(nothing)
  live.attach(doc)
  moveMission(doc, id('three'), 'backlog', 0)
  moveMission(doc, id('one'), 'review', 0)
  archiveMission(doc, id('two'), 5)
  expect(live.column('backlog')).toEqual(['three'])
  expect(live.column('review')).toEqual(['one'])
  expect(live.mission(id('two'))?.archivedAt).toBe(5)
})

test('facts, projects and the directory follow', () => {
  const doc = board('one')
  const live = new LiveBoard(nothing)
  live.attach(doc)
  factsOf(doc).set('one', { run: null, comments: 3, attachments: 0, artifacts: 0 })
  createProject(doc, 'p' as ProjectId, 'Fair', 'green')
  directoryOf(doc).set('ann', { kind: 'person', name: 'Ann', role: 'owner', avatar: null })
  directoryOf(doc).set('bob', { kind: 'person', name: 'Bob', role: 'former', avatar: null })
  directoryOf(doc).set('analyst', { kind: 'staff', name: 'Analyst', role: 'Research', avatar: null })
  expect(live.facts(id('one')).comments).toBe(3)
  expect(live.projects.map(({ name }) => name)).toEqual(['Fair'])
  expect(live.member('bob' as ActorId)?.name).toBe('Bob')
  expect(live.assignable.people.map(({ name }) => name)).toEqual(['Ann'])
  expect(live.assignable.staff.map(({ name }) => name)).toEqual(['Analyst'])
})

test('a document in place of another is shown as it is, and the one before is not heard any more', () => {
  const before = board('one')
  const live = new LiveBoard(nothing)
  live.attach(before)
  live.attach(board('two'))
  renameMission(before, id('one'), 'unheard')
  expect(live.column('backlog')).toEqual(['two'])
  expect(live.mission(id('one'))).toBeNull()
})

test('the columns of one project follow what comes into it, goes and moves, and no other is made anew', () => {
  const [fair, boat] = ['fair', 'boat'] as ProjectId[]
  const doc = board('one', 'two', 'three')
  const live = new LiveBoard(nothing)
  live.attach(doc)
  for (const name of ['three', 'one']) setProject(doc, id(name), fair!)
  expect(live.column('backlog', fair)).toEqual(['one', 'three'])
  expect(live.column('backlog', 'none')).toEqual(['two'])
  expect([live.indexOf(id('three'), fair), live.indexOf(id('three')), live.indexOf(id('two'), fair)]).toEqual([1, 2, -1])

  const [done, none] = [live.column('done', fair), live.column('backlog', 'none')]
  moveMission(doc, id('three'), 'backlog', 0)
  expect(live.column('backlog', fair)).toEqual(['three', 'one'])
  expect(live.column('done', fair)).toBe(done)
  expect(live.column('backlog', 'none')).toBe(none)

  setProject(doc, id('one'), boat!)
  archiveMission(doc, id('three'), 5)
  expect(live.column('backlog', fair)).toEqual([])
  expect(live.column('backlog', boat)).toEqual(['one'])
  expect(live.column('backlog')).toEqual(['one', 'two'])
})

test('a board painted by the server has the columns of its projects, and its docs, before it is live', () => {
  const fair = 'fair' as ProjectId
  const page = { id: 'plan' as DocId, title: 'Plan', projectId: fair, parentId: null, rank: 'a0', createdBy: ann, createdAt: 1, archivedAt: null }
  const live = new LiveBoard({ ...nothing, missions: [{ ...painted('a', 'a0'), projectId: fair }, painted('b', 'a1')], docs: [page] })
  expect(live.column('backlog', fair)).toEqual(['a'])
  expect(live.docTree(fair).map(({ doc }) => doc.title)).toEqual(['Plan'])
})

test('the tree of docs is the same one until a doc changes', () => {
  const fair = 'fair' as ProjectId
  const [plan, stalls] = ['plan', 'stalls'] as DocId[]
  const doc = board('one')
  for (const each of [plan!, stalls!]) createDoc(doc, { id: each, title: each, projectId: fair }, ann, 1)
  const live = new LiveBoard(nothing)
  live.attach(doc)
  const tree = live.docTree(fair)
  renameMission(doc, id('one'), 'renamed')
  expect(live.docTree(fair)).toBe(tree)
  renameDoc(doc, plan!, 'The plan')
  moveDoc(doc, fair, stalls!, { parentId: plan!, index: 0 })
  expect(live.docTree(fair).map(({ doc: { title }, children }) => [title, children.length])).toEqual([['The plan', 1]])
  expect(live.doc(plan!)?.title).toBe('The plan')
})
