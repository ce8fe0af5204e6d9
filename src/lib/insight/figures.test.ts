import { describe, expect, test } from 'vitest'
import type { ActorId, MissionId, RunId } from '#lib/board/ids.ts'
import type { RunState, Status } from '#lib/board/mission.ts'
import { partAt, partsOf } from './buckets.ts'
import { behind, figuresOf } from './figures.ts'
import { readFigure, writeFigure, type FactMission, type Facts, type Figure, type InsightAsked } from './insight.ts'

const hour = 3_600_000
const day = 24 * hour
/** Thursday, 26 November 2026, noon in UTC. */
const now = Date.UTC(2026, 10, 26, 12)

describe('the parts of a period', () => {
  test('[INSIGHT1] are days, weeks from Monday or months of the reader’s time zone, without a gap, also where clocks change', () => {
    const week = partsOf('7', now, 'Europe/Berlin', 0)
    expect(week).toMatchObject({ unit: 'day', from: Date.UTC(2026, 10, 19, 23), to: Date.UTC(2026, 10, 26, 23) })
    expect(week.buckets.map(({ key }) => key)).toEqual(['2026-11-20', '2026-11-21', '2026-11-22', '2026-11-23', '2026-11-24', '2026-11-25', '2026-11-26'])
    expect(partsOf('30', now, 'America/New_York', 0).buckets.map(({ key }) => key)).toEqual(['2026-10-28', '2026-11-02', '2026-11-09', '2026-11-16', '2026-11-23'])
    expect(partsOf('all', now, 'UTC', Date.UTC(2025, 11, 30)).buckets.map(({ key }) => key)).toEqual(['2025-12-30', ...Array.from({ length: 11 }, (_, at) => `2026-${String(at + 1).padStart(2, '0')}-01`)])
    for (const [period, zone] of [['7', 'Asia/Kathmandu'], ['30', 'Europe/Berlin'], ['90', 'America/St_Johns'], ['all', 'Pacific/Apia']] as const) {
      const { from, to, buckets } = partsOf(period, now, zone, now - 400 * day)
      expect([buckets[0]!.from, buckets.at(-1)!.to]).toEqual([from, to])
      for (const [at, bucket] of buckets.entries()) expect([partAt(buckets, bucket.from), partAt(buckets, bucket.to - 1), buckets[at + 1]?.from ?? to]).toEqual([at, at, bucket.to])
    }
  })

  test('[INSIGHT1] begin where the reader’s day does: the same moment is in one week here and in another there', () => {
    const late = Date.UTC(2026, 10, 22, 23, 30)
    const keyIn = (zone: string) => {
      const { buckets } = partsOf('30', now, zone, 0)
      return buckets[partAt(buckets, late)]!.key
    }
    expect([keyIn('UTC'), keyIn('Europe/Berlin')]).toEqual(['2026-11-16', '2026-11-23'])
  })
})

const mission = (id: string, status: Status, more: Partial<Record<keyof FactMission, unknown>> = {}) =>
  [id as MissionId, { title: id, status, projectId: null, assigneeId: null, createdAt: now - 40 * day, archivedAt: null, blockedBy: [], ...more } as FactMission] as const
const stay = (missionId: string, status: Status, since: number, till: number | null = null) => ({ missionId: missionId as MissionId, status, since, till })
const run = (id: string, missionId: string, state: RunState, endedAt: number | null, more: Partial<{ staffId: string; micros: number | null; tokens: number }> = {}) =>
  ({ id: id as RunId, missionId: missionId as MissionId, staffId: 'writer' as ActorId, state, createdAt: (endedAt ?? now) - hour, endedAt, tokens: 1_000, micros: null, ...more }) as Facts['runs'][number]

const facts: Facts = {
  missions: new Map([
    mission('done', 'done', { projectId: 'spring', assigneeId: 'writer' }), mission('again', 'review', { projectId: 'spring' }), mission('old', 'done'),
    mission('blocked', 'backlog', { blockedBy: ['again', 'done'], createdAt: now - 2 * day }), mission('free', 'backlog', { blockedBy: ['done'] }), mission('gone', 'review', { archivedAt: now - day }),
  ]),
  stays: [
    stay('done', 'backlog', now - 20 * day, now - 18 * day), stay('done', 'review', now - 18 * day, now - 3 * day), stay('done', 'done', now - 3 * day),
    stay('again', 'backlog', now - 9 * day, now - 5 * day), stay('again', 'done', now - 5 * day, now - 2 * day), stay('again', 'review', now - 2 * day),
    stay('old', 'done', now - 45 * day), stay('gone', 'review', now - 2 * day),
  ],
  runs: [
    run('r1', 'done', 'succeeded', now - 4 * day, { micros: 2_000_000 }), run('r2', 'done', 'succeeded', now - 4 * day, { micros: 500_000, staffId: 'analyst' }), run('r3', 'again', 'failed', now - 3 * day),
    run('r4', 'again', 'cancelled', now - 60 * day), run('r5', 'again', 'running', null, { tokens: 5 }), run('r6', 'deleted', 'succeeded', now - day, { micros: 1 }), run('r7', 'blocked', 'queued', null),
  ],
  verdicts: new Map([['r1' as RunId, 'approved'], ['r2' as RunId, 'changes']]),
  asks: [{ missionId: 'again' as MissionId, runId: 'r5' as RunId, since: now - 4 * day }],
  proposals: [{ id: 'p' as MissionId, title: 'Proposed', chatId: null, since: now - 10 * day }],
}
const asked = (more: Partial<InsightAsked> = {}): InsightAsked => ({ period: '30', project: '', staff: '', zone: 'UTC', ...more })

