import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { directoryOf, docsOf, factsOf, missionsOf, projectsOf } from '#lib/board/board-document.ts'
import { archiveDoc, createDoc, deleteDoc, moveDoc, renameDoc } from '#lib/board/doc-edits.ts'
import { archiveMission, createMission, createProject, moveMission, ownEdit, renameMission } from '#lib/board/edits.ts'
import type { DocId, MissionId, ProjectId } from '#lib/board/ids.ts'
import { limits } from '#lib/board/limits.ts'
import { analyst, member, otherMember, owner, ruledDocument, viewer } from '../../../tests/support/rule-book.ts'
import { boardRules } from './board.ts'

const first = 'first' as MissionId
const fresh = 'fresh' as MissionId
const project = 'project' as ProjectId
const page = 'page' as DocId
const below = 'below' as DocId

const board = () => ruledDocument(boardRules, (doc) => {
  createMission(doc, { id: first, title: 'Plan the fair' }, member.id, 1)
  createProject(doc, project, 'Fair', 'blue')
  createDoc(doc, { id: page, title: 'Plan', projectId: project }, member.id, 1)
  createDoc(doc, { id: below, title: 'Stalls', projectId: project, parentId: page }, member.id, 1)
  factsOf(doc).set(first, { comments: 2 })
  directoryOf(doc).set(member.id, { kind: 'person', name: 'Mia' })
})
/** A value that is a shared type is made anew each time: it can live in one document only. */
const setting = (field: string, value: unknown) => (doc: Y.Doc) => missionsOf(doc).get(first)!.set(field, typeof value === 'function' ? value() : value)
const making = (fields: Record<string, unknown>) => (doc: Y.Doc) => missionsOf(doc).set(fresh, new Y.Map(Object.entries(fields)))

describe('members and owners', () => {
  test.each([['member', member], ['owner', owner]])('a %s makes, renames, moves, archives and deletes missions', (_, actor) => {
    const { does } = board()
    expect(does(actor, (doc) => createMission(doc, { id: fresh, title: 'New' }, actor.id, 2))).toBe('allowed')
    expect(does(actor, (doc) => renameMission(doc, first, 'Renamed'))).toBe('allowed')
    expect(does(actor, (doc) => moveMission(doc, first, 'done', 0))).toBe('allowed')
    expect(does(actor, (doc) => archiveMission(doc, fresh, 3))).toBe('allowed')
    expect(does(actor, (doc) => missionsOf(doc).delete(fresh))).toBe('allowed')
  })

  test('a member changes a mission that somebody else made', () => {
    expect(board().asks(otherMember, setting('title', 'Better'))).toBe('allowed')
  })

  test('a member makes, renames and deletes projects', () => {
    const { does } = board()
    expect(does(member, (doc) => createProject(doc, 'another' as ProjectId, 'Another', 'red'))).toBe('allowed')
    expect(does(member, (doc) => projectsOf(doc).get(project)!.set('name', 'Spring fair'))).toBe('allowed')
    expect(does(member, (doc) => projectsOf(doc).delete(project))).toBe('allowed')
  })

  test('a board holds no more missions than it may', () => {
    const full = ruledDocument(boardRules, (doc) => doc.transact(() => {
      for (let n = 0; n < limits.missions; n++) missionsOf(doc).set(`m${n}`, new Y.Map())
    }))
    expect(full.asks(member, (doc) => createMission(doc, { id: fresh, title: 'One more' }, member.id, 1))).toBe('not_allowed')
  })
})

