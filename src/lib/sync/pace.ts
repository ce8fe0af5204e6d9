/** The times that are no longer ago than a minute, and now. */
export function withinAMinute(times: readonly number[], now = Date.now()): number[] {
  return [...times.filter((at) => now - at < 60_000), now]
}

const usualMs = [500, 1_000, 2_000, 5_000, 10_000]
const limitedMs = [1_000, 2_000, 5_000, 10_000, 30_000]

export type Cause = 'closed' | 'denied' | 'access changed' | 'store failing' | 'limited'

/** How long to wait before a document asks again: `tries` times it has asked for this cause already, since `since` ms. */
export function askAgainAfterMs(cause: Cause, tries: number, since: number): number {
  switch (cause) {
    case 'access changed': return tries === 0 ? 0 : at(usualMs, tries - 1)
    // A disk that is full is cleared by somebody who then looks whether it helped.
    case 'store failing': return tries < 2 ? 250 : since < 60_000 ? 800 : 5_000
    case 'limited': return at(limitedMs, tries)
    case 'closed':
    case 'denied': return at(usualMs, tries)
  }
}

const at = (delays: readonly number[], tries: number) => delays[Math.min(tries, delays.length - 1)]!
