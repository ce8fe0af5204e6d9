import { expect, test } from 'vitest'
import { isSafeLink, safeLink } from './safe-link.ts'

test.for([
  ['https://example.org/a?b=c', 'https://example.org/a?b=c'],
  ['example.org', 'https://example.org/'],
  ['example.org:8080/a', 'https://example.org:8080/a'],
  [' HTTP://Example.org ', 'http://example.org/'],
  ['ada@example.org', 'mailto:ada@example.org'],
  ['mailto:ada@example.org', 'mailto:ada@example.org'],
] as const)('%s is the link %s', ([typed, link]) => {
  expect(safeLink(typed)).toBe(link)
})

test.for(['', 'word', 'javascript:alert(1)', 'JaVaScRiPt:alert(1)', 'java\tscript:alert(1)', 'data:text/html,x', 'vbscript:x', 'file:///etc/passwd', '//example.org', '/a', 'two words.org', `https://example.org/${'a'.repeat(2000)}`])('%s is no link', (typed) => {
  expect(safeLink(typed)).toBeNull()
})

test('a stored link is followed only to the web or a mailbox', () => {
  expect(['https://a.org', 'http://a.org', 'mailto:a@b.org'].every(isSafeLink)).toBe(true)
  expect(['javascript:alert(1)', ' javascript:alert(1)', 'data:text/html,x', '/relative', ''].some(isSafeLink)).toBe(false)
})
