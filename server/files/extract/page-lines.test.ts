import { expect, test } from 'vitest'
import { linesOf, paragraphsOf, withoutRunningHeads } from './page-lines.ts'

const line = (text: string, y: number, height = 10) => ({ text, y, height })

test('a word broken at the end of a line is joined, a hyphen before a capital stays', () => {
  expect(paragraphsOf([line('An infor-', 100), line('mation from Anglo-', 88), line('Saxon times.', 76)])).toEqual([
    'An information from Anglo- Saxon times.',
  ])
})

test('a wide gap and another size of type begin a paragraph', () => {
  expect(paragraphsOf([line('Title', 200, 20), line('one', 170), line('two', 158), line('three', 146), line('four', 110)])).toEqual([
    'Title',
    'one two three',
    'four',
  ])
})

test('page numbers and running heads go', () => {
  expect(paragraphsOf([line('Text.', 100), line('Page 3 of 9', 20)])).toEqual(['Text.'])
  const pages = [1, 2, 3].map((page) => [
    line(`Annual report ${page}`, 200),
    line(`Body of page ${page} differs: ${'x'.repeat(page)}`, 100),
  ])
  expect(withoutRunningHeads(pages).map((page) => page.length)).toEqual([1, 1, 1])
})

test('ligatures and presentation forms become letters', () => {
  expect(linesOf([{ str: 'ef\ufb01cient \ufefb', transform: [1, 0, 0, 1, 0, 5], height: 10, hasEOL: false }])).toEqual([
    { text: 'efficient لا', y: 5, height: 10 },
  ])
})
