import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { ownEdit } from '#lib/board/edits.ts'
import type { CommentId, ReviewId } from '#lib/board/ids.ts'
import { limits } from '#lib/board/limits.ts'
import { addComment, addReview, commentsOf, deleteComment, descriptionOf, editComment, filesOf, reviewsOf, runsOf } from '#lib/board/mission-document.ts'
import { analyst, member, otherMember, owner, ruledDocument, viewer } from '../../../tests/support/rule-book.ts'
import { missionRules } from './mission.ts'

const ofMember = 'of-member' as CommentId
const ofStaff = 'of-staff' as CommentId
const fresh = 'fresh' as CommentId

const mission = () => ruledDocument(missionRules, (doc) => {
  addComment(doc, { id: ofMember, by: member.id, body: 'Mine' }, 1)
  addComment(doc, { id: ofStaff, by: analyst.id, body: 'I found this' }, 2)
  addReview(doc, { id: 'review' as ReviewId, by: member.id, verdict: 'approved', note: '', runId: null }, 3)
  filesOf(doc).set('file', { name: 'prices.csv', version: 2, hash: 'two', versions: [{ version: 1, hash: 'one' }, { version: 2, hash: 'two' }] })
  runsOf(doc).set('run', { state: 'succeeded' })
  descriptionOf(doc).insert(0, [new Y.XmlText('What it is about')])
})
const setting = (id: string, field: string, value: unknown) => (doc: Y.Doc) => commentsOf(doc).get(id)!.set(field, value)
const saying = (fields: Record<string, unknown>) => (doc: Y.Doc) => commentsOf(doc).set(fresh, new Y.Map(Object.entries(fields)))
const mayDo = { body: 'Words', createdAt: 5 }

describe('a comment', () => {
  test.each([['a member', member], ['an owner', owner], ['staff', analyst]])('is made, edited and deleted by whom it is of: %s', (_, actor) => {
    const { does } = mission()
    expect(does(actor, (doc) => addComment(doc, { id: fresh, by: actor.id, body: 'Hello', replyTo: ofMember, about: 'a part' }, 4))).toBe('allowed')
    expect(does(actor, (doc) => editComment(doc, fresh, 'Hello there', 5))).toBe('allowed')
    expect(does(actor, (doc) => deleteComment(doc, fresh))).toBe('allowed')
  })

  test('is not made by a viewer', () => {
    expect(mission().asks(viewer, (doc) => addComment(doc, { id: fresh, by: viewer.id, body: 'Hello' }, 4))).toBe('not_allowed')
  })

  test('[GATE5] names nobody else as its author', () => {
    for (const actor of [member, owner, analyst]) {
      expect(mission().asks(actor, saying({ ...mayDo, by: otherMember.id }))).toBe('forged_author')
    }
  })

  test('names its author', () => {
    expect(mission().asks(member, saying(mayDo))).toBe('forged_author')
    expect(mission().asks(member, saying({ ...mayDo, by: null }))).toBe('wrong_value')
  })

  test('[GATE5] is not given to somebody else later, nor taken', () => {
    expect(mission().asks(member, setting(ofMember, 'by', otherMember.id))).toBe('forged_author')
    expect(mission().asks(otherMember, setting(ofMember, 'by', otherMember.id))).toBe('forged_author')
    expect(mission().asks(owner, (doc) => commentsOf(doc).get(ofMember)!.delete('by'))).toBe('forged_author')
  })

  test('of another is edited by nobody, an owner included', () => {
    for (const actor of [otherMember, owner, analyst]) expect(mission().asks(actor, (doc) => editComment(doc, ofMember, 'Not what I said', 9))).toBe('not_allowed')
    expect(mission().asks(member, (doc) => editComment(doc, ofStaff, 'Not what it found', 9))).toBe('not_allowed')
  })

  test('of another is deleted by an owner only', () => {
    for (const actor of [otherMember, analyst]) expect(mission().asks(actor, (doc) => deleteComment(doc, ofMember))).toBe('not_allowed')
    expect(mission().asks(owner, (doc) => deleteComment(doc, ofMember))).toBe('allowed')
    expect(mission().asks(owner, (doc) => deleteComment(doc, ofStaff))).toBe('allowed')
  })

  test('of another is not replaced either, in one’s own name or in theirs', () => {
    expect(mission().asks(otherMember, (doc) => addComment(doc, { id: ofMember, by: otherMember.id, body: 'Mine now' }, 9))).toBe('not_allowed')
    expect(mission().asks(owner, (doc) => addComment(doc, { id: ofMember, by: member.id, body: 'Said nobody' }, 9))).toBe('forged_author')
  })

  test('of another loses no field', () => {
    expect(mission().asks(otherMember, (doc) => commentsOf(doc).get(ofMember)!.delete('body'))).toBe('not_allowed')
  })

  test('all at once are not deleted by who may delete one', () => {
    expect(mission().asks(member, (doc) => commentsOf(doc).clear())).toBe('not_allowed')
    expect(mission().asks(owner, (doc) => commentsOf(doc).clear())).toBe('allowed')
  })

  test('has values of their types and lengths', () => {
    expect(mission().asks(member, setting(ofMember, 'body', 'x'.repeat(limits.comment + 1)))).toBe('wrong_value')
    expect(mission().asks(member, setting(ofMember, 'body', new Y.Text('Rich')))).toBe('wrong_value')
    expect(mission().asks(member, setting(ofMember, 'createdAt', 'some day'))).toBe('wrong_value')
    expect(mission().asks(member, setting(ofMember, 'replyTo', { id: ofStaff }))).toBe('wrong_value')
    expect(mission().asks(member, setting(ofMember, 'reactions', ['+1']))).toBe('unknown_field')
    expect(mission().asks(member, setting(ofMember, 'valueOf', 1))).toBe('unknown_field')
    expect(mission().asks(member, (doc) => commentsOf(doc).set(fresh, 'plain words' as never))).toBe('wrong_value')
    expect(mission().asks(member, (doc) => commentsOf(doc).set(fresh, Y.Array.from(['by', member.id]) as never))).toBe('wrong_value')
  })

  test('written, rewritten and deleted offline is nothing to refuse; in another’s name it is', () => {
    const rewritten = (by: string) => (doc: Y.Doc) => {
      const history = new Y.UndoManager([commentsOf(doc)], { trackedOrigins: new Set([ownEdit]), captureTimeout: 0 })
      addComment(doc, { id: fresh, by: by as typeof member.id, body: 'H' }, 4)
      for (const body of ['He', 'Hel', 'Hello']) editComment(doc, fresh, body, 5)
      deleteComment(doc, fresh)
      history.undo()
    }
    expect(mission().asks(member, rewritten(member.id))).toBe('allowed')
    expect(mission().asks(otherMember, rewritten(member.id))).toBe('forged_author')
  })
})

