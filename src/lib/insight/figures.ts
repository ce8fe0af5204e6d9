import type { MissionId } from '#lib/board/ids.ts'
import { isActive } from '#lib/board/mission.ts'
import { stillBefore } from '#lib/board/order.ts'
import { partAt, partsOf, type Parts } from './buckets.ts'
import { columns, verdicts, waitBounds, waitKinds, type Behind, type BehindPage, type Column, type Cost, type FactMission, type Facts, type Figure, type Insight, type InsightAsked, type Verdict, type WaitKind } from './insight.ts'

const dayMs = 86_400_000

type Done = { missionId: MissionId; at: number }
type Stay = Facts['stays'][number] & { till: number }
type EndedRun = Facts['runs'][number] & { verdict: Verdict; at: number }
type Wait = { kind: WaitKind; since: number; missionId: MissionId | null; item: Partial<Behind> }

/** What is looked at of all there is: the missions of a project, the work of a staff member. */
function selected(facts: Facts, { project, staff }: InsightAsked) {
  const ofProject = (mission: FactMission | undefined) => project === '' || (mission?.projectId ?? 'none') === project
  const ofStaff = (mission: FactMission | undefined) => staff === '' || mission?.assigneeId === staff
  const fits = (id: MissionId) => {
    const mission = facts.missions.get(id)
    return mission !== undefined && ofProject(mission) && ofStaff(mission)
  }
  return {
    fits,
    stays: facts.stays.filter(({ missionId }) => fits(missionId)),
    // Who ran it counts, whoever has the mission by now; a deleted mission's run still cost what it did.
    runs: facts.runs.filter(({ missionId, staffId }) => (staff === '' || staffId === staff) && ofProject(facts.missions.get(missionId))),
  }
}

/** Missions that are in Done, with when they came there last. */
const doneOf = (facts: Facts, stays: Facts['stays']): Done[] =>
  stays.flatMap(({ missionId, status, since, till }) => (status === 'done' && till === null && facts.missions.get(missionId)?.status === 'done' ? [{ missionId, at: since }] : []))

const verdictOf = (facts: Facts, { id, state }: Facts['runs'][number]): Verdict => (state === 'failed' || state === 'cancelled' ? state : facts.verdicts.get(id) ?? 'unjudged')

const endedRuns = (facts: Facts, runs: Facts['runs']): EndedRun[] =>
  runs.flatMap((run) => (isActive(run.state) || run.endedAt === null ? [] : [{ ...run, verdict: verdictOf(facts, run), at: run.endedAt }]))

const endedStays = (stays: Facts['stays'], { from, to }: Parts): Stay[] =>
  stays.filter((stay): stay is Stay => stay.till !== null && stay.till >= from && stay.till < to && stay.status !== 'done')

/** At work within the period: what it used is counted whole. */
const usedRuns = (runs: Facts['runs'], { from, to }: Parts) => runs.filter(({ createdAt, endedAt }) => createdAt < to && (endedAt ?? to) >= from)

function waits(facts: Facts, asked: InsightAsked, fits: (id: MissionId) => boolean): Wait[] {
  const lookup = { mission: (id: MissionId) => facts.missions.get(id) ?? null, proposal: () => null }
  const found: Wait[] = []
  const inReview = new Map(facts.stays.filter(({ status, till }) => status === 'review' && till === null).map(({ missionId, since }) => [missionId, since]))
  for (const [missionId, mission] of facts.missions) {
    if (mission.archivedAt !== null || mission.status === 'done' || !fits(missionId)) continue
    if (mission.status === 'review') found.push({ kind: 'review', since: inReview.get(missionId) ?? mission.createdAt, missionId, item: {} })
    else if (stillBefore(lookup, missionId, mission.blockedBy).length > 0) found.push({ kind: 'order', since: mission.createdAt, missionId, item: {} })
  }
  for (const { missionId, runId, since } of facts.asks) if (fits(missionId)) found.push({ kind: 'answer', since, missionId, item: { runId } })
  for (const { id, missionId, staffId, state, createdAt } of facts.runs) {
    if (state === 'queued' && (asked.staff === '' || staffId === asked.staff) && fits(missionId)) found.push({ kind: 'queued', since: createdAt, missionId, item: { runId: id } })
  }
  // A proposal is nobody's yet, and in no project for sure.
  if (asked.project === '' && asked.staff === '') for (const { title, chatId, since } of facts.proposals) found.push({ kind: 'proposal', since, missionId: null, item: { title, chatId } })
  return found
}