describe('docs', () => {
  const newDoc = (doc: Y.Doc) => createDoc(doc, { id: 'another' as DocId, title: 'Another', projectId: project }, member.id, 2)
  const inDoc = (field: string, value: unknown) => (doc: Y.Doc) => docsOf(doc).get(page)!.set(field, value)

  test('a member makes, renames, moves, deletes and finally deletes them, also those of somebody else', () => {
    for (const actor of [member, otherMember, owner]) {
      const { does } = board()
      expect(does(actor, (doc) => createDoc(doc, { id: 'another' as DocId, title: 'Another', projectId: project }, actor.id, 2))).toBe('allowed')
      expect(does(actor, (doc) => renameDoc(doc, page, 'The plan'))).toBe('allowed')
      expect(does(actor, (doc) => void moveDoc(doc, project, below, { parentId: null, index: 0 }))).toBe('allowed')
      expect(does(actor, (doc) => archiveDoc(doc, page, 3))).toBe('allowed')
      expect(does(actor, (doc) => deleteDoc(doc, project, page))).toBe('allowed')
    }
  })

  test('a viewer and staff do none of it', () => {
    for (const actor of [viewer, analyst]) {
      expect(board().asks(actor, (doc) => createDoc(doc, { id: 'another' as DocId, title: 'Another', projectId: project }, actor.id, 2))).toBe('not_allowed')
      expect(board().asks(actor, (doc) => renameDoc(doc, page, 'The plan'))).toBe('not_allowed')
      expect(board().asks(actor, (doc) => void moveDoc(doc, project, below, { parentId: null, index: 0 }))).toBe('not_allowed')
      expect(board().asks(actor, (doc) => docsOf(doc).delete(page))).toBe('not_allowed')
    }
  })

  test('[GATE5] who made one is oneself, and stays', () => {
    expect(board().asks(otherMember, newDoc)).toBe('forged_author')
    expect(board().asks(otherMember, inDoc('createdBy', otherMember.id))).toBe('forged_author')
  })

  test.each<[string, unknown]>([
    ['title', 7], ['title', 'x'.repeat(limits.title + 1)], ['projectId', null], ['projectId', 'a/b'], ['parentId', 7], ['rank', null], ['archivedAt', 'soon'],
  ])('[GATE3] %s does not take %j', (field, value) => {
    expect(board().asks(member, inDoc(field, value))).toBe('wrong_value')
  })

  test('[GATE3] nor is there any other field', () => {
    expect(board().asks(member, inDoc('body', 'text'))).toBe('unknown_field')
  })

  test('a board holds no more docs than it may', () => {
    const full = ruledDocument(boardRules, (doc) => doc.transact(() => {
      for (let n = 0; n < limits.docs; n++) docsOf(doc).set(`d${n}`, new Y.Map())
    }))
    expect(full.asks(member, (doc) => createDoc(doc, { id: page, title: 'One more', projectId: project }, member.id, 1))).toBe('not_allowed')
  })
})

describe('a viewer', () => {
  test.each([
    ['makes no mission', making({ title: 'New' })],
    ['renames none', setting('title', 'Renamed')],
    ['deletes none', (doc: Y.Doc) => missionsOf(doc).delete(first)],
    ['makes no project', (doc: Y.Doc) => createProject(doc, 'another' as ProjectId, 'Another', 'red')],
  ])('%s', (_, edit) => {
    expect(board().asks(viewer, edit)).toBe('not_allowed')
  })
})

describe('staff', () => {
  test('propose and change missions', () => {
    const { does } = board()
    expect(does(analyst, (doc) => createMission(doc, { id: fresh, title: 'Proposed' }, analyst.id, 2))).toBe('allowed')
    expect(does(analyst, (doc) => moveMission(doc, first, 'review', 0))).toBe('allowed')
  })

  test.each<[string, (doc: Y.Doc) => void]>([
    ['as a value', setting('status', 'done')],
    ['in a new mission', making({ title: 'New', status: 'done', createdBy: analyst.id })],
    ['in a mission put in the place of another', (doc) => missionsOf(doc).set(first, new Y.Map([['status', 'done']]))],
    ['as a value of several', (doc) => sendingSeveral(doc, ['done', 'review'])],
    ['and away again, in the same update', (doc) => { setting('status', 'done')(doc); setting('status', 'review')(doc) }],
  ])('[GATE4] never move a mission to Done: %s', (_, edit) => {
    expect(board().asks(analyst, (doc) => { keeping(doc); edit(doc) })).toBe('not_allowed')
  })

  test.each<[string, (doc: Y.Doc) => void]>([
    ['in an array', setting('status', () => Y.Array.from(['done']))],
    ['in a map', setting('status', () => new Y.Map([['status', 'done']]))],
    ['as a text', setting('status', () => new Y.Text('done'))],
    ['in a list as a value', setting('status', ['done'])],
    ['in other letters', setting('status', 'Done')],
    ['as bytes', setting('status', new Uint8Array([1]))],
  ])('nobody sets a status that is none: %s', (_, edit) => {
    expect(board().asks(analyst, edit)).not.toBe('allowed')
    expect(board().asks(member, edit)).toBe('wrong_value')
  })

  test('delete and replace no mission, and make no project', () => {
    const { asks } = board()
    expect(asks(analyst, (doc) => missionsOf(doc).delete(first))).toBe('not_allowed')
    expect(asks(analyst, (doc) => missionsOf(doc).set(first, new Y.Map([['title', 'Replaced']])))).toBe('not_allowed')
    expect(asks(analyst, (doc) => createProject(doc, 'another' as ProjectId, 'Another', 'red'))).toBe('not_allowed')
    expect(asks(analyst, (doc) => projectsOf(doc).get(project)!.set('name', 'Renamed'))).toBe('not_allowed')
  })
})

