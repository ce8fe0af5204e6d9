/** `kept`: whatever its age, it stays. Times: epoch milliseconds. */
export type Aging = { version: number; at: number; kept: boolean }

const hour = 60 * 60_000
const day = 24 * hour

/** The older, the further apart: all of two hours, one an hour for two days, one a day for two months, then one in thirty days. */
const spacing = [
  { until: 2 * hour, apart: 0 },
  { until: 2 * day, apart: hour },
  { until: 60 * day, apart: day },
  { until: Infinity, apart: 30 * day },
]
const mostAutomatic = 150

/** Which versions may go, of all that a text has, newest first. The newest always stays. */
export function thin(versions: readonly Aging[], now: number): number[] {
  const gone: number[] = []
  let automatic = 0
  let slot = ''
  for (const [index, { version, at, kept }] of versions.entries()) {
    if (kept || index === 0) continue
    const { apart } = spacing.find(({ until }) => now - at < until)!
    const mine = apart === 0 ? `at ${version}` : `${apart} ${Math.floor(at / apart)}`
    if (mine === slot || automatic >= mostAutomatic) gone.push(version)
    else automatic += 1
    slot = mine
  }
  return gone
}
