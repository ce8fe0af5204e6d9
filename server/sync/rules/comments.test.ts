import { describe, expect, test } from 'vitest'
import type * as Y from 'yjs'
import { addComment, commentsOf, deleteComment, editComment, readComments, resolveComment, restoreComment } from '#lib/board/comments.ts'
import type { CommentId } from '#lib/board/ids.ts'
import type { Quote } from '#lib/board/quote.ts'
import { analyst, member, otherMember, owner, ruledDocument, viewer } from '../../../tests/support/rule-book.ts'
import { docRules } from './doc.ts'
import { missionRules } from './mission.ts'

const first = 'first' as CommentId
const reply = 'reply' as CommentId
const fresh = 'fresh' as CommentId
const quote: Quote = { source: 'body', text: 'the tide', from: 'AA==', to: null }

describe.each([['a mission', missionRules], ['a doc', docRules]])('a comment on %s', (_, rules) => {
  const talk = () => ruledDocument(rules, (doc) => {
    addComment(doc, { id: first, by: member.id, body: 'Mine' }, 1)
    addComment(doc, { id: reply, by: analyst.id, body: 'As I found', replyTo: first, threadAt: 1 }, 2)
  })
  const setting = (field: string, value: unknown) => (doc: Y.Doc) => commentsOf(doc).get(first)!.set(field, value)

  test('is made, edited and deleted by whom it is of, and brought back', () => {
    for (const actor of [member, owner, analyst]) {
      const { does, live } = talk()
      expect(does(actor, (doc) => addComment(doc, { id: fresh, by: actor.id, body: 'Hello', replyTo: first, threadAt: 1, quote }, 4))).toBe('allowed')
      expect(does(actor, (doc) => editComment(doc, fresh, 'Hello there', 5))).toBe('allowed')
      const written = readComments(live).find(({ id }) => id === fresh)!
      expect(written).toMatchObject({ quote, replyTo: first, threadAt: 1, edited: true })
      expect(does(actor, (doc) => deleteComment(doc, fresh))).toBe('allowed')
      expect(does(actor, (doc) => restoreComment(doc, written))).toBe('allowed')
      expect(readComments(live).find(({ id }) => id === fresh)).toEqual(written)
    }
  })

  test('is not made by a viewer, nor in another’s name', () => {
    expect(talk().asks(viewer, (doc) => addComment(doc, { id: fresh, by: viewer.id, body: 'Hello' }, 4))).toBe('not_allowed')
    expect(talk().asks(member, (doc) => addComment(doc, { id: fresh, by: otherMember.id, body: 'Hello' }, 4))).toBe('forged_author')
  })

  test('is settled and opened again by anybody who may comment, in their own name', () => {
    for (const actor of [member, otherMember, owner, analyst]) {
      const { does, live } = talk()
      expect(does(actor, (doc) => resolveComment(doc, first, actor.id, 7))).toBe('allowed')
      expect(readComments(live)[0]).toMatchObject({ resolvedBy: actor.id, resolvedAt: 7 })
      expect(does(otherMember, (doc) => resolveComment(doc, first, null, 8))).toBe('allowed')
      expect(readComments(live)[0]).toMatchObject({ resolvedBy: null, resolvedAt: null })
      expect(does(actor, (doc) => resolveComment(doc, reply, actor.id, 9))).toBe('allowed')
    }
  })

  test('is settled and opened again offline, one after the other', () => {
    expect(talk().asks(otherMember, (doc) => {
      resolveComment(doc, first, otherMember.id, 7)
      resolveComment(doc, first, null, 8)
      resolveComment(doc, first, otherMember.id, 9)
    })).toBe('allowed')
  })

  test('[GATE5] is settled in nobody else’s name, also by its author, nor made settled by another', () => {
    for (const actor of [member, otherMember, owner, analyst]) {
      expect(talk().asks(actor, (doc) => resolveComment(doc, first, 'somebody' as typeof member.id, 7))).toBe('forged_author')
    }
    expect(talk().asks(member, (doc) => {
      addComment(doc, { id: fresh, by: member.id, body: 'Settled by Max, I say' }, 4)
      resolveComment(doc, fresh, otherMember.id, 5)
    })).toBe('forged_author')
  })

  test('is not settled by a viewer, nor with what is no time', () => {
    expect(talk().asks(viewer, (doc) => resolveComment(doc, first, viewer.id, 7))).toBe('not_allowed')
    expect(talk().asks(otherMember, setting('resolvedAt', 'some day'))).toBe('wrong_value')
    expect(talk().asks(otherMember, setting('resolvedBy', 7))).toBe('wrong_value')
  })

  test('[GATE5] of another is not rewritten by whoever settles it', () => {
    const also = (edit: (comment: Y.Map<unknown>) => void) => (doc: Y.Doc) => doc.transact(() => {
      resolveComment(doc, first, otherMember.id, 7)
      edit(commentsOf(doc).get(first)!)
    })
    for (const actor of [otherMember]) {
      for (const [field, value] of Object.entries({ body: 'Not what I said', createdAt: 9, editedAt: 9, replyTo: reply, threadAt: 9, about: 'else', quote })) {
        expect(talk().asks(actor, also((comment) => comment.set(field, value)))).toBe('not_allowed')
      }
      expect(talk().asks(actor, also((comment) => comment.set('by', actor.id)))).toBe('forged_author')
      expect(talk().asks(actor, also((comment) => comment.delete('body')))).toBe('not_allowed')
      expect(talk().asks(actor, (doc) => {
        const { body: _, ...settled } = readComments(doc)[0]!
        commentsOf(doc).set(first, new (commentsOf(doc).get(first)!.constructor as typeof Y.Map)(Object.entries({ ...settled, by: member.id, body: 'Rewritten', resolvedBy: actor.id })))
      })).not.toBe('allowed')
    }
  })

  test('quotes a passage and nothing else', () => {
    expect(talk().asks(member, setting('quote', quote))).toBe('allowed')
    expect(talk().asks(member, setting('quote', null))).toBe('allowed')
    for (const value of ['the tide', { ...quote, source: 'elsewhere' }, { ...quote, text: 'x'.repeat(5_000) }, { ...quote, more: 1 }, [quote]]) {
      expect(talk().asks(member, setting('quote', value))).toBe('wrong_value')
    }
  })

  test('is deleted by its author and by owners, with replies to it that stay', () => {
    for (const actor of [member, owner]) {
      const { does, live } = talk()
      expect(does(actor, (doc) => deleteComment(doc, first))).toBe('allowed')
      expect(readComments(live).map(({ id }) => id)).toEqual([reply])
    }
    expect(talk().asks(otherMember, (doc) => deleteComment(doc, first))).toBe('not_allowed')
  })
})

test('[GATE9] the files of a doc are the server’s', () => {
  for (const actor of [owner, member, analyst]) {
    expect(ruledDocument(docRules).asks(actor, (doc) => doc.getMap('files').set('f', { name: 'x' }))).toBe('not_allowed')
  }
})
