import type { Entry } from '#lib/activity/entry.ts'
import type { Review, RunSummary } from '#lib/board/mission-document.ts'
import type { Thread } from '#lib/board/threads.ts'

/** What happened in a mission, in one stream: what people and staff said, what was run and how it was judged. */
export type Event =
  | { kind: 'comment'; id: string; at: number; thread: Thread }
  | { kind: 'review'; id: string; at: number; review: Review }
  | { kind: 'run'; id: string; at: number; run: RunSummary; number: number }
  /** What else was done, as long as nothing of the others came between; oldest first. */
  | { kind: 'changes'; id: string; at: number; entries: readonly Entry[] }

/** In the order in which they began; runs are numbered from 1. */
export function timeline(threads: readonly Thread[], reviews: readonly Review[], runs: readonly RunSummary[], entries: readonly Entry[] = []): Event[] {
  const events: Event[] = [
    ...threads.map((thread): Event => ({ kind: 'comment', id: thread.id, at: thread.at, thread })),
    ...reviews.map((review): Event => ({ kind: 'review', id: review.id, at: review.createdAt, review })),
    ...runs.map((run, index): Event => ({ kind: 'run', id: run.id, at: run.createdAt, run, number: index + 1 })),
    ...entries.map((entry): Event => ({ kind: 'changes', id: `entry ${entry.id}`, at: entry.at, entries: [entry] })),
  ]
  return events.sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1)).reduce<Event[]>(joined, [])
}

function joined(before: Event[], event: Event): Event[] {
  const last = before.at(-1)
  if (event.kind === 'changes' && last?.kind === 'changes') before[before.length - 1] = { ...last, entries: [...last.entries, ...event.entries] }
  else before.push(event)
  return before
}
