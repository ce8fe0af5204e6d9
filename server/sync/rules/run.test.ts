import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { limits } from '#lib/board/limits.ts'
import { appendDraft, appendEntries, draftOf, entriesOf, runStateOf, type LogEntry } from '#lib/board/run-document.ts'
import { analyst, member, owner, ruledDocument, viewer, working } from '../../../tests/support/rule-book.ts'
import { docRules } from './doc.ts'
import { runRules } from './run.ts'

const entry = (seq: number): LogEntry => ({ seq, at: 1, kind: 'step', text: `Step ${seq}` })
const second = (run: string, attempt: number) => attempt === 2 && (run === 'run' || run === 'other')

const run = () => ruledDocument(runRules('run', second), (doc) => {
  appendEntries(doc, [entry(0)])
  appendDraft(doc, 'So far')
  runStateOf(doc).set('state', 'running')
})
const record = (doc: Y.Doc) => {
  appendEntries(doc, [entry(1), entry(2)])
  appendDraft(doc, ' and on')
  runStateOf(doc).set('progress', 0.5)
}

describe('the record of a run', () => {
  test('[RUN2] is written by the worker that holds it', () => {
    expect(run().asks(working('run', 2), record)).toBe('allowed')
    expect(run().asks(working('run', 2), (doc) => draftOf(doc).delete(0, 3))).toBe('allowed')
  })

  test('is not written by a worker whose attempt is over', () => {
    expect(run().asks(working('run', 1), record)).toBe('not_allowed')
  })

  test('is not written by a worker that holds another run', () => {
    expect(run().asks(working('other', 2), record)).toBe('not_allowed')
  })

  test('is not written by staff without a run, nor by people of any role', () => {
    for (const actor of [analyst, owner, member, viewer]) expect(run().asks(actor, record)).toBe('not_allowed')
  })

  test('goes on after what is there', () => {
    expect(run().asks(working('run', 2), (doc) => appendEntries(doc, [entry(0)]))).toBe('wrong_value')
    expect(run().asks(working('run', 2), (doc) => appendEntries(doc, [entry(7)]))).toBe('allowed')
  })

  test('keeps its entries', () => {
    expect(run().asks(working('run', 2), (doc) => entriesOf(doc).delete(0, 1))).toBe('not_allowed')
  })

  test.each<[string, string, (doc: Y.Doc) => void]>([
    ['wrong_value', 'an entry has all its fields', (doc) => entriesOf(doc).push([{ seq: 1, text: 'half' }])],
    ['wrong_value', 'an entry’s number is new', (doc) => appendEntries(doc, [entry(1), entry(1)])],
    ['wrong_value', 'entries are numbered upwards', (doc) => appendEntries(doc, [entry(2), entry(1)])],
    ['wrong_value', 'an entry’s text has a longest length', (doc) => appendEntries(doc, [{ ...entry(1), text: 'x'.repeat(limits.logEntry + 1) }])],
    ['wrong_value', 'an entry is no shared type', (doc) => entriesOf(doc).push([new Y.Map()])],
    ['unknown_field', 'entries are a list', (doc) => doc.getMap('entries').set('key', entry(1))],
    ['wrong_value', 'the draft is plain', (doc) => draftOf(doc).insertEmbed(0, { image: 1 })],
    ['wrong_value', 'the draft has no formats', (doc) => draftOf(doc).format(0, 2, { bold: true })],
    ['wrong_value', 'the draft has a longest length', (doc) => appendDraft(doc, 'x'.repeat(limits.draft))],
    ['wrong_value', 'the state has short values', (doc) => runStateOf(doc).set('state', 'x'.repeat(limits.title + 1))],
    ['wrong_value', 'the state has no types', (doc) => runStateOf(doc).set('state', new Y.Map())],
    ['unknown_field', 'there are no other roots', (doc) => doc.getArray('notes').push([1])],
  ])('%s: %s', (code, _, edit) => {
    // Another client writes with another type under the same name.
    const fresh = ruledDocument(runRules('run', second), (doc) => appendDraft(doc, 'So far'))
    expect(fresh.asks(working('run', 2), edit)).toBe(code)
  })
})

describe('a project’s doc', () => {
  const doc = () => ruledDocument(docRules)
  const typing = (text: Y.Doc) => (text.get('body', Y.XmlElement) as Y.XmlElement).insert(0, [new Y.XmlText('Brief')])

  test('is written by members and owners', () => {
    for (const actor of [member, owner]) expect(doc().asks(actor, typing)).toBe('allowed')
  })

  test('is not written by viewers, nor by staff from outside', () => {
    for (const actor of [viewer, analyst]) expect(doc().asks(actor, typing)).toBe('not_allowed')
  })

  test('has a body and nothing else', () => {
    expect(doc().asks(owner, (text) => text.getMap('meta').set('a', 1))).toBe('unknown_field')
  })
})
