import { afterEach, expect, test, vi } from 'vitest'
import type { ActorId } from '#lib/board/ids.ts'
import { keepDraft, keptDraft, noDraft, type Draft } from './kept-draft.ts'

function storage() {
  const kept = new Map<string, string>()
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  })
  return kept
}
afterEach(() => vi.unstubAllGlobals())

const draft: Draft = {
  text: 'Ask @Ada', mentions: [{ at: 4, name: 'Ada', reference: { kind: 'person', id: 'a1' as ActorId } }],
  quote: { source: 'description', text: 'noon', from: 'AA==', to: null },
}

test('a draft is kept with its mentions and its quote, for each place and person alone', () => {
  const kept = storage()
  keepDraft('ben', 'm1', draft)
  expect(keptDraft('ben', 'm1')).toEqual(draft)
  expect(keptDraft('ben', 'm1/thread')).toEqual(noDraft)
  expect(keptDraft('ada', 'm1')).toEqual(noDraft)
  // Everything of a person goes when they sign out: it is found by how its name begins.
  expect([...kept.keys()].every((key) => key.startsWith('missions/ben/'))).toBe(true)
})

test('what is empty is not kept', () => {
  const kept = storage()
  keepDraft('ben', 'm1', draft)
  keepDraft('ben', 'm1', { ...noDraft, text: '  ' })
  expect(kept.size).toBe(0)
})

test('words that were kept before there were mentions are still there', () => {
  storage().set('missions/ben/comment/m1', 'Half a {thought')
  expect(keptDraft('ben', 'm1')).toEqual({ ...noDraft, text: 'Half a {thought' })
})

test('without storage a draft is just not kept', () => {
  vi.stubGlobal('localStorage', { getItem: () => { throw new Error('forbidden') }, setItem: () => { throw new Error('full') } })
  keepDraft('ben', 'm1', draft)
  expect(keptDraft('ben', 'm1')).toEqual(noDraft)
})
