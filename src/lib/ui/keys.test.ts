import { expect, test } from 'vitest'
import { keyCaps } from './keys.ts'

test('a shortcut is shown as the reader’s keyboard has it', () => {
  expect(keyCaps('mod+shift+z', true)).toEqual(['⌘', '⇧', 'Z'])
  expect(keyCaps('mod+shift+z', false)).toEqual(['Ctrl', 'Shift', 'Z'])
  expect(keyCaps('c', false)).toEqual(['C'])
  expect(keyCaps('Escape', false)).toEqual(['Esc'])
})
