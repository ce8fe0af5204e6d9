import { expect, test } from 'vitest'
import { applyAwarenessUpdate, Awareness, encodeAwarenessUpdate } from 'y-protocols/awareness'
import * as Y from 'yjs'
import type { ActorId, MissionId } from '#lib/board/ids.ts'
import { Presence, type Present } from './presence.ts'

const person = (id: string): Present => ({ id: id as ActorId, name: id, kind: 'person' })
const mission = 'm1' as MissionId

/** Somebody's browser, whose state reaches the others when it is `told`. */
function browser(who: Present) {
  const awareness = new Awareness(new Y.Doc())
  const presence = new Presence(who)
  presence.join(awareness)
  const tell = (...others: { awareness: Awareness }[]) => {
    for (const other of others) applyAwarenessUpdate(other.awareness, encodeAwarenessUpdate(awareness, [awareness.clientID]), 'test')
  }
  return { awareness, presence, tell }
}

test('others are here by name; oneself, also in a second window, is not among them', () => {
  const [ann, ben, cem, annAgain] = [browser(person('ann')), browser(person('ben')), browser(person('cem')), browser(person('ann'))]
  cem.tell(ann)
  ben.tell(ann)
  annAgain.tell(ann)
  expect(ann.presence.others.map(({ name }) => name)).toEqual(['ben', 'cem'])
  for (const { awareness } of [ann, ben, cem, annAgain]) awareness.destroy()
})

test('who looks at a mission shows on it until they look elsewhere', () => {
  const [ann, ben] = [browser(person('ann')), browser(person('ben'))]
  ben.presence.look(mission)
  ben.tell(ann)
  expect(ann.presence.viewersOf(mission)).toEqual([person('ben')])
  ben.presence.look(null)
  ben.tell(ann)
  expect(ann.presence.viewersOf(mission)).toEqual([])
  for (const { awareness } of [ann, ben]) awareness.destroy()
})

test('a state that makes no sense is nobody', () => {
  const [ann, odd] = [browser(person('ann')), browser(person('odd'))]
  odd.awareness.setLocalState({ user: 'me', mission: 7 })
  odd.tell(ann)
  expect(ann.presence.others).toEqual([])
  for (const { awareness } of [ann, odd]) awareness.destroy()
})