describe('[INSIGHT2] figures', () => {
  const { done, columns, runs, cost, waiting } = figuresOf(facts, asked(), now)

  test('count a mission that is done where it came there last, and none that left Done again', () => {
    expect([done.total, done.before]).toEqual([1, 1])
    expect(done.buckets.filter(({ count }) => count > 0).map(({ key, count }) => [key, count])).toEqual([['2026-11-23', 1]])
  })

  test('tell the time of stays that ended', () => {
    expect(columns).toEqual([
      { status: 'backlog', count: 2, median: 3 * day, longest: 4 * day }, { status: 'in_progress', count: 0, median: 0, longest: 0 }, { status: 'review', count: 1, median: 15 * day, longest: 15 * day },
    ])
  })

  test('tell how runs ended and what people said of them, and what they cost', () => {
    expect(runs.totals).toEqual({ approved: 1, changes: 1, unjudged: 1, failed: 1, cancelled: 0 })
    expect(cost).toMatchObject({ runs: 6, micros: 2_500_001 })
    expect(cost.staff).toEqual([{ id: 'writer', runs: 5, tokens: 4_005, micros: 2_000_001 }, { id: 'analyst', runs: 1, tokens: 1_000, micros: 500_000 }])
    expect(cost.projects.map(({ id, runs: count }) => [id, count])).toEqual([['spring', 4], ['', 2]])
  })

  test('tell what waits now and for how long, archived missions and orders that are over not among them', () => {
    expect(waiting.map(({ kind, count, ages }) => [kind, count, ages])).toEqual([
      ['review', 1, [0, 1, 0, 0]], ['answer', 1, [0, 0, 1, 0]], ['order', 1, [0, 1, 0, 0]], ['queued', 1, [1, 0, 0, 0]], ['proposal', 1, [0, 0, 0, 1]],
    ])
  })

  test('are those of a project, or of a staff member', () => {
    const spring = figuresOf(facts, asked({ project: 'spring', staff: 'analyst' }), now)
    expect([spring.cost.runs, spring.done.total, spring.waiting.reduce((sum, { count }) => sum + count, 0)]).toEqual([1, 0, 0])
    expect(figuresOf(facts, asked({ project: 'none' }), now).cost.runs).toBe(2)
    expect(figuresOf({ ...facts, missions: new Map(), stays: [], runs: [], asks: [], proposals: [] }, asked(), now)).toMatchObject({ empty: true, done: { total: 0 } })
  })
})

describe('[INSIGHT3] behind each figure', () => {
  test('are as many missions as it says, whatever is looked at', () => {
    for (const look of [asked(), asked({ period: '7' }), asked({ period: 'all' }), asked({ project: 'spring' }), asked({ staff: 'writer' })]) {
      const insight = figuresOf(facts, look, now)
      const count = (figure: Figure) => behind(facts, look, figure, now, 100).total
      expect(count({ of: 'done', bucket: '' })).toBe(insight.done.total)
      for (const bucket of insight.done.buckets) expect(count({ of: 'done', bucket: bucket.key })).toBe(bucket.count)
      for (const column of insight.columns) expect(count({ of: 'column', status: column.status })).toBe(column.count)
      for (const bucket of insight.runs.buckets) expect(count({ of: 'runs', verdict: 'failed', bucket: bucket.key })).toBe(bucket.failed)
      for (const { id, runs } of insight.cost.staff) expect(count({ of: 'staff', id })).toBe(runs)
      for (const { id, runs } of insight.cost.projects) expect(count({ of: 'project', id })).toBe(runs)
      expect(count({ of: 'cost' })).toBe(insight.cost.runs)
      for (const wait of insight.waiting) {
        expect(count({ of: 'waiting', kind: wait.kind, age: null })).toBe(wait.count)
        expect(wait.ages.map((_, age) => count({ of: 'waiting', kind: wait.kind, age }))).toEqual(wait.ages)
      }
    }
  })

  test('stand with how long or how dear, the longest and the newest first, no more than are asked for', () => {
    expect(behind(facts, asked(), { of: 'column', status: 'backlog' }, now, 1)).toMatchObject({ total: 2, items: [{ missionId: 'again', ms: 4 * day, title: 'again' }] })
    expect(behind(facts, asked(), { of: 'staff', id: 'writer' }, now, 9).items.map(({ runId, missionId, title }) => [runId, missionId, title])).toContainEqual(['r6', null, ''])
  })

  test('the address names the figure', () => {
    for (const text of ['done', 'done.2026-11-23', 'column.review', 'runs', 'runs.failed', 'runs..2026-11-23', 'staff.writer', 'project', 'waiting.order', 'waiting', 'waiting.review.3', 'cost']) expect(writeFigure(readFigure(text)!)).toBe(text)
    for (const text of ['', 'done.soon', 'column.done', 'runs.won', 'staff.<b>', 'waiting.tea', 'waiting.review.9']) expect(readFigure(text)).toBeNull()
  })
})
