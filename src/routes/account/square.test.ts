import { expect, test } from 'vitest'
import { fillingScale, shownPart, withinPicture } from './square.ts'

const wide = { width: 800, height: 400 }

test('a picture fills the window by its shorter side, and its middle is what is shown', () => {
  const scale = fillingScale(wide, 200)
  expect(scale).toBe(0.5)
  expect(shownPart({ scale, x: 0, y: 0 }, wide, 200)).toEqual({ x: 200, y: 0, side: 400 })
})

test('it moves as far as its edges, never further', () => {
  expect(withinPicture({ scale: 0.5, x: 500, y: 40 }, wide, 200)).toEqual({ scale: 0.5, x: 100, y: 0 })
  expect(shownPart(withinPicture({ scale: 0.5, x: -500, y: 0 }, wide, 200), wide, 200)).toEqual({ x: 400, y: 0, side: 400 })
})

test('it never gets smaller than the window', () => {
  expect(withinPicture({ scale: 0.01, x: 0, y: 0 }, wide, 200)).toMatchObject({ scale: 0.5 })
})

test('closer, less of it is shown', () => {
  expect(shownPart({ scale: 1, x: 0, y: 0 }, wide, 200)).toEqual({ x: 300, y: 100, side: 200 })
})
