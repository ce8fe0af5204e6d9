import { expect, test } from 'vitest'
import { RowHeights } from './row-heights.ts'

const ids = (count: number) => Array.from({ length: count }, (_, at) => `m${at}`)

/** Ten cards of 100 pixels. */
function column() {
  const heights = new RowHeights<string>(104)
  const cards = ids(10)
  heights.use(cards)
  for (const id of cards) heights.measured(id, 100)
  return heights
}

test('cards lie one below the other', () => {
  const heights = column()
  expect([heights.offset(0), heights.offset(3), heights.total]).toEqual([0, 300, 1000])
})

test('the card at a height is found, beyond the ends the first and the last', () => {
  const heights = column()
  expect([heights.at(-50), heights.at(0), heights.at(99), heights.at(100), heights.at(5000)]).toEqual([0, 0, 0, 1, 9])
  expect(new RowHeights<string>(104).at(0)).toBe(-1)
})

test('a card that turns out taller pushes down those below it', () => {
  const heights = column()
  expect(heights.measured('m2', 150)).toBe(true)
  expect(heights.measured('m2', 150)).toBe(false)
  expect([heights.offset(2), heights.offset(3)]).toEqual([200, 350])
})

test('cards not seen yet are as tall as those seen on average, and stay so', () => {
  const heights = new RowHeights<string>(104)
  const cards = ids(100)
  heights.use(cards)
  for (const id of cards.slice(0, 6)) heights.measured(id, 80)
  expect(heights.total).toBe(100 * 80)
  heights.measured(cards[6]!, 200)
  expect(heights.height(50)).toBe(80)
})

test('a card keeps its height when the order changes', () => {
  const heights = column()
  heights.measured('m0', 300)
  heights.use(ids(10).reverse())
  expect(heights.height(9)).toBe(300)
})

test('something dropped goes before the card whose upper half it is over', () => {
  const heights = column()
  expect([heights.dropAt(-5, -1), heights.dropAt(49, -1), heights.dropAt(51, -1), heights.dropAt(990, -1)]).toEqual([0, 0, 1, 10])
  expect(new RowHeights<string>(104).dropAt(10, -1)).toBe(0)
})

test('a card dropped in its own column is not counted', () => {
  const heights = column()
  expect(heights.dropAt(210, 2)).toBe(2)
  expect(heights.dropAt(290, 2)).toBe(2)
  expect(heights.dropAt(990, 0)).toBe(9)
  expect(heights.dropAt(10, 5)).toBe(0)
})
