import { expect, test } from 'vitest'
import { placeBeside } from './place.ts'

const viewport = { width: 400, height: 300 }
const popup = { width: 120, height: 100 }
const anchorAt = (left: number, top: number) => ({ left, top, right: left + 40, bottom: top + 20, width: 40, height: 20 })

test('a popup opens below its anchor, edges aligned', () => {
  expect(placeBeside(anchorAt(100, 50), popup, viewport, 'bottom-start')).toEqual({ left: 100, top: 74 })
  expect(placeBeside(anchorAt(200, 50), popup, viewport, 'bottom-end')).toEqual({ left: 120, top: 74 })
})

test('without room below it opens above, and the other way round', () => {
  expect(placeBeside(anchorAt(100, 260), popup, viewport, 'bottom-start').top).toBe(156)
  expect(placeBeside(anchorAt(100, 10), popup, viewport, 'top-start').top).toBe(34)
})

test('it never leaves the viewport', () => {
  expect(placeBeside(anchorAt(370, 50), popup, viewport, 'bottom-start').left).toBe(272)
  expect(placeBeside(anchorAt(0, 50), popup, viewport, 'bottom-end').left).toBe(8)
  expect(placeBeside(anchorAt(100, 140), { width: 120, height: 500 }, viewport, 'bottom-start').top).toBe(8)
})
