import { expect, test } from 'vitest'
import { isWhole, sentencesOf, standsAlone } from './sentences.ts'

test('an abbreviation ends no sentence', () => {
  expect([...sentencesOf('We met Dr. Smith at 3 p.m. yesterday. He spoke of e.g. trees, cf. Fig. 3. Then J. Doe left.')]).toEqual([
    'We met Dr. Smith at 3 p.m. yesterday.',
    'He spoke of e.g. trees, cf. Fig. 3.',
    'Then J. Doe left.',
  ])
})

test('sentences of other scripts end where they end', () => {
  expect([...sentencesOf('売上は増加しました。チームは喜んでいます。')]).toHaveLength(2)
  expect([...sentencesOf('هل وصلت الرسالة؟ نعم وصلت اليوم.')]).toHaveLength(2)
})

test('scraps, rows of figures and half pages cannot stand alone', () => {
  expect(standsAlone('Table 3')).toBe(false)
  expect(standsAlone('12.5 13.7 14.2 total 99.1 11 12')).toBe(false)
  expect(standsAlone('word '.repeat(200))).toBe(false)
  expect(standsAlone('This is a sentence of words.')).toBe(true)
})

test('a sentence cut by a page is not whole', () => {
  expect(isWhole('and so it went on.')).toBe(false)
  expect(isWhole('And so it went')).toBe(false)
  expect(isWhole('And so it went on.”')).toBe(true)
})
