import { expect, test } from 'vitest'
import { readingOrder } from './reading-order.ts'

const sources = (order: ReturnType<typeof readingOrder>, now: number) => Array.from({ length: 9 }, () => order.next(now)?.source).filter((source) => source !== undefined)

test('[SEARCH5] what changed is read before all that was missed, after a moment in which it may change again', () => {
  const order = readingOrder()
  for (let n = 0; n < 10_000; n++) order.missed(`mission/${n}`)
  order.changed('mission/9999', 1_000)
  expect(order.next(1_100)).toEqual({ source: 'mission/0', wasMissed: true })
  expect(order.next(1_200)).toEqual({ source: 'mission/9999', wasMissed: false })
  expect(order.next(1_200)).toEqual({ source: 'mission/1', wasMissed: true })
})

test('[SEARCH5] what somebody types into is read in a pause, or after half a second', () => {
  const order = readingOrder()
  order.changed('mission/1', 1_000)
  order.changed('mission/1', 1_150)
  expect(sources(order, 1_340)).toEqual([])
  expect(sources(order, 1_350)).toEqual(['mission/1'])
  for (let now = 2_000; now < 2_500; now += 50) {
    order.changed('mission/1', now)
    expect(sources(order, now)).toEqual([])
  }
  expect(sources(order, 2_500)).toEqual(['mission/1'])
})

test('[SEARCH5] what takes long to read and changes all the time rests, for less than a second or as long as that takes, and the others do not wait for it', () => {
  const order = readingOrder()
  order.took('mission/talk', 100, 1_000)
  order.took('doc/novel', 400, 1_000)
  order.took('doc/library', 2_000, 1_000)
  for (const source of ['mission/talk', 'doc/novel', 'doc/library', 'mission/new']) order.changed(source, 1_000)
  expect(sources(order, 1_200)).toEqual(['mission/new'])
  expect(sources(order, 1_300)).toEqual(['mission/talk'])
  expect(sources(order, 1_600)).toEqual(['doc/novel'])
  expect(sources(order, 2_999)).toEqual([])
  expect(sources(order, 3_000)).toEqual(['doc/library'])
  expect(order.isEmpty()).toBe(true)
})