const median = (sorted: readonly number[]) => {
  const middle = sorted.length >> 1
  return sorted.length === 0 ? 0 : sorted.length % 2 === 1 ? sorted[middle]! : Math.round((sorted[middle - 1]! + sorted[middle]!) / 2)
}

function costs(runs: Facts['runs'], keyOf: (run: Facts['runs'][number]) => string): Cost[] {
  const found = new Map<string, Cost>()
  for (const run of runs) {
    const before = found.get(keyOf(run)) ?? { id: keyOf(run), runs: 0, tokens: 0, micros: null }
    found.set(before.id, added(before, run))
  }
  return [...found.values()].sort((a, b) => (b.micros ?? 0) - (a.micros ?? 0) || b.tokens - a.tokens || b.runs - a.runs || (a.id < b.id ? -1 : 1))
}
const added = <Sum extends { runs: number; tokens: number; micros: number | null }>(sum: Sum, { tokens, micros }: Facts['runs'][number]): Sum =>
  ({ ...sum, runs: sum.runs + 1, tokens: sum.tokens + tokens, micros: micros === null ? sum.micros : (sum.micros ?? 0) + micros })

const noVerdicts = (): Record<Verdict, number> => ({ approved: 0, changes: 0, unjudged: 0, failed: 0, cancelled: 0 })

function prepared(facts: Facts, asked: InsightAsked, now: number) {
  const chosen = selected(facts, asked)
  const done = doneOf(facts, chosen.stays)
  const ended = endedRuns(facts, chosen.runs)
  let first = now
  for (const { since } of chosen.stays) if (since < first) first = since
  for (const { createdAt } of chosen.runs) if (createdAt < first) first = createdAt
  return { ...chosen, done, ended, parts: partsOf(asked.period, now, asked.zone, first) }
}

/** All figures of the page. */
export function figuresOf(facts: Facts, asked: InsightAsked, now: number): Insight {
  const { stays, runs, fits, done, ended, parts } = prepared(facts, asked, now)
  const { from, to, unit, buckets } = parts
  const within = <Item extends { at: number }>(items: readonly Item[]) => items.filter(({ at }) => at >= from && at < to)

  const doneBuckets = buckets.map((bucket) => ({ ...bucket, count: 0 }))
  for (const { at } of within(done)) {
    const part = doneBuckets[partAt(buckets, at)]
    if (part) part.count += 1
  }
  const runBuckets = buckets.map((bucket) => ({ ...bucket, ...noVerdicts() }))
  const totals = noVerdicts()
  for (const { at, verdict } of within(ended)) {
    const part = runBuckets[partAt(buckets, at)]
    if (part) part[verdict] += 1
    totals[verdict] += 1
  }
  const times = endedStays(stays, parts)
  const used = usedRuns(runs, parts)
  const sum = used.reduce(added, { runs: 0, tokens: 0, micros: null as number | null })
  const waiting = waits(facts, asked, fits)
  return {
    from, to, unit,
    done: { buckets: doneBuckets, total: within(done).length, before: asked.period === 'all' ? null : done.filter(({ at }) => at >= from - (to - from) && at < from).length },
    columns: columns.map((status) => {
      const lengths = times.filter((stay) => stay.status === status).map(({ since, till }) => till - since).sort((a, b) => a - b)
      return { status, count: lengths.length, median: median(lengths), longest: lengths.at(-1) ?? 0 }
    }),
    runs: { buckets: runBuckets, totals },
    cost: { staff: costs(used, ({ staffId }) => staffId), projects: costs(used, ({ missionId }) => facts.missions.get(missionId)?.projectId ?? ''), ...sum },
    waiting: waitKinds.map((kind) => {
      const those = waiting.filter((wait) => wait.kind === kind)
      const ages = Array.from({ length: waitBounds.length + 1 }, () => 0)
      for (const { since } of those) ages[ageOf(now - since)]! += 1
      return { kind, count: those.length, ages, oldest: those.reduce((oldest, { since }) => Math.min(oldest, since), now) }
    }),
    empty: facts.missions.size === 0 && facts.runs.length === 0 && facts.proposals.length === 0,
  }
}

