import { expect, test } from 'vitest'
import type { ActorId } from '#lib/board/ids.ts'
import { serverActor } from '#lib/board/ids.ts'
import type { Member } from '#lib/board/mission.ts'
import { authorOf, shareOf, wroteThis } from './author-words.ts'

const [ada, ben, scout, gone] = ['ada', 'ben', 'scout', 'gone'] as ActorId[]
const member = (id: ActorId, name: string, kind: Member['kind'] = 'person', role = 'member') => ({ id, name, kind, role, avatar: null }) as Member
const people = new Map([member(ada!, 'Ada Owner'), member(ben!, 'Ben Sailor', 'person', 'former'), member(scout!, 'Scout', 'staff', 'Finds things')].map((each) => [each.id, each]))
const of = (id: ActorId | null) => authorOf(id, (id && people.get(id)) ?? null, ada!)

test('everybody is named: oneself, staff as such, who left, and the server', () => {
  expect(wroteThis([of(ada!)])).toBe('Ada Owner (you) wrote this')
  expect(wroteThis([of(scout!)])).toBe('Scout (AI staff) wrote this')
  expect(wroteThis([of(ben!)])).toBe('Ben Sailor (left) wrote this')
  expect(wroteThis([of(gone!)])).toBe('Somebody who left wrote this')
  expect(wroteThis([of(serverActor)])).toBe('Missions wrote this')
  expect(wroteThis([of(ada!), of(ben!), of(scout!)])).toBe('Ada Owner (you), Ben Sailor (left), and Scout (AI staff) wrote this')
})

test('what is not known is said to be', () => {
  expect(wroteThis([of(null)])).toBe('It is not known who wrote this')
  expect(wroteThis([of(ada!), of(null)])).toBe('Ada Owner (you) and somebody who is not known wrote this')
  expect(wroteThis([])).toBe('')
})

test('shares are whole, and neither nothing nor all unless they are', () => {
  expect([shareOf(1, 1000), shareOf(999, 1000), shareOf(1, 3), shareOf(5, 5), shareOf(0, 0)]).toEqual(['<1%', '99%', '33%', '100%', '0%'])
})
