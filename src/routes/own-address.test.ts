import { expect, test } from 'vitest'
import { ownPath } from './own-address.ts'

test('after signing in nobody is sent to another site', () => {
  for (const path of ['//evil.test', '/\\evil.test', 'https://evil.test', 'javascript:alert(1)', '', null, '/\t/evil.test', '/a b']) {
    expect(ownPath(path), String(path)).toBe('/')
  }
  expect(ownPath('/w/abc/missions/def?x=1#y')).toBe('/w/abc/missions/def?x=1#y')
})
