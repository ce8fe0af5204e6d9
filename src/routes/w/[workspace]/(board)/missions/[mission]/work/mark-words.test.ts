import { expect, test } from 'vitest'
import { markWords } from './mark-words.ts'

test('what was sought is apart, however it is written', () => {
  expect(markWords('Rope and anchor', 'ANCHOR rope').map(({ text, found }) => (found ? `[${text}]` : text)).join('')).toBe('[Rope] and [anchor]')
  expect(markWords('a.b*c', '.b*')).toEqual([{ text: 'a', found: false }, { text: '.b*', found: true }, { text: 'c', found: false }])
  expect(markWords('all', ' ')).toEqual([{ text: 'all', found: false }])
})
