import { expect, test } from 'vitest'
import { hueOf, hues } from './hue.ts'

test('an id always has the same colour, and ids spread over the colours', () => {
  expect(hueOf('ada')).toBe(hueOf('ada'))
  const seen = new Set(Array.from({ length: 200 }, (_, n) => hueOf(`person-${n}`)))
  expect(seen.size).toBeGreaterThanOrEqual(hues.length - 1)
})

test('the grey of things without a colour is nobody’s', () => {
  expect(Array.from({ length: 500 }, (_, n) => hueOf(`p${n}`))).not.toContain('slate')
})
