import { expect, test } from 'vitest'
import { argumentsLine, nameWords, readArguments } from './read-arguments.ts'

test('arguments are shown by name, texts as they are and all else as JSON', () => {
  expect(readArguments('{"name":"a.md","rows":[1,2],"deep":{"a":[]},"on":true}')).toEqual([
    { name: 'name', text: 'a.md', long: false }, { name: 'rows', text: '1, 2', long: false },
    { name: 'deep', text: '{\n  "a": []\n}', long: true }, { name: 'on', text: 'true', long: false },
  ])
  expect(readArguments('')).toEqual([])
})

test('what is no object is left as it came', () => {
  for (const broken of ['{"a":', '[1]', '"text"', 'null']) expect(readArguments(broken)).toBeNull()
})

test('names are words', () => {
  expect(nameWords('file_name')).toBe('File name')
  expect(nameWords('maxRows')).toBe('Max rows')
})

test('in one line they are values alone, cut where they are long', () => {
  expect(argumentsLine('{"name":"a.md","content":"# One\\n\\nTwo"}')).toBe('a.md · # One Two')
  expect(argumentsLine(JSON.stringify({ text: 'x'.repeat(500) }))).toHaveLength(161)
  expect(argumentsLine('{"broken')).toBe('{"broken')
})
