import { expect, test } from 'vitest'
import { directionsInNote, directionsInText } from './directions.ts'

const brief = (note: string) =>
  directionsInNote(note).map((direction) =>
    'about' in direction
      ? `${direction.kind}: ${direction.about}`
      : direction.kind === 'length'
        ? direction.length
        : direction.kind === 'points'
          ? `points: ${direction.count}`
          : `other: ${direction.said}`,
  )

test.each([
  ['Make it shorter.', ['short']],
  ['This is too long', ['short']],
  ['More detail please', ['long']],
  ['It should be longer', ['long']],
  ['no longer needed', ['other: no longer needed']],
  ['Focus on dinner and lunch', ['focus: dinner', 'focus: lunch']],
  ['say more about the risks', ['focus: risks']],
  ['Leave out the smokers', ['leave_out: smokers']],
  ["don't mention Oslo, please", ['leave_out: Oslo, please'.replace(', please', '')]],
  ["don't leave out the risks", ['focus: risks']],
  ['Add a chart of tip by day', ['chart: tip by day']],
  ['top 3 points only', ['points: 3']],
  ['Give me five bullets', ['points: 5']],
  ['Shorter, focus on prices and leave out Q1; add a chart', ['short', 'focus: prices', 'leave_out: Q1', 'chart: ']],
  ['The tone is wrong. Shorter!', ['other: The tone is wrong', 'short']],
  ['', []],
])('a note is understood: %s', (note, expected) => {
  expect(brief(note)).toEqual(expected)
})

test('in a description only demands count, not stories', () => {
  expect(directionsInText('We had too much rain and no time to focus on sales. The short route is closed.')).toEqual([])
  expect(directionsInText('Read the report.\n\n- Focus on sales\n- Please leave out Oslo').map(({ kind }) => kind)).toEqual([
    'focus',
    'leave_out',
  ])
})
