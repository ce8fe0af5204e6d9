/**
 * News that is asked for whenever there may be some: what is asked while an asking is under way, or just after one, is one further asking. Resolves when
 * all that was asked until then is here.
 */
export function inBursts(ask: () => Promise<void>, atMostEveryMs: number) {
  let asking = false
  let again = false
  let ended = false
  return {
    async news() {
      again = true
      if (asking) return
      asking = true
      while (again && !ended) {
        again = false
        await ask()
        await new Promise((resolve) => setTimeout(resolve, atMostEveryMs))
      }
      asking = false
    },
    get ended() { return ended },
    end: () => void (ended = true),
  }
}