describe('[GATE5] who made a mission', () => {
  test('is oneself', () => {
    expect(board().asks(member, making({ title: 'New', createdBy: otherMember.id }))).toBe('forged_author')
    expect(board().asks(analyst, making({ title: 'New', createdBy: member.id }))).toBe('forged_author')
  })

  test('may be left out', () => {
    expect(board().asks(member, making({ title: 'New' }))).toBe('allowed')
    expect(board().asks(member, making({ title: 'New', createdBy: null }))).toBe('allowed')
  })

  test('is not changed afterwards, by nobody', () => {
    for (const actor of [member, otherMember, owner, analyst]) {
      expect(board().asks(actor, setting('createdBy', actor === member ? otherMember.id : actor.id))).toBe('forged_author')
      expect(board().asks(actor, (doc) => missionsOf(doc).get(first)!.delete('createdBy'))).toBe('forged_author')
    }
  })

  test('is not named first and set right in the same update', () => {
    expect(board().asks(member, (doc) => {
      keeping(doc)
      making({ title: 'New', createdBy: otherMember.id })(doc)
      missionsOf(doc).get(fresh)!.set('createdBy', member.id)
    })).toBe('forged_author')
  })
})

describe('[GATE9] what the server alone writes', () => {
  test.each<[string, (doc: Y.Doc) => void]>([
    ['facts', (doc) => factsOf(doc).set(first, { comments: 99 })],
    ['facts, by deleting', (doc) => factsOf(doc).delete(first)],
    ['the directory', (doc) => directoryOf(doc).set('mallory', { kind: 'person', name: 'Ada Owner' })],
    ['the directory, by deleting', (doc) => directoryOf(doc).delete(member.id)],
  ])('%s: not by an owner either', (_, edit) => {
    for (const actor of [owner, member, analyst]) expect(board().asks(actor, edit)).toBe('not_allowed')
  })
})

describe('[GATE3] a board has nothing but what it has', () => {
  test.each<[string, (doc: Y.Doc) => void]>([
    ['another root', (doc) => doc.getMap('secrets').set('key', 1)],
    ['another list at the root', (doc) => doc.getArray('missions2').push([1])],
    ['another field of a mission', setting('budget', 12)],
    ['a field that every object in JavaScript has', setting('constructor', 'x'.repeat(1_000))],
    ['another such', setting('toString', 1)],
    ['and the prototype', setting('__proto__', 1)],
    ['another field of a project', (doc) => projectsOf(doc).get(project)!.set('owner', 'mallory')],
  ])('%s', (_, edit) => {
    expect(board().asks(member, edit)).toBe('unknown_field')
  })
})

