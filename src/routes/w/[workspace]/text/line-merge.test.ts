import { expect, test } from 'vitest'
import { carryCaret, mergeLine } from './line-merge.ts'

test('changes of different words are put together, whoever changed what', () => {
  expect(mergeLine('Plan the fair', 'Plan the spring fair', 'Book the fair')).toBe('Book the spring fair')
  expect(mergeLine('Plan the fair', 'Book the fair', 'Plan the spring fair')).toBe('Book the spring fair')
})

test('where both changed the same words, one’s own stand', () => {
  expect(mergeLine('Plan the fair', 'Plan the market', 'Plan the party')).toBe('Plan the market')
})

test('a line that only one of them changed is theirs', () => {
  expect(mergeLine('Plan', 'Plan', 'Plan it')).toBe('Plan it')
  expect(mergeLine('Plan', 'Plan it', 'Plan')).toBe('Plan it')
})

test('a caret stays at its word when text before it changes', () => {
  expect(carryCaret(8, 'Plan the fair', 'Book and plan the fair')).toBe(17)
  expect(carryCaret(4, 'Plan the fair', 'Plan the spring fair')).toBe(4)
})

test('a caret inside what was replaced goes to its end', () => {
  expect(carryCaret(11, 'Plan the fair now', 'Plan the market now')).toBe(15)
})
