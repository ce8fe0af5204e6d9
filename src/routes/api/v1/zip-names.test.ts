import { expect, test } from 'vitest'
import { zipNames } from './zip-names.ts'

test.each<[string, string[], string[]]>([
  ['the same name twice', ['a.txt', 'a.txt', 'a.txt'], ['a.txt', 'a (2).txt', 'a (3).txt']],
  ['names that differ in capitals or in how letters are composed', ['A.txt', 'a.TXT', 'é', 'e\u0301'], ['A.txt', 'a (2).TXT', 'é', 'é (2)']],
  ['a number that is taken', ['a (2).txt', 'a.txt', 'a.txt'], ['a (2).txt', 'a.txt', 'a (3).txt']],
  ['folders and signs of other systems', ['../a:b?.txt', 'con.txt', 'x. '], ['.._a_b_.txt', '_con.txt', 'x']],
  ['other scripts', ['図 — مخطط.pdf'], ['図 — مخطط.pdf']],
  ['nothing', ['', '...'], ['file', 'file (2)']],
])('%s', (_, names, made) => expect(zipNames(names)).toEqual(made))
