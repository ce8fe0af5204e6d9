import { expect, test } from 'vitest'
import { commandOf } from './keyboard.ts'

const press = (key: string, held: { shiftKey?: boolean; altKey?: boolean; ctrlKey?: boolean; metaKey?: boolean } = {}) =>
  commandOf({ key, shiftKey: false, altKey: false, ctrlKey: false, metaKey: false, ...held })

test('arrows and their letters go from card to card', () => {
  expect(press('ArrowDown')).toEqual(press('j'))
  expect(press('ArrowLeft')).toEqual({ do: 'go', to: 'left', card: true })
})

test('with Shift or Alt they move the card', () => {
  expect(press('ArrowDown', { shiftKey: true })).toEqual({ do: 'move', to: 'down', card: true })
  expect(press('ArrowRight', { altKey: true })).toEqual({ do: 'move', to: 'right', card: true })
  expect(press(']')).toEqual({ do: 'move', to: 'right', card: true })
  expect(press('J', { shiftKey: true })).toEqual({ do: 'move', to: 'down', card: true })
})

test('letters and signs are for the card that has the focus; one that needs Shift on this keyboard is the same', () => {
  expect(press('d')).toEqual({ do: 'due', card: true })
  expect(press('t')).toEqual({ do: 'labels', card: true })
  expect(press('!', { shiftKey: true })).toEqual({ do: 'priority', card: true })
})

test('Ctrl and Command undo and redo', () => {
  expect(press('z', { ctrlKey: true })?.do).toBe('undo')
  expect(press('Z', { metaKey: true, shiftKey: true })?.do).toBe('redo')
  expect(press('y', { ctrlKey: true })?.do).toBe('redo')
})

test('the browser keeps its own shortcuts', () => {
  for (const key of ['a', 'c', 'd', 'r', 'p', 'ArrowLeft']) expect(press(key, { ctrlKey: true })).toBeNull()
  expect(press('e', { altKey: true })).toBeNull()
  expect(press('Tab')).toBeNull()
})

test('f chooses a project, also with no card', () => {
  expect(press('f')).toEqual({ do: 'filter', card: false })
  expect(press('f', { ctrlKey: true })).toBeNull()
})