describe('a review', () => {
  const review = (actor: { id: typeof member.id }) => (doc: Y.Doc) =>
    addReview(doc, { id: 'another' as ReviewId, by: actor.id, verdict: 'changes_requested', note: 'Shorter', runId: null }, 4)

  test('is given by people who may write, in their own name', () => {
    for (const actor of [member, owner]) expect(mission().asks(actor, review(actor))).toBe('allowed')
    expect(mission().asks(member, review(otherMember))).toBe('forged_author')
  })

  test('is not given by staff, nor by a viewer', () => {
    for (const actor of [analyst, viewer]) expect(mission().asks(actor, review(actor))).toBe('not_allowed')
  })

  test('is never changed, replaced or taken back, not by who gave it and not by an owner', () => {
    for (const actor of [member, owner, analyst]) {
      expect(mission().asks(actor, (doc) => reviewsOf(doc).get('review')!.set('verdict', 'changes_requested'))).toBe('not_allowed')
      expect(mission().asks(actor, (doc) => reviewsOf(doc).get('review')!.set('note', 'What I meant'))).toBe('not_allowed')
      expect(mission().asks(actor, (doc) => reviewsOf(doc).get('review')!.delete('note'))).toBe('not_allowed')
      expect(mission().asks(actor, (doc) => reviewsOf(doc).delete('review'))).toBe('not_allowed')
      expect(mission().asks(actor, (doc) => addReview(doc, { id: 'review' as ReviewId, by: actor.id, verdict: 'changes_requested', note: '', runId: null }, 9))).toBe('not_allowed')
    }
  })

  const judging = (fields: Record<string, unknown>) => (doc: Y.Doc) => reviewsOf(doc).set('another', new Y.Map<unknown>(Object.entries({
    by: member.id, verdict: 'changes_requested', note: 'Shorter', runId: null, createdAt: 4, ...fields,
  })))
  const quote = { source: 'description', text: 'What it is', from: null, to: null }

  test('quotes passages and names the versions it judged', () => {
    const files = [{ id: 'file', version: 2, hash: 'two', name: 'prices.csv' }, { id: 'gone', version: 1, hash: 'any', name: 'gone.csv' }]
    expect(mission().asks(member, judging({ quotes: [quote], files }))).toBe('allowed')
    expect(mission().asks(member, judging({ quotes: [{ ...quote, text: '' }] }))).toBe('wrong_value')
    expect(mission().asks(member, judging({ quotes: Array.from({ length: limits.quotes + 1 }, () => quote) }))).toBe('wrong_value')
    expect(mission().asks(member, judging({ files: [{ ...files[0], version: 0 }] }))).toBe('wrong_value')
    expect(mission().asks(member, judging({ files: [{ ...files[0], more: 1 }] }))).toBe('wrong_value')
  })

  test('[REVIEW2] does not name another content than a version has', () => {
    expect(mission().asks(member, judging({ files: [{ id: 'file', version: 1, hash: 'two', name: 'prices.csv' }] }))).toBe('wrong_value')
    expect(mission().asks(member, judging({ files: [{ id: 'file', version: 2, hash: 'one', name: 'prices.csv' }] }))).toBe('wrong_value')
    expect(mission().asks(member, judging({ files: [{ id: 'file', version: 1, hash: 'one', name: 'prices.csv' }] }))).toBe('allowed')
  })

  test('[REVIEW3] is not marked as taken back, or as given by a move, by anybody but the server', () => {
    expect(mission().asks(member, judging({ byMove: true }))).toBe('unknown_field')
    expect(mission().asks(owner, (doc) => reviewsOf(doc).get('review')!.set('withdrawnAt', 5))).toBe('unknown_field')
  })

  test('has one of two verdicts', () => {
    expect(mission().asks(member, (doc) => reviewsOf(doc).set('another', new Y.Map<unknown>(Object.entries({ by: member.id, verdict: 'maybe', note: '', runId: null, createdAt: 1 }))))).toBe('wrong_value')
  })
})

