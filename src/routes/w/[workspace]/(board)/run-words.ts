import type { Facts, Member, Mission } from '#lib/board/mission.ts'

/** What a card says of the work on it: who, in what state, since when, the last that happened and what is needed now. */
export type RunWords = {
  /** Names the tone. */
  state: NonNullable<Facts['run']>['state'] | 'idle'
  who: string
  doing: string
  /** Epoch milliseconds. */
  since: number | null
  note: string
  /** It asks nothing of anybody. */
  quiet: boolean
}

/** `null` where there is nothing to say. `mayAnswer`: whoever looks may say what a run waits for. */
export function runWords(mission: Mission, { run }: Facts, staff: Member | null, mayAnswer = true): RunWords | null {
  if (!run) {
    if (staff?.kind !== 'staff' || mission.status !== 'in_progress') return null
    return { state: 'idle', who: staff.name, doing: 'has not started', since: null, note: 'Open the mission to start a run.', quiet: false }
  }
  const who = staff?.name ?? 'Staff'
  const words = (doing: string, note: string, quiet = false): RunWords => ({ state: run.state, who, doing, since: run.since || null, note, quiet })
  switch (run.state) {
    case 'queued': return words('will start', run.line || 'Waits for its turn.')
    case 'running': return words('works', run.line)
    case 'waiting': return words(mayAnswer ? 'waits for you' : 'waits for an answer', run.line)
    case 'failed': return words('failed', run.line || 'Open the mission to see why.')
    case 'cancelled': return mission.status === 'done' ? null : words('was stopped', '', true)
    case 'succeeded':
      if (mission.status === 'review') return words('is finished', 'Ready for your review.')
      return words('finished', mission.status === 'done' ? '' : run.line, true)
  }
}
