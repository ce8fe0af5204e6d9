import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { docsOf, factsOf, missionsOf, projectsOf, readMission } from '#lib/board/board-document.ts'
import { createDoc } from '#lib/board/doc-edits.ts'
import { createMission, createProject, renameMission, setProject } from '#lib/board/edits.ts'
import type { ActorId, DocId, MissionId, ProjectId } from '#lib/board/ids.ts'
import { createProposal, editProposal, proposalsOf, readProposal } from '#lib/board/proposal.ts'
import { History } from './history.ts'

const one = 'one' as MissionId
const ann = 'ann' as ActorId

function history() {
  const doc = new Y.Doc()
  const steps = new History()
  steps.follow(doc)
  steps.step('Created one', (board) => createMission(board, { id: one, title: 'One' }, ann, 1))
  return { doc, steps }
}

test('each edit is a step of its own, however fast they follow', () => {
  const { doc, steps } = history()
  steps.step('Renamed it', (board) => renameMission(board, one, 'Uno'))
  steps.step('Renamed it again', (board) => renameMission(board, one, 'Eins'))
  expect(steps.undo()).toEqual({ words: 'Renamed it again' })
  expect(readMission(doc, one)?.title).toBe('Uno')
})

test('undone and done again, a step keeps its words', () => {
  const { doc, steps } = history()
  steps.step('Renamed it', (board) => renameMission(board, one, 'Uno'))
  steps.undo()
  expect(steps.redo()).toEqual({ words: 'Renamed it' })
  expect(readMission(doc, one)?.title).toBe('Uno')
  expect(steps.undo()).toEqual({ words: 'Renamed it' })
  expect(steps.redo()).toEqual({ words: 'Renamed it' })
})

test('several edits made as one are undone as one', () => {
  const { doc, steps } = history()
  steps.step('Made a project of it', (board) => {
    createProject(board, 'p' as ProjectId, 'Fair', 'green')
    setProject(board, one, 'p' as ProjectId)
  })
  steps.undo()
  expect(readMission(doc, one)?.projectId).toBeNull()
  expect(doc.getMap('projects').size).toBe(0)
})

test('edits of others are not undone', () => {
  const { doc, steps } = history()
  const other = new Y.Doc()
  Y.applyUpdate(other, Y.encodeStateAsUpdate(doc))
  renameMission(other, one, 'By somebody else')
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(other))
  steps.step('Autorun', (board) => missionsOf(board).get(one)?.set('autoRun', true))
  steps.undo()
  expect(readMission(doc, one)).toMatchObject({ title: 'By somebody else', autoRun: false })
})

test('a mission that has work on it by now is not undone away', () => {
  const { doc, steps } = history()
  factsOf(doc).set(one, { run: null, comments: 1, attachments: 0, artifacts: 0 })
  expect(steps.undo()).toEqual({ words: 'Created one', kept: one })
  expect(readMission(doc, one)).not.toBeNull()
})

test('with another document there is nothing left to undo', () => {
  const { steps } = history()
  steps.follow(new Y.Doc())
  expect(steps.canUndo).toBe(false)
  expect(steps.undo()).toBeNull()
})

test('the making of a project is not taken back from under its docs, nor from under missions that went into it later', () => {
  const fair = 'fair' as ProjectId
  const { doc, steps } = history()
  steps.step('Made a project of it', (board) => {
    createProject(board, fair, 'Fair', 'green')
    setProject(board, one, fair)
  })
  createDoc(doc, { id: 'plan' as DocId, title: 'Plan', projectId: fair }, ann, 1)
  expect(steps.undo()).toEqual({ words: 'Made a project of it', keptProject: fair })
  docsOf(doc).delete('plan')

  doc.transact(() => createMission(doc, { id: 'two' as MissionId, title: 'Two', projectId: fair }, ann, 1), 'somebody else')
  expect(steps.undo()).toEqual({ words: 'Made a project of it', keptProject: fair })
  missionsOf(doc).delete('two')

  expect(steps.undo()).toEqual({ words: 'Made a project of it' })
  expect(projectsOf(doc).has(fair)).toBe(false)
})

test('what lasts is not taken back', () => {
  const { doc, steps } = history()
  steps.last((board) => createProject(board, 'p' as ProjectId, 'Fair', 'green'))
  expect(steps.undo()).toEqual({ words: 'Created one' })
  expect(projectsOf(doc).has('p')).toBe(true)
})

function withProposal() {
  const { doc, steps } = history()
  const two = 'two' as MissionId
  doc.transact(() => createProposal(doc, { id: two, title: 'Two', by: ann, origin: { kind: 'api' } }, 1), 'server')
  steps.step('Labelled it', (board) => editProposal(board, two, { labels: ['fair'] }))
  return { doc, steps, two }
}

test('what was changed in a proposal is taken back, and done again', () => {
  const { doc, steps, two } = withProposal()
  expect(steps.undo()).toEqual({ words: 'Labelled it' })
  expect(readProposal(doc, two)?.labels).toEqual([])
  expect(steps.redo()).toEqual({ words: 'Labelled it' })
  expect(readProposal(doc, two)?.labels).toEqual(['fair'])
})

test.each(['approved', 'declined'])('nothing is taken back in a proposal that was %s since, and the step before it is', (state) => {
  const { doc, steps, two } = withProposal()
  steps.undo()
  steps.redo()
  proposalsOf(doc).get(two)?.set('state', state)
  expect(steps.undo()).toEqual({ words: 'Created one' })
  expect(readProposal(doc, two)?.labels).toEqual(['fair'])
})
