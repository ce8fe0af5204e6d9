import { expect, test } from 'vitest'
import type { MissionId } from '#lib/board/ids.ts'
import { statuses, type Status } from '#lib/board/mission.ts'
import { byRank } from '#lib/board/rank.ts'
import { BoardOrder } from './board-order.ts'

type Place = { id: MissionId; status: Status; rank: string }
const place = (id: string, status: Status, rank: string): Place => ({ id: id as MissionId, status, rank })
const changes = (...places: Place[]) => new Map<MissionId, Place | null>(places.map((each) => [each.id, each]))

test('cards stand by rank, those of the same rank by id', () => {
  const order = new BoardOrder()
  order.change(changes(place('c', 'backlog', 'a1'), place('b', 'backlog', 'a0'), place('a', 'backlog', 'a1')))
  expect(order.column('backlog')).toEqual(['b', 'a', 'c'])
  expect(order.indexOf('a' as MissionId)).toBe(1)
})

test('a card that moves changes the two columns it touches and leaves the others the same arrays', () => {
  const order = new BoardOrder()
  order.change(changes(place('a', 'backlog', 'a0'), place('b', 'review', 'a0')))
  const [done, review] = [order.column('done'), order.column('review')]
  expect(order.change(changes(place('a', 'done', 'a0')))).toEqual(new Set(['backlog', 'done']))
  expect(order.column('done')).not.toBe(done)
  expect(order.column('review')).toBe(review)
})

test('a change that moves nothing changes no column', () => {
  const order = new BoardOrder()
  order.change(changes(place('a', 'backlog', 'a0')))
  expect(order.change(changes(place('a', 'backlog', 'a0')))).toEqual(new Set())
})

test('a card that leaves the board stands nowhere', () => {
  const order = new BoardOrder()
  order.change(changes(place('a', 'backlog', 'a0'), place('b', 'backlog', 'a1')))
  order.change(new Map([['a' as MissionId, null]]))
  expect(order.column('backlog')).toEqual(['b'])
  expect(order.indexOf('a' as MissionId)).toBe(-1)
})

test.each([1, 2, 3, 4])('after any changes, few or many at once, the columns are what sorting gives (seed %i)', (seed) => {
  let state = seed
  const random = (below: number) => Math.floor(((state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32) * below)
  const order = new BoardOrder()
  const truth = new Map<MissionId, Place>()
  for (let round = 0; round < 60; round++) {
    const batch = new Map<MissionId, Place | null>()
    for (let each = 0; each < (round % 10 === 0 ? 300 : 1 + random(5)); each++) {
      const id = `m${random(400)}` as MissionId
      const next = random(5) === 0 ? null : place(id, statuses[random(4)]!, `a${random(50).toString(36)}`)
      batch.set(id, next)
      if (next) truth.set(id, next)
      else truth.delete(id)
    }
    order.change(batch)
    for (const status of statuses) {
      const sorted = [...truth.values()].filter((each) => each.status === status).sort(byRank).map(({ id }) => id)
      expect(order.column(status)).toEqual(sorted)
      expect(sorted.map(order.indexOf, order)).toEqual(sorted.map((_, index) => index))
    }
  }
})
