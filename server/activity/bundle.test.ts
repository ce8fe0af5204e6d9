import { describe, expect, test } from 'vitest'
import type { ActivityKind, Details } from '#lib/activity/entry.ts'
import type { ActorId, WorkspaceId } from '#lib/board/ids.ts'
import { extend, returnOf, topicOf } from './bundle.ts'
import type { Happening } from './happening.ts'

const at = Date.UTC(2026, 2, 5, 9)
const minute = 60_000
const mia = { kind: 'person' as const, id: 'mia' as ActorId, name: 'Mia' }

const happening = (kind: ActivityKind, details: Details = {}, more: Partial<Happening> = {}): Happening =>
  ({ workspaceId: 'harbour' as WorkspaceId, kind, actor: mia, subject: { kind: 'mission', id: 'fair', name: 'Fair' }, details, ...more })
const row = (details: Details = {}, more: Partial<Parameters<typeof extend>[0]> = {}) =>
  ({ until: at, count: 1, actorId: 'mia', actorKind: 'person', runId: null, details, ...more })

describe('[ACTIVITY3] what is one entry', () => {
  test('typing goes on for as long as no pause is longer than ten minutes', () => {
    const typed = happening('mission.described', {}, { count: 7 })
    expect(extend(row({}, { count: 3 }), typed, at + 10 * minute, false)?.count).toBe(10)
    expect(extend(row(), typed, at + 10 * minute + 1, true)).toBeNull()
  })

  test('two who type by turns have each an entry of their own', () => {
    expect(topicOf(happening('mission.described'))).not.toBe(topicOf(happening('mission.described', {}, { actor: { ...mia, id: 'max' as ActorId } })))
  })

  test('a way is from the first place to the last, and names what lies between', () => {
    const moved = extend(row({ from: 'backlog', to: 'in_progress' }), happening('mission.moved', { from: 'in_progress', to: 'done' }), at + minute, true)
    expect(moved).toEqual({ count: 2, details: { from: 'backlog', via: ['in_progress'], to: 'done' } })
    const back = extend(row(moved!.details, { count: 2 }), happening('mission.moved', { from: 'done', to: 'backlog' }), at + minute, true)
    expect(back).toEqual({ count: 3, details: { from: 'backlog', via: ['in_progress', 'done'], to: 'backlog' } })
  })

  test('a way ends after a minute, when somebody else goes on, when another run does, and when something else came between', () => {
    const next = happening('mission.moved', { from: 'in_progress', to: 'done' })
    const before = row({ from: 'backlog', to: 'in_progress' })
    expect(extend(before, next, at + minute + 1, true)).toBeNull()
    expect(extend(before, next, at, false)).toBeNull()
    expect(extend({ ...before, actorId: 'max' }, next, at, true)).toBeNull()
    expect(extend({ ...before, runId: 'run' }, next, at, true)).toBeNull()
    expect(extend({ ...before, actorId: null, actorKind: 'server' }, next, at, true)).toBeNull()
  })

  test('a way with very many places goes on in a new entry: none is left out', () => {
    const via = Array.from({ length: 12 }, () => 'review')
    expect(extend(row({ from: 'backlog', via, to: 'done' }), happening('mission.moved', { from: 'done', to: 'review' }), at, true)).toBeNull()
  })

  test('a property is told from what it was at first to what it is at last', () => {
    const first = row({ fields: { priority: { from: 'none', to: 'low' } } })
    const merged = extend(first, happening('mission.changed', { fields: { priority: { from: 'low', to: 'high' }, dueOn: { from: null, to: '2026-03-05' } } }), at, true)
    expect(merged?.details.fields).toEqual({ priority: { from: 'none', to: 'high' }, dueOn: { from: null, to: '2026-03-05' } })
  })

  test('a property that was nothing at first is still told from nothing', () => {
    const merged = extend(row({ fields: { dueOn: { from: null, to: '2026-03-05' } } }), happening('mission.changed', { fields: { dueOn: { from: '2026-03-05', to: '2026-03-06' } } }), at, true)
    expect(merged?.details.fields).toEqual({ dueOn: { from: null, to: '2026-03-06' } })
  })

  test('files are listed up to fifty, and counted', () => {
    const files = Array.from({ length: 50 }, (_, index) => ({ id: `f${index}`, name: `${index}.txt` }))
    const merged = extend(row({ files }, { count: 50 }), happening('file.added', { files: [{ id: 'more', name: 'more.txt' }] }), at, true)
    expect(merged?.count).toBe(51)
    expect(merged?.details.files?.length).toBe(50)
  })

  test('runs, reviews, comments and what concerns people always stand alone', () => {
    for (const kind of ['run.queued', 'run.failed', 'review.approved', 'comment.added', 'mission.created', 'member.removed', 'token.made', 'workspace.deleted'] as const) {
      expect(topicOf(happening(kind)), kind).toBeNull()
    }
  })

  test('what is made anew after it was deleted was brought back', () => {
    const again = returnOf(happening('mission.created'))
    expect(again?.happening.kind).toBe('mission.restored')
    expect(again?.deletion).toBe(topicOf(happening('mission.deleted')))
    expect(returnOf(happening('mission.moved'))).toBeNull()
  })
})