const ageOf = (ms: number) => {
  const at = waitBounds.findIndex((days) => ms < days * dayMs)
  return at < 0 ? waitBounds.length : at
}

/** The missions behind a figure: the newest, or the longest, first. */
export function behind(facts: Facts, asked: InsightAsked, figure: Figure, now: number, most: number): BehindPage {
  const { stays, runs, fits, done, ended, parts } = prepared(facts, asked, now)
  const item = (missionId: MissionId | null, more: Partial<Behind>): Behind => {
    const { title = '', status = null, projectId = null, assigneeId = null } = (missionId && facts.missions.get(missionId)) || {}
    return { missionId: title || status ? missionId : null, title, status, projectId, assigneeId, at: null, ms: null, kind: null, runId: null, chatId: null, micros: null, ...more }
  }
  const page = <Item>(items: Item[], order: (a: Item, b: Item) => number, show: (item: Item) => Behind): BehindPage => ({ total: items.length, items: items.sort(order).slice(0, most).map(show) })
  const part = 'bucket' in figure && figure.bucket !== '' ? parts.buckets.find(({ key }) => key === figure.bucket) ?? { from: 0, to: 0 } : parts
  const within = ({ at }: { at: number }) => at >= part.from && at < part.to
  const newest = (a: { at: number }, b: { at: number }) => b.at - a.at

  switch (figure.of) {
    case 'done': return page(done.filter(within), newest, ({ missionId, at }) => item(missionId, { at }))
    case 'column': return page(endedStays(stays, parts).filter(({ status }) => status === figure.status), (a, b) => (b.till - b.since) - (a.till - a.since), ({ missionId, since, till }) => item(missionId, { at: till, ms: till - since }))
    case 'runs': return page(ended.filter((run) => within(run) && (figure.verdict === '' || run.verdict === figure.verdict)), newest, ({ missionId, at, verdict, id, micros }) => item(missionId, { at, kind: verdict, runId: id, micros }))
    case 'staff': case 'project': case 'cost': {
      const keyOf = figure.of === 'staff' ? ({ staffId }: Facts['runs'][number]) => staffId as string : ({ missionId }: Facts['runs'][number]) => facts.missions.get(missionId)?.projectId ?? ''
      return page(usedRuns(runs, parts).filter((run) => figure.of === 'cost' || keyOf(run) === figure.id), (a, b) => (b.micros ?? 0) - (a.micros ?? 0) || b.createdAt - a.createdAt,
        (run) => item(run.missionId, { at: run.endedAt ?? run.createdAt, runId: run.id, micros: run.micros, kind: isActive(run.state) ? null : verdictOf(facts, run) }))
    }
    case 'waiting': return page(waits(facts, asked, fits).filter(({ kind, since }) => (figure.kind === '' || kind === figure.kind) && (figure.age === null || ageOf(now - since) === figure.age)), (a, b) => a.since - b.since, ({ kind, since, missionId, item: more }) => item(missionId, { at: since, ms: now - since, kind, ...more }))
  }
}

export const verdictNames: Readonly<Record<Verdict, string>> = { approved: 'Approved', changes: 'Changes requested', unjudged: 'Not judged', failed: 'Failed', cancelled: 'Cancelled' }
export const waitNames: Readonly<Record<WaitKind, string>> = { review: 'For a review', answer: 'For an answer', order: 'For another mission', queued: 'In the queue', proposal: 'Proposals to decide' }
export const columnNames: Readonly<Record<Column, string>> = { backlog: 'Backlog', in_progress: 'In progress', review: 'Review' }
export { verdicts }
