import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { createMission } from '#lib/board/edits.ts'
import type { ActorId, CommentId, MissionId } from '#lib/board/ids.ts'
import { addComment, descriptionOf } from '#lib/board/mission-document.ts'
import { lostCopy, lostText } from './lost-copy.ts'

test('of a board its missions are kept', () => {
  const doc = new Y.Doc()
  createMission(doc, { id: 'm1' as MissionId, title: 'Plan the fair' }, 'ann' as ActorId, 1)
  const lost = { document: 'board/w1', title: null, content: Y.encodeStateAsUpdate(doc) }
  const { name, json } = lostCopy(lost)
  expect(name).toBe('board-w1.json')
  expect(JSON.parse(json)).toMatchObject({ document: 'board/w1', missions: { m1: { title: 'Plan the fair' } } })
  expect(lostText({ ...lost, title: 'Harbour' })).toBe('Harbour\n\nBacklog:\n- Plan the fair')
})

test('of a mission its comments and the words of its description are kept', () => {
  const doc = new Y.Doc()
  addComment(doc, { id: 'c1' as CommentId, by: 'ann' as ActorId, body: 'Ask Ben' }, 1)
  const paragraph = new Y.XmlElement('paragraph')
  const bold = new Y.XmlText()
  bold.insert(0, 'boats')
  paragraph.insert(0, [new Y.XmlText('Count the '), bold])
  descriptionOf(doc).insert(0, [paragraph])
  const lost = { document: 'mission/m1', title: 'Plan: the fair / 2027', content: Y.encodeStateAsUpdate(doc) }
  const { name, json } = lostCopy(lost)
  expect(name).toBe('Plan the fair 2027.json')
  const kept = JSON.parse(json)
  expect(kept.comments.c1.body).toBe('Ask Ben')
  expect(kept.description.join(' ')).toContain('Count the')
  expect(kept.description.join(' ')).toContain('boats')
  const text = lostText(lost)
  expect(text).toMatch(/^Plan: the fair \/ 2027\n\nCount the/)
  expect(text).toMatch(/Comments:\n- Ask Ben$/)
})