const withAttribute = (name: string, attribute: string, value: string) => {
  const element = new Y.XmlElement(name)
  element.setAttribute(attribute, value)
  return element
}

describe('the description', () => {
  const typing = (doc: Y.Doc) => descriptionOf(doc).insert(0, [new Y.XmlText('More')])

  test('is written by members and owners, as rich text of any depth', () => {
    for (const actor of [member, owner]) expect(mission().asks(actor, typing)).toBe('allowed')
    expect(mission().asks(member, (doc) => descriptionOf(doc).setAttribute('__dir', 'ltr'))).toBe('allowed')
    expect(mission().asks(member, (doc) => descriptionOf(doc).delete(0, 1))).toBe('allowed')
    expect(mission().asks(member, (doc) => descriptionOf(doc).insert(0, [withAttribute('image', '__src', 'missions://file/f1')]))).toBe('allowed')
    expect(mission().asks(member, (doc) => descriptionOf(doc).insert(0, [withAttribute('mention', '__target', 'missions://doc/d1')]))).toBe('allowed')
  })

  test.each<[string, (text: Y.XmlText, root: Y.XmlElement) => void]>([
    ['a document within it', (_, root) => root.insert(0, [new Y.Doc() as never])],
    ['bytes', (_, root) => root.insert(0, [new Uint8Array(8) as never])],
    ['a list of values', (text) => text.insertEmbed(0, new Y.Array() as never)],
    ['a format as long as a book', (text) => text.format(0, 1, { bold: 'x'.repeat(30_000) })],
    ['a property as long as a book', (_, root) => root.setAttribute('__url', 'x'.repeat(30_000))],
    ['a property of bytes', (_, root) => root.setAttribute('__url', new Uint8Array(8) as never)],
    ['a picture from elsewhere', (_, root) => root.insert(0, [withAttribute('image', '__src', 'https://example.org/spy.gif')])],
    ['a picture that is somebody', (_, root) => root.insert(0, [withAttribute('image', '__src', 'missions://person/ada')])],
    ['a picture that becomes one from elsewhere', (_, root) => root.setAttribute('__src', 'data:image/svg+xml,<svg/>')],
    ['a mention of an address', (_, root) => root.insert(0, [withAttribute('mention', '__target', 'javascript:alert(1)')])],
    ['something embedded as long as a book', (text) => text.insertEmbed(0, { src: 'x'.repeat(30_000) })],
  ])('[GATE3] does not hold %s', (_, write) => {
    const live = mission()
    expect(live.does(member, typing)).toBe('allowed')
    expect(live.asks(member, (doc) => write(descriptionOf(doc).get(0) as Y.XmlText, descriptionOf(doc) as Y.XmlElement))).toBe('wrong_value')
  })

  test('is not written by staff or viewers', () => {
    for (const actor of [analyst, viewer]) {
      expect(mission().asks(actor, typing)).toBe('not_allowed')
      expect(mission().asks(actor, (doc) => descriptionOf(doc).delete(0, 1))).toBe('not_allowed')
      expect(mission().asks(actor, (doc) => (descriptionOf(doc).get(0) as Y.XmlText).insert(0, 'Psst'))).toBe('not_allowed')
    }
  })
})

describe('[GATE9] what the server alone writes', () => {
  test.each<[string, (doc: Y.Doc) => void]>([
    ['a file', (doc) => filesOf(doc).set('forged', { name: 'invoice.pdf' })],
    ['a file, by deleting', (doc) => filesOf(doc).delete('file')],
    ['a run', (doc) => runsOf(doc).set('run', { state: 'failed' })],
    ['a run, by deleting', (doc) => runsOf(doc).delete('run')],
    ['files as a list', (doc) => doc.getMap('files').set('list', Y.Array.from([1]))],
  ])('%s', (_, edit) => {
    for (const actor of [owner, member, analyst]) expect(mission().asks(actor, edit)).toBe('not_allowed')
  })
})

test('[GATE3] a mission has no other roots', () => {
  expect(mission().asks(owner, (doc) => doc.getMap('notes').set('a', 1))).toBe('unknown_field')
  expect(mission().asks(owner, (doc) => doc.getText('').insert(0, 'a'))).toBe('unknown_field')
})
