import { expect, test } from 'vitest'
import { firstShown } from './first-shown.ts'

test('few are shown whole, of many the newest', () => {
  expect(firstShown(12, -1, 40)).toBe(0)
  expect(firstShown(2_000, -1, 40)).toBe(1_960)
  expect(firstShown(43, -1, 40)).toBe(0)
  expect(firstShown(44, -1, 40)).toBe(4)
})

test('all that is new is shown with a little before it, but not thousands', () => {
  expect(firstShown(2_000, 1_900, 40)).toBe(1_897)
  expect(firstShown(2_000, 1_990, 40)).toBe(1_960)
  expect(firstShown(2_000, 5, 40)).toBe(1_800)
  expect(firstShown(30, 0, 40)).toBe(0)
})
