import { expect, test } from 'vitest'
import { findMembers } from './find-members.ts'

const members = [{ name: 'Zoë Müller', email: 'zoe@example.com' }, { name: 'Ada Owner', email: null }]
const named = (sought: string) => findMembers(members, sought).map(({ name }) => name)

test('somebody is found by parts of the name or the address, in any order, without accents and capitals', () => {
  expect(named('muller ZO')).toEqual(['Zoë Müller'])
  expect(named('example')).toEqual(['Zoë Müller'])
  expect(named('own')).toEqual(['Ada Owner'])
  expect(named('ada muller')).toEqual([])
})

test('nothing sought is everybody', () => {
  expect(named('  ')).toEqual(['Zoë Müller', 'Ada Owner'])
})