describe('[GATE3] values have their types and lengths', () => {
  test.each<[string, (doc: Y.Doc) => void]>([
    ['a title is a text', setting('title', 7)],
    ['a title is not a rich text', setting('title', () => new Y.Text('Title'))],
    ['a title has a longest length', setting('title', 'x'.repeat(limits.title + 1))],
    ['a rank has a longest length', setting('rank', 'a'.repeat(limits.rank + 1))],
    ['autoRun is yes or no', setting('autoRun', 'yes')],
    ['a label is a text', setting('labels', [1])],
    ['labels are not without end', setting('labels', Array.from({ length: limits.labels + 1 }, String))],
    ['an assignee is an id', setting('assigneeId', '../../etc')],
    ['a time is a time', setting('createdAt', Number.NaN)],
    ['a time may be a text, but one that says a time', setting('archivedAt', 'yesterday')],
    ['a project’s name has a longest length', (doc) => projectsOf(doc).get(project)!.set('name', 'x'.repeat(limits.name + 1))],
    ['a mission is not a plain value', (doc) => missionsOf(doc).set(fresh, { title: 'New' } as never)],
    ['a mission is not an array', (doc) => missionsOf(doc).set(fresh, Y.Array.from(['New']) as never)],
    ['a mission is not a hook of XML, which is a map to JavaScript', (doc) => missionsOf(doc).set(fresh, new Y.XmlHook('mission') as never)],
    ['an id has letters, digits, - and _', (doc) => missionsOf(doc).set('a/b', new Y.Map())],
    ['an id is not without end', (doc) => missionsOf(doc).set('m'.repeat(65), new Y.Map())],
    ['a mission holds no map', setting('labels', () => new Y.Map())],
    ['a mission that is not to stay holds none either', (doc) => { keeping(doc); making({ title: new Y.Map([['deep', 1]]) })(doc); missionsOf(doc).delete(fresh) }],
  ])('%s', (_, edit) => {
    expect(board().asks(member, edit)).toBe('wrong_value')
  })

  test('what is empty is allowed', () => {
    for (const field of ['projectId', 'assigneeId', 'priority', 'dueOn', 'archivedAt']) expect(board().asks(member, setting(field, null)), field).toBe('allowed')
  })

  test('a time may be a number or ISO 8601', () => {
    expect(board().asks(member, setting('archivedAt', 1_700_000_000_000))).toBe('allowed')
    expect(board().asks(member, setting('archivedAt', '2026-01-05T09:00:00Z'))).toBe('allowed')
  })

  test('list items have no place in a map', () => {
    const { live, sends } = board()
    const list = new Y.Doc()
    list.getArray('missions').push(['smuggled'])
    expect(sends(member, Y.encodeStateAsUpdate(list))).toBe('wrong_value')
    expect(missionsOf(live).size).toBe(1)
  })
})

describe('edits that were made offline come together', () => {
  test('with values in between, whether the client kept them for its undo or not', () => {
    for (const keep of [true, false]) {
      expect(board().asks(member, (doc) => {
        if (keep) keeping(doc)
        for (const title of ['Pl', 'Plan', 'Plan the', 'Plan the spring fair']) renameMission(doc, first, title)
        createMission(doc, { id: fresh, title: '' }, member.id, 2)
        for (const title of ['N', 'Ne', 'New']) renameMission(doc, fresh, title)
        moveMission(doc, fresh, 'in_progress', 0)
      })).toBe('allowed')
    }
  })

  test('a value in between has to be allowed as well', () => {
    expect(board().asks(member, (doc) => {
      keeping(doc)
      for (const title of ['x'.repeat(limits.title + 1), 'b', 'c']) renameMission(doc, first, title)
    })).toBe('wrong_value')
  })

  test('a mission that was made and deleted before anybody saw it is nothing to refuse', () => {
    for (const actor of [member, analyst]) {
      expect(board().asks(actor, (doc) => {
        createMission(doc, { id: fresh, title: 'A mistake' }, actor.id, 2)
        missionsOf(doc).delete(fresh)
      })).toBe('allowed')
    }
  })

  test('deletes, undone and done again, merged into one update', () => {
    expect(board().asks(member, (doc) => {
      const history = keeping(doc)
      createMission(doc, { id: fresh, title: 'New' }, member.id, 2)
      history.undo()
      history.redo()
      renameMission(doc, fresh, 'Newer')
      history.undo()
    })).toBe('allowed')
  })

  test('one edit that is refused refuses them all', () => {
    expect(board().asks(member, (doc) => {
      renameMission(doc, first, 'Fine')
      factsOf(doc).set(first, {})
    })).toBe('not_allowed')
  })
})

/** A history keeps what it could bring back: values in between are then sent, where else they are gone. */
const keeping = (doc: Y.Doc) => new Y.UndoManager([missionsOf(doc), projectsOf(doc)], { trackedOrigins: new Set([ownEdit, null]), captureTimeout: 0 })

/** One item with several values, as Yjs merges those that a history kept. */
function sendingSeveral(doc: Y.Doc, values: string[]) {
  const mission = missionsOf(doc).get(first)!
  for (const value of [...values, 'backlog']) mission.set('status', value)
}
