import type { ActorId, ChatId, MissionId, ProjectId, RunId } from '#lib/board/ids.ts'
import type { RunState, Status } from '#lib/board/mission.ts'

export const periods = ['7', '30', '90', 'all'] as const
/** So many days up to and with today, or all there is. */
export type Period = (typeof periods)[number]

export const verdicts = ['approved', 'changes', 'unjudged', 'failed', 'cancelled'] as const
/** How a run ended, and what a person said of one that succeeded. */
export type Verdict = (typeof verdicts)[number]

export const waitKinds = ['review', 'answer', 'order', 'queued', 'proposal'] as const
/** For a review, for an answer to what a run asked, for another mission, for its turn in the queue; a proposal for somebody who decides. */
export type WaitKind = (typeof waitKinds)[number]

/** What is looked at. `project`: '' for all, `none` for missions in no project; `staff`: '' for everybody. */
export type InsightAsked = { period: Period; project: string; staff: string; zone: string }

/** The columns that missions leave. */
export const columns = ['backlog', 'in_progress', 'review'] as const
export type Column = (typeof columns)[number]

/** A part of the period: a day, a week or a month, cut where the period begins and ends. `key` is its first day; times are epoch milliseconds. */
export type Bucket = { key: string; from: number; to: number }

/** Bounds of how long something waits, in days: up to one, three, seven, and longer. */
export const waitBounds = [1, 3, 7] as const

export type Insight = {
  from: number
  to: number
  /** What the parts of the period are. */
  unit: 'day' | 'week' | 'month'
  /** `before`: as many in the period before this one; `null` where there is none. */
  done: { buckets: (Bucket & { count: number })[]; total: number; before: number | null }
  /** Of stays that ended in the period, in milliseconds. */
  columns: { status: Column; count: number; median: number; longest: number }[]
  runs: { buckets: (Bucket & Record<Verdict, number>)[]; totals: Record<Verdict, number> }
  /** Of runs that were at work in the period. `micros`: millionths of a dollar, `null` where no price is known; `''` is no project. */
  cost: { staff: Cost[]; projects: Cost[]; runs: number; tokens: number; micros: number | null }
  /** Now, whatever the period; `ages` by `waitBounds`. */
  waiting: { kind: WaitKind; count: number; ages: number[]; oldest: number }[]
  /** Nothing of all that was ever there. */
  empty: boolean
}
export type Cost = { id: string; runs: number; tokens: number; micros: number | null }

/** A figure whose missions are asked for, as it stands in the address: `done`, `done.2026-11-23`, `column.review`, `runs.failed`, `runs.failed.2026-11-23`, `staff.<id>`, `project.<id>`, `cost`, `waiting.review`, `waiting.review.2`. */
export type Figure =
  | { of: 'done'; bucket: string }
  | { of: 'column'; status: Column }
  | { of: 'runs'; verdict: Verdict | ''; bucket: string }
  | { of: 'staff' | 'project'; id: string }
  | { of: 'cost' }
  /** `age`: of those alone that wait so long, counted as in `ages`. */
  | { of: 'waiting'; kind: WaitKind | ''; age: number | null }

const isDay = (text: string) => text === '' || /^\d{4}-\d\d-\d\d$/.test(text)
export function readFigure(text: string): Figure | null {
  const [of = '', first = '', second = ''] = text.split('.')
  if (of === 'done' && isDay(first)) return { of, bucket: first }
  if (of === 'column') {
    const status = columns.find((each) => each === first)
    return status ? { of, status } : null
  }
  if (of === 'runs' && isDay(second)) {
    const verdict = verdicts.find((each) => each === first)
    return verdict || first === '' ? { of, verdict: verdict ?? '', bucket: second } : null
  }
  if ((of === 'staff' || of === 'project') && /^[A-Za-z0-9_-]{0,64}$/.test(first)) return { of, id: first }
  if (of === 'waiting') {
    const kind = waitKinds.find((each) => each === first)
    const age = /^[0-9]$/.test(second) && Number(second) <= waitBounds.length ? Number(second) : null
    return (kind || first === '') && (second === '' || age !== null) ? { of, kind: kind ?? '', age } : null
  }
  return of === 'cost' ? { of } : null
}

export function writeFigure(figure: Figure): string {
  const parts = figure.of === 'done' ? [figure.bucket] : figure.of === 'column' ? [figure.status] : figure.of === 'runs' ? [figure.verdict, figure.bucket] : figure.of === 'waiting' ? [figure.kind, figure.age === null ? '' : String(figure.age)] : figure.of === 'cost' ? [] : [figure.id]
  return [figure.of, ...parts].join('.').replace(/\.+$/, '')
}

/** A mission behind a figure. `at`: when; `ms`: how long; `kind` says for what it waits, or how its run ended. A proposal has no mission yet, and maybe a chat. */
export type Behind = {
  missionId: MissionId | null; title: string; status: Status | null; projectId: ProjectId | null; assigneeId: ActorId | null
  at: number | null; ms: number | null; kind: WaitKind | Verdict | null; runId: RunId | null; chatId: ChatId | null; micros: number | null
}
export type BehindPage = { items: Behind[]; total: number }

/** What all figures are made of, as the server keeps it. */
export type Facts = {
  missions: ReadonlyMap<MissionId, FactMission>
  /** Every time in a column, oldest first of each mission; `till` is `null` while it lasts. */
  stays: readonly { missionId: MissionId; status: Status; since: number; till: number | null }[]
  runs: readonly { id: RunId; missionId: MissionId; staffId: ActorId; state: RunState; createdAt: number; endedAt: number | null; tokens: number; micros: number | null }[]
  /** Of runs that people judged, the newest word that was not taken back. */
  verdicts: ReadonlyMap<RunId, 'approved' | 'changes'>
  /** What runs asked and nobody answered. */
  asks: readonly { missionId: MissionId; runId: RunId; since: number }[]
  proposals: readonly { id: MissionId; title: string; chatId: ChatId | null; since: number }[]
}
export type FactMission = { title: string; status: Status; projectId: ProjectId | null; assigneeId: ActorId | null; createdAt: number; archivedAt: number | null; blockedBy: readonly MissionId[] }
