import { describe, expect, test } from 'vitest'
import { parseQuery } from './query.ts'

const words = (text: string) => parseQuery(text).terms.map(({ text: word, phrase, not, prefix }) => `${not ? '-' : ''}${phrase ? `"${word}"` : word}${prefix ? '*' : ''}`)

describe('what somebody types to find something', () => {
  test('is words, of which the last may be the beginning of one', () => expect(words('harbour fee pla')).toEqual(['harbour', 'fee', 'pla*']))
  test('a space after the last word ends it', () => expect(words('harbour fee ')).toEqual(['harbour', 'fee']))
  test('has phrases between quotation marks, also while the second is not typed yet', () => {
    expect(words('"harbour fee" plan ')).toEqual(['"harbour fee"', 'plan'])
    expect(words('plan "harbour fe')).toEqual(['plan', '"harbour fe"'])
  })
  test('leaves out what a minus is before', () => expect(words('plan -draft -"old ideas" ')).toEqual(['plan', '-draft', '-"old ideas"']))
  test('has filters, whose values may be between quotation marks', () => {
    expect(parseQuery('type:docs in:"Winter sale" by:me status:"in progress" before:2026-03-01 after:2026-01-31 price ')).toEqual({
      terms: [{ text: 'price', phrase: false, not: false, prefix: false }], problems: [],
      filters: [{ by: 'type', kind: 'doc' }, { by: 'in', name: 'Winter sale' }, { by: 'by', name: 'me' }, { by: 'status', status: 'in_progress' }, { by: 'before', day: '2026-03-01' }, { by: 'after', day: '2026-01-31' }],
    })
  })
  test('a filter that means nothing is said to, and the rest is looked for', () => {
    const { terms, problems } = parseQuery('type:poem status:asleep before:2026-02-30 price ')
    expect(terms.map(({ text }) => text)).toEqual(['price'])
    expect(problems).toHaveLength(3)
    expect(problems[2]).toContain('2026-02-30')
  })
  test('operators alone are nothing to look for', () => {
    expect(parseQuery('- ( ) * ^ AND: ""').terms.map(({ text }) => text)).toEqual(['AND:'])
    expect(parseQuery('*** "" -').terms).toEqual([])
    expect(parseQuery('-all -of -this ').problems).toEqual(['Say also what to look for, not only what to leave out.'])
  })
  test('ten thousand letters are read as far as a search goes, and thousands of words as far as 32', () => {
    expect(parseQuery('x'.repeat(10_000)).terms[0]?.text).toHaveLength(1_000)
    expect(parseQuery('a '.repeat(400)).terms).toHaveLength(32)
  })
})
