import type { ActorId } from '#lib/board/ids.ts'
import type { RunState } from '#lib/board/mission.ts'
import type { Cause } from '#lib/board/run-record.ts'

export const runStateNames: Record<RunState, string> = {
  queued: 'Queued',
  running: 'Running',
  waiting: 'Waits for you',
  succeeded: 'Finished',
  failed: 'Failed',
  cancelled: 'Cancelled',
}

/** `0:07`, `12:30`, `1:02:09`. */
export function formatClock(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000))
  const two = (value: number) => String(value).padStart(2, '0')
  const hours = Math.floor(seconds / 3600)
  const minutes = Math.floor(seconds / 60) % 60
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`
}

/** How far into a run something was: `0.4 s`, `12.0 s`, then as a clock. */
export const formatOffset = (ms: number): string => (ms < 60_000 ? `${(Math.max(0, ms) / 1000).toFixed(1)} s` : formatClock(ms))

/** `under a second`, `7 s`, `12 min 30 s`, `1 h 2 min`. */
export function formatSpan(ms: number): string {
  const seconds = Math.round(ms / 1000)
  if (seconds < 1) return 'under a second'
  if (seconds < 60) return `${seconds} s`
  const minutes = Math.floor(seconds / 60)
  if (minutes < 60) return seconds % 60 ? `${minutes} min ${seconds % 60} s` : `${minutes} min`
  return minutes % 60 ? `${Math.floor(minutes / 60)} h ${minutes % 60} min` : `${Math.floor(minutes / 60)} h`
}

/** A sentence for whoever cannot see the state change. */
export function sayState(who: string, state: RunState): string {
  switch (state) {
    case 'queued': return `${who} will start soon.`
    case 'running': return `${who} is working.`
    case 'waiting': return `${who} waits for an answer.`
    case 'succeeded': return `${who} has finished. The result is ready for review.`
    case 'failed': return `The run of ${who} failed.`
    case 'cancelled': return `The run of ${who} was cancelled.`
  }
}

/** What started a run: `Ada`, `a comment of Ben`, `auto-run`. */
export function causeWords(cause: Cause, nameOf: (id: ActorId) => string): string {
  switch (cause.kind) {
    case 'person': return nameOf(cause.id)
    case 'auto_run': return 'auto-run'
    case 'mention': return `a comment of ${nameOf(cause.by)}`
    case 'hand_over': return `${nameOf(cause.from)}, who handed it over`
    case 'retry': return `${nameOf(cause.id)}, as a retry`
    case 'routine': return `the routine “${cause.name}”`
  }
}
