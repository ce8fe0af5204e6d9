import { expect, test } from 'vitest'
import { place } from './shown-authorship.ts'

const block = { text: 'one two', spans: [{ from: 0, to: 4, client: 1 }, { from: 4, to: 7, client: 2 }] }

test('characters are found where the page shows them', () => {
  expect(place(block, 'one two')).toEqual(block.spans)
})

test('white space that only one side has is passed over', () => {
  expect(place(block, ' one\n two ')).toEqual([{ from: 1, to: 4, client: 1 }, { from: 5, to: 6, client: 1 }, { from: 6, to: 9, client: 2 }])
  expect(place({ text: 'one\ntwo', spans: block.spans }, 'onetwo')).toEqual([{ from: 0, to: 3, client: 1 }, { from: 3, to: 6, client: 2 }])
})

test('from where the page is out of step nobody is named', () => {
  expect(place(block, 'one new two')).toEqual([{ from: 0, to: 4, client: 1 }])
  expect(place(block, '')).toEqual([])
  expect(place({ text: '', spans: [] }, 'words')).toEqual([])
})
