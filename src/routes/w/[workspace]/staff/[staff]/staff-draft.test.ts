import { expect, test } from 'vitest'
import type { ActorId } from '#lib/board/ids.ts'
import { standardGuards, type Staff } from '#lib/board/staff.ts'
import { changedKeys, draftOf, fieldsOf, mergeDraft } from './staff-draft.ts'

const staff: Staff = {
  id: 'a' as ActorId, name: 'Analyst', role: 'Counts', avatar: null, instructions: 'Count.', instructionsVersion: 1, engine: 'openai', model: '', tools: ['search', 'comment'],
  alwaysAllowed: [], autonomy: 'assist', perRun: standardGuards, perMonth: { runs: null, micros: 5_000_000 }, concurrency: 1, pausedAt: null, archivedAt: null, createdAt: 1,
}
const base = draftOf(staff)

test('what others changed comes in, what I changed stays', () => {
  const { merged, both } = mergeDraft(base, { ...base, role: 'Counts well' }, { ...base, name: 'Counter' })
  expect(merged).toMatchObject({ name: 'Counter', role: 'Counts well' })
  expect(both).toEqual([])
})

test('what both changed is named and stays mine until somebody decides; the same change is no conflict', () => {
  const { merged, both } = mergeDraft(base, { ...base, name: 'Mine', role: 'Same' }, { ...base, name: 'Theirs', role: 'Same' })
  expect(merged.name).toBe('Mine')
  expect(both).toEqual(['name'])
})

test('tools that two changed are joined', () => {
  const { merged, both } = mergeDraft(base, { ...base, tools: ['search', 'comment', 'write_file'] }, { ...base, tools: ['search', 'read_doc'] })
  expect(merged.tools).toEqual(['read_doc', 'search', 'write_file'])
  expect(both).toEqual([])
})

test('only what was changed is sent, money in millionths', () => {
  const mine = { ...base, monthMoney: '$2,50', name: ' Ann ' }
  expect(fieldsOf(mine, changedKeys(base, mine))).toEqual({ fields: { name: 'Ann', perMonth: { runs: null, micros: 2_500_000 } }, problems: {} })
})

test('each number that cannot be is told beside its field', () => {
  const mine = { ...base, name: ' ', turns: '0', money: 'much', concurrency: '99' }
  expect(Object.keys(fieldsOf(mine, changedKeys(base, mine)).problems).sort()).toEqual(['concurrency', 'money', 'name', 'turns'])
})
