/** What changes is read when it was left alone for so long, and at the latest so long after it began to change: what is typed comes in bursts. */
const [soonMs, latestMs] = [200, 500]
/** What took longer than this to read rests before it is read again, at most so long; or as long as it took. */
const [longMs, longestRestMs] = [5, 600]
/** Of the time, reading one place that changes again and again takes at most this share. */
const shareOfTime = 4

/**
 * What is to be read next. What changed comes before what was missed, of which there can be tens of thousands after a downtime; what changes all the
 * time is read the less often the longer it takes, and holds up nothing else.
 */
export function readingOrder() {
  /** When each may be read, and when it must be. */
  const changed = new Map<string, { at: number; latest: number }>()
  const missed = new Set<string>()
  const restUntil = new Map<string, number>()

  return {
    changed(source: string, now: number) {
      missed.delete(source)
      const rested = restUntil.get(source) ?? 0
      const { latest } = changed.get(source) ?? { latest: Math.max(now + latestMs, rested) }
      changed.set(source, { at: Math.min(Math.max(now + soonMs, rested), latest), latest })
    },
    missed(source: string) {
      if (!changed.has(source)) missed.add(source)
    },
    /** Takes out what may be read now; `null` while all has to wait. */
    next(now: number): { source: string; wasMissed: boolean } | null {
      for (const [source, { at }] of changed) {
        if (at > now) continue
        changed.delete(source)
        return { source, wasMissed: false }
      }
      const [source] = missed
      if (source === undefined) return null
      missed.delete(source)
      return { source, wasMissed: true }
    },
    /** It was read, which took so long. */
    took(source: string, ms: number, now: number) {
      for (const [other, until] of restUntil) if (until <= now) restUntil.delete(other)
      if (ms > longMs) restUntil.set(source, now + Math.max(ms, Math.min(ms * (shareOfTime - 1), longestRestMs)))
    },
    isEmpty: () => changed.size === 0 && missed.size === 0,
  }
}
