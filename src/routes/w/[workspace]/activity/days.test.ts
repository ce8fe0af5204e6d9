import { describe, expect, test } from 'vitest'
import type { Entry } from '#lib/activity/entry.ts'
import { beginOf } from '#lib/calendar/begin-of.ts'
import { byDay, dayOf } from './days.ts'
import { askFor, isFiltered, noFilters, readFilters, writeFilters } from './filters.ts'

const entry = (id: number, at: number) => ({ id, at }) as Entry

describe('days', () => {
  test('are those of the reader’s time zone', () => {
    const late = Date.UTC(2026, 2, 5, 23, 30)
    expect(dayOf(late, 'UTC')).toBe('2026-03-05')
    expect(dayOf(late, 'Europe/Berlin')).toBe('2026-03-06')
    expect(dayOf(late, 'America/New_York')).toBe('2026-03-05')
  })

  test('group entries newest first, with today and yesterday by name', () => {
    const now = Date.UTC(2026, 2, 6, 12)
    const days = byDay([entry(4, Date.UTC(2026, 2, 6, 11)), entry(3, Date.UTC(2026, 2, 6, 1)), entry(2, Date.UTC(2026, 2, 5, 22)), entry(1, Date.UTC(2025, 11, 24, 9))], now, 'UTC')
    expect(days.map(({ name, entries }) => [name, entries.map(({ id }) => id)])).toEqual([['Today', [4, 3]], ['Yesterday', [2]], ['Wednesday, 24 December 2025', [1]]])
  })

  test('begin at midnight of the reader, and no nonsense begins', () => {
    expect(beginOf('2026-03-05')?.getTime()).toBe(new Date(2026, 2, 5).getTime())
    expect(beginOf('2026-03-31', undefined, 1)?.getTime()).toBe(new Date(2026, 3, 1).getTime())
    expect(beginOf('2026-03-05', 'Europe/Berlin')?.toISOString()).toBe('2026-03-04T23:00:00.000Z')
    expect(beginOf('2026-03-05', 'Pacific/Kiritimati')?.toISOString()).toBe('2026-03-04T10:00:00.000Z')
    // The night in which the clocks are set forward, and the one in which they are set back.
    expect(beginOf('2026-03-29', 'Europe/Berlin')?.toISOString()).toBe('2026-03-28T23:00:00.000Z')
    expect(beginOf('2026-03-29', 'Europe/Berlin', 1)?.toISOString()).toBe('2026-03-29T22:00:00.000Z')
    expect(beginOf('2026-10-25', 'Europe/Berlin', 1)?.toISOString()).toBe('2026-10-25T23:00:00.000Z')
    expect(beginOf('yesterday')).toBeNull()
    expect(beginOf('')).toBeNull()
  })
})

describe('filters', () => {
  test('stand in the address and come back from it', () => {
    const filters = { ...noFilters, actor: 'mia', kind: 'run' as const, from: '2026-03-05' }
    expect(readFilters(new URLSearchParams(writeFilters(filters)))).toEqual(filters)
    expect(writeFilters(noFilters)).toBe('')
    expect(isFiltered(noFilters)).toBe(false)
    expect(isFiltered(filters)).toBe(true)
  })

  test('that make no sense are left out', () => {
    expect(readFilters(new URLSearchParams('?actor=a/b&kind=nothing&project=..&from=soon&to=2026-3-5'))).toEqual(noFilters)
  })

  test('ask for whole days, the last one included', () => {
    const query = askFor({ ...noFilters, from: '2026-03-05', to: '2026-03-05' }, { limit: '10' })
    expect(query.get('from')).toBe(new Date(2026, 2, 5).toISOString())
    expect(query.get('to')).toBe(new Date(2026, 2, 6).toISOString())
    expect(query.get('limit')).toBe('10')
    expect(query.has('actor')).toBe(false)
  })
})
