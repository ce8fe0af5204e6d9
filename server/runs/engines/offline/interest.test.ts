import { expect, test } from 'vitest'
import type { Guidance } from './guidance.ts'
import { askedFor, interestOf } from './interest.ts'
import { termsOf } from './words.ts'

const guided = (...sentences: string[]) =>
  interestOf({
    weights: new Map(sentences.flatMap(termsOf).map((term) => [term, 1.2])),
    sentences: sentences.map((sentence) => new Set(termsOf(sentence))),
  } as Partial<Guidance> as Guidance)

test('a column is asked for by the words of its name, in any spelling of it', () => {
  const interest = guided('life expectancy and populations')
  for (const name of ['lifeExp', 'life_expectancy', 'pop', 'Population']) expect(interest.of(name), name).toBe(0.5)
  expect(interest.of('colour')).toBe(0)
})

test('two columns of one question count for more than two of different ones', () => {
  const interest = guided('Which day brings the highest tip?', 'Is the bill large?')
  expect(askedFor(['day', 'tip'], interest)).toBeGreaterThan(askedFor(['bill', 'tip'], interest))
  expect(askedFor(['bill', 'tip'], interest)).toBeGreaterThan(askedFor(['tip'], interest))
})
