import { describe, expect, test } from 'vitest'
import type { ActorId } from '#lib/board/ids.ts'
import { activityKinds, type ActivityKind, type Details, type Doer, type Entry } from './entry.ts'
import { plainly, told } from './words.ts'

const at = Date.UTC(2026, 2, 5, 9)
const mia: Doer = { kind: 'person', id: 'mia' as ActorId, name: 'Mia' }
const entry = (kind: ActivityKind, details: Details = {}, more: Partial<Entry> = {}): Entry => ({
  id: 1, seq: 1, at, until: at, count: 1, kind, actor: mia, subject: { kind: 'mission', id: 'fair', name: 'Fair' }, missionId: null, projectId: null, runId: null, details, ...more,
})
const said = (...asked: Parameters<typeof entry>) => plainly(told(entry(...asked)))
const ada = { id: 'ada', name: 'Ada' }

describe('an entry in words', () => {
  test('of every kind there are some, also without any details and on the page of what it is about', () => {
    for (const kind of activityKinds) {
      expect(said(kind).length, kind).toBeGreaterThan(4)
      expect(plainly(told(entry(kind), { asIt: true })), kind).not.toMatch(/undefined|null|\[object/)
    }
  })

  test('of ways', () => {
    expect(said('mission.moved', { from: 'backlog', to: 'review' })).toBe('moved “Fair” from Backlog to Review')
    expect(said('mission.moved', { from: 'backlog', via: ['in_progress'], to: 'backlog' })).toBe('moved “Fair” to In progress and back to Backlog')
    expect(said('mission.moved', { from: 'backlog', via: ['in_progress', 'review'], to: 'done' })).toBe('moved “Fair” from Backlog to Done by way of In progress and Review')
  })

  test('of assignments', () => {
    expect(said('mission.assigned', { from: null, to: ada })).toBe('assigned “Fair” to Ada')
    expect(said('mission.assigned', { from: null, to: { id: 'mia', name: 'Mia' } })).toBe('took on “Fair”')
    expect(said('mission.assigned', { from: ada, to: null })).toBe('took “Fair” off Ada')
    expect(said('mission.assigned', { from: { id: 'ben', name: 'Ben' }, to: ada })).toBe('assigned “Fair” to Ada instead of Ben')
    expect(said('mission.assigned', { from: null, via: [{ id: 'ben', name: 'Ben' }], to: ada })).toBe('assigned “Fair” to Ada, after Ben')
    expect(said('mission.assigned', { from: ada, via: [null], to: ada })).toBe('reassigned “Fair” and gave it back to Ada')
    expect(said('mission.assigned', { from: null, via: [ada], to: null })).toBe('assigned “Fair”, after Ada and took that back')
  })

  test('of properties', () => {
    expect(said('mission.changed', { fields: { priority: { from: 'low', to: 'high' } } })).toBe('set the priority of “Fair” to high, from low')
    expect(said('mission.changed', { fields: { priority: { from: 'low', to: 'none' } } })).toBe('removed the priority of “Fair” (low)')
    expect(said('mission.changed', { fields: { dueOn: { from: null, to: '2026-03-05' } } })).toBe('set the due date of “Fair” to 5 Mar 2026')
    expect(said('mission.changed', { fields: { autoRun: { from: false, to: true } } })).toBe('turned auto-run on for “Fair”')
    expect(said('mission.changed', { fields: { labels: { from: ['a'], to: ['a', 'b'] } } })).toBe('put the label “b” on “Fair”')
    expect(said('mission.changed', { fields: { labels: { from: ['a', 'b'], to: [] } } })).toBe('removed the labels “a” and “b” from “Fair”')
    expect(said('mission.changed', { fields: { project: { from: null, to: { id: 'p', name: 'Spring' } } } })).toBe('put “Fair” into the project “Spring”')
    expect(said('mission.changed', { fields: { priority: { from: 'low', to: 'low' } } })).toBe('changed the priority of “Fair” and changed it back')
    expect(said('mission.changed', { fields: { priority: { from: 'none', to: 'low' }, dueOn: { from: '2026-03-05', to: null } } }))
      .toBe('changed “Fair”: priority from none to low; due date from 5 Mar 2026 to none')
  })

  test('of what took a while', () => {
    expect(said('mission.described', {}, { until: at + 59_000 })).toBe('edited the description of “Fair”')
    expect(said('mission.described', {}, { until: at + 4 * 60_000 + 10_000 })).toBe('edited the description of “Fair” over 4 minutes')
    expect(said('mission.described', {}, { until: at + 60_000 })).toBe('edited the description of “Fair” over 1 minute')
    expect(said('mission.described', {}, { until: at + 3 * 3_600_000 })).toBe('edited the description of “Fair” over 3 hours')
  })

  test('of files', () => {
    const files = ['a.txt', 'b.txt', 'c.txt', 'd.txt'].map((name) => ({ id: name, name }))
    expect(said('file.added', { files: files.slice(0, 1) })).toBe('attached “a.txt” to “Fair”')
    expect(said('file.added', { files }, { count: 70 })).toBe('attached 70 files: “a.txt”, “b.txt”, “c.txt” and more to “Fair”')
    expect(said('file.added', { files: [{ ...files[0]!, kind: 'artifact' }] })).toBe('produced “a.txt” for “Fair”')
  })

  test('of what runs ask, and of what they propose', () => {
    const staff = { id: 'analyst', name: 'Analyst' }
    expect(said('run.asked', { ask: { kind: 'question', question: 'Which year?' } })).toBe('asked a question on “Fair”: Which year?')
    expect(said('run.answered', { staff, ask: { kind: 'question', question: 'Which year?' } })).toBe('answered Analyst on “Fair”: Which year?')
    expect(said('run.answered', { staff, ask: { kind: 'approval', question: 'Write plan.md', verdict: 'run' } })).toBe('approved what Analyst asked to do on “Fair”, for the rest of the run: Write plan.md')
    expect(said('run.answered', { staff, ask: { kind: 'approval', question: 'Write plan.md', verdict: 'declined' } })).toBe('declined what Analyst asked to do on “Fair”: Write plan.md')
    const all = { subject: { kind: 'workspace', id: 'w', name: 'Harbour' } } as const
    expect(said('workspace.staff_stopped', { ended: 1 }, all)).toBe('stopped all work of staff, which ended 1 run')
    expect(said('workspace.staff_allowed', {}, all)).toBe('let all staff work again')
    expect(said('run.undone', { undone: 2 })).toBe('took back 2 changes of a run in docs of “Fair”')
    const lamps = { subject: { kind: 'proposal', id: 'p', name: 'Order lamps' } } as const
    expect(said('proposal.made', {}, lamps)).toBe('proposed the mission “Order lamps”')
    expect(said('proposal.changed', { fields: { title: { from: 'Lamps', to: 'Order lamps' } } }, lamps)).toBe('edited the proposal “Order lamps” (title)')
    expect(said('proposal.declined', { reason: 'We have lamps' }, lamps)).toBe('declined the proposal “Order lamps”: We have lamps')
  })

  test('on its own page it is “it”', () => {
    expect(plainly(told(entry('mission.renamed', { from: 'Market', to: 'Fair' }), { asIt: true }))).toBe('renamed it from “Market” to “Fair”')
    expect(plainly(told(entry('comment.added'), { asIt: true }))).toBe('commented')
    expect(plainly(told(entry('mission.archived'), { asIt: true }))).toBe('archived it')
  })
})
