import { expect, test } from 'vitest'
import { rangeAsked } from './range-asked.ts'

test.each<[string | null, ReturnType<typeof rangeAsked>]>([
  [null, null],
  ['bytes=0-', { start: 0, end: 99 }],
  ['bytes=0-0', { start: 0, end: 0 }],
  ['bytes=10-19', { start: 10, end: 19 }],
  ['bytes=90-1000', { start: 90, end: 99 }],
  ['bytes=-10', { start: 90, end: 99 }],
  ['bytes=-1000', { start: 0, end: 99 }],
  ['bytes=100-', 'outside'],
  ['bytes=-0', 'outside'],
  ['bytes=20-10', null],
  ['bytes=0-1,5-6', null],
  ['bytes=', null],
  ['lines=1-2', null],
  ['bytes=99999999999999999999-', null],
])('of 100 bytes %j asks for %j', (header, range) => {
  expect(rangeAsked(header, 100)).toEqual(range)
})
