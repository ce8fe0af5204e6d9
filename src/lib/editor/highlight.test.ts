import { expect, test } from 'vitest'
import { codeLanguages, languageChoice } from './code-languages.ts'
import { codeTokens, longestCode } from './highlight.ts'

const told = (code: string, language: string) => codeTokens(code, language).map(({ from, to, kind }) => [code.slice(from, to), kind])

test('tokens lie where their words are', () => {
  expect(told('const fare = "a<b" // &c', 'typescript')).toEqual([['const', 'keyword'], ['"a<b"', 'string'], ['// &c', 'comment']])
  expect(told('def sail(n):\n    return 12', 'py')).toContainEqual(['return', 'keyword'])
  expect(told('- old\n+ new', 'diff')).toEqual([['- old', 'removed'], ['+ new', 'added']])
  const code = 'select \'\u{1f600}\' from "t" -- é\nwhere x > 3'
  for (const { from, to } of codeTokens(code, 'sql')) expect(code.slice(from, to).trim()).not.toBe('')
})

test('every language that can be picked is known, by its own name and by its habits', () => {
  for (const [value] of codeLanguages) if (value !== '') expect(codeTokens('# x "s" 1 // -- <a b="c">\nif: x\n- a\n+ b\n{"a": 1}', value), value).not.toEqual([])
  for (const [habit, value] of [['js', 'javascript'], ['TS', 'typescript'], ['yml', 'yaml'], ['sh', 'bash'], ['cobol', 'cobol']] as const) expect(languageChoice(habit)).toBe(value)
})

test('an unknown language, and code too long to be read for each key, has no tokens', () => {
  expect(codeTokens('const a', 'cobol')).toEqual([])
  expect(codeTokens('const a', '')).toEqual([])
  expect(codeTokens('const a;'.repeat(longestCode), 'javascript')).toEqual([])
})
