import { ObservableV2 } from 'lib0/observable'
import { beforeEach, expect, test, vi } from 'vitest'
import * as Y from 'yjs'
import type { RunId } from '#lib/board/ids.ts'
import { appendDraft, appendEntries, draftOf, entriesOf, type LogEntry } from '#lib/board/run-document.ts'
import type { Connection } from '#lib/sync/connection.ts'
import { LiveRun } from './live-run.ts'

class Document extends ObservableV2<{ change: () => void; replaced: () => void }> {
  doc = new Y.Doc()
  ready = false
}

const entry = (seq: number): LogEntry => ({ seq, at: 1_000 + seq, kind: 'step', text: `Step ${seq}` })

let document: Document
let frames: (() => void)[]
const draw = () => {
  for (const frame of frames.splice(0)) frame()
}

beforeEach(() => {
  document = new Document()
  frames = []
  vi.stubGlobal('requestAnimationFrame', (frame: () => void) => frames.push(frame))
  vi.stubGlobal('cancelAnimationFrame', () => (frames = []))
})

function open() {
  const live = new LiveRun('run1' as RunId)
  const close = live.open({ open: () => document, close: () => {} } as unknown as Connection)
  return { live, close }
}

const seqs = (live: LiveRun) => live.entries.map(({ seq }) => seq)

test('entries stand in the order in which they were written, each once', () => {
  appendEntries(document.doc, [entry(0), entry(1)])
  const { live } = open()
  appendEntries(document.doc, [entry(2)])
  appendEntries(document.doc, [entry(3), entry(4)])
  expect(seqs(live)).toEqual([0, 1, 2, 3, 4])
})

test('a log that is trimmed at its beginning shows what is left', () => {
  appendEntries(document.doc, [entry(0), entry(1), entry(2)])
  const { live } = open()
  document.doc.transact(() => {
    entriesOf(document.doc).delete(0, 2)
    entriesOf(document.doc).push([entry(3)])
  })
  expect(seqs(live)).toEqual([2, 3])
})

test('what is no entry is left out, also when it comes live', () => {
  const { live } = open()
  entriesOf(document.doc).push(['no entry', { seq: 'x' }])
  appendEntries(document.doc, [entry(0)])
  expect(seqs(live)).toEqual([0])
})

test('only what was written while one watches is new', () => {
  appendEntries(document.doc, [entry(0)])
  const { live } = open()
  expect(live.isNew(entry(0))).toBe(false)
  document.ready = true
  document.emit('change', [])
  appendEntries(document.doc, [entry(1)])
  expect(live.entries.map(live.isNew)).toEqual([false, true])
})

test('a draft is shown once a frame, and within an epoch it only grows', () => {
  const { live } = open()
  draw()
  const { epoch } = live.draft
  appendDraft(document.doc, 'One ')
  appendDraft(document.doc, 'two ')
  expect(live.draft.text).toBe('')
  expect(frames).toHaveLength(1)
  draw()
  expect(live.draft).toEqual({ text: 'One two ', epoch })
})

test('a draft that is begun anew is another epoch', () => {
  appendDraft(document.doc, 'First attempt')
  const { live } = open()
  draw()
  const { epoch } = live.draft
  document.doc.transact(() => {
    draftOf(document.doc).delete(0, draftOf(document.doc).length)
    draftOf(document.doc).insert(0, 'Second')
  })
  draw()
  expect(live.draft.text).toBe('Second')
  expect(live.draft.epoch).toBeGreaterThan(epoch)
})

test('after an edit was refused the new document is the one that is shown', () => {
  appendEntries(document.doc, [entry(0), entry(1)])
  const { live } = open()
  document.doc = new Y.Doc()
  document.emit('replaced', [])
  appendEntries(document.doc, [entry(0)])
  expect(seqs(live)).toEqual([0])
})
