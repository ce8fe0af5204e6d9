import { expect, test } from 'vitest'
import { initials } from './initials.ts'

test.each([
  ['Ada Lovelace', 'AL'],
  ['Ada', 'A'],
  ['Ada King of Lovelace', 'AL'],
  ['(ada) lovelace', 'AL'],
  ['李 小龙', '李小'],
  ['ada@example.com', 'AC'],
  ['  ', '?'],
  ['🙂', '?'],
])('%s is shown as %s', (name, shown) => expect(initials(name)).toBe(shown))
