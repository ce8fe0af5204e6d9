import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { archiveMission, createMission, moveMission, setBlockedBy } from './edits.ts'
import type { ActorId, ChatId, MessageId, MissionId } from './ids.ts'
import { readMission } from './board-document.ts'
import { comesAfter, openBefore } from './order.ts'
import { createProposal, proposalsOf } from './proposal.ts'

const id = (name: string) => name as MissionId

function board(...chain: string[]) {
  const doc = new Y.Doc()
  for (const [at, name] of chain.entries()) createMission(doc, { id: id(name), title: name, blockedBy: at > 0 ? [id(chain[at - 1]!)] : [] }, 'mia' as ActorId, 1)
  return doc
}

test('[ORDER1] a mission waits for what is neither done nor archived nor gone', () => {
  const doc = board('a', 'b', 'c')
  setBlockedBy(doc, id('d'), [])
  createMission(doc, { id: id('d'), title: 'd', blockedBy: [id('a'), id('b'), id('c'), id('gone'), id('d')] }, 'mia' as ActorId, 1)
  const waits = () => openBefore(doc, id('d'), readMission(doc, id('d'))!.blockedBy)
  expect(waits()).toEqual(['a', 'b', 'c'])
  moveMission(doc, id('a'), 'done', 0)
  archiveMission(doc, id('b'), 2)
  expect(waits()).toEqual(['c'])
})

test('[ORDER1] a proposal counts as the mission that it may become, until it is declined', () => {
  const doc = board('a')
  createProposal(doc, { id: id('p'), title: 'p', by: 'coo' as ActorId, origin: { kind: 'chat', chatId: 'c' as ChatId, messageId: 'm' as MessageId } }, 1)
  expect(openBefore(doc, id('a'), [id('p')])).toEqual(['p'])
  proposalsOf(doc).get('p')!.set('state', 'declined')
  expect(openBefore(doc, id('a'), [id('p')])).toEqual([])
})

test('[ORDER2] a circle is seen before it is made, and one that is there ends nobody’s reading', () => {
  const doc = board('a', 'b', 'c')
  const lookup = { mission: (each: MissionId) => readMission(doc, each) }
  expect(comesAfter(lookup, id('c'), id('a'))).toBe(true)
  expect(comesAfter(lookup, id('a'), id('c'))).toBe(false)
  setBlockedBy(doc, id('a'), [id('c')])
  expect(comesAfter(lookup, id('a'), id('nobody'))).toBe(false)
})
