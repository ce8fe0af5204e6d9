import { expect, test } from 'vitest'
import { clipped, counted, listed } from './wording.ts'

test('how many there are is said with the word for one or for more', () => {
  expect([counted(1, 'mission'), counted(0, 'mission'), counted(1_200, 'summary', 'summaries')]).toEqual(['1 mission', '0 missions', '1,200 summaries'])
})

test('names in a row are read as people write them', () => {
  expect([listed([]), listed(['Ada']), listed(['Ada', 'Ben']), listed(['Ada', 'Ben', 'Cleo'])]).toEqual(['', 'Ada', 'Ada and Ben', 'Ada, Ben and Cleo'])
})

test('what is cut off ends with a whole character', () => {
  expect([clipped('harbour', 4), clipped('ab😀', 3), clipped('ab😀', 4), clipped('ab', 0), clipped('ab', -1)]).toEqual(['harb', 'ab', 'ab😀', '', ''])
})
