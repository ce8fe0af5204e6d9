import { expect, test } from 'vitest'
import { extractText } from './extract-text.ts'

test('passages stand between blank lines, whatever ends a line', () => {
  expect(extractText('One\r\ntwo.\r\n\r\n  Three  four.\r- five\n- six').passages).toEqual([
    { text: 'One two.', place: { heading: null, from: 1, to: 2 } },
    { text: 'Three four.', place: { heading: null, from: 4, to: 4 } },
    { text: '- five', place: { heading: null, from: 5, to: 5 } },
    { text: '- six', place: { heading: null, from: 6, to: 6 } },
  ])
})
