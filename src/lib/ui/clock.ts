import { createSubscriber } from 'svelte/reactivity'

/** One timer for all who read it, while anybody does. */
function clock(everyMs: number) {
  const subscribe = createSubscriber((update) => {
    const timer = setInterval(update, everyMs)
    return () => clearInterval(timer)
  })
  return () => {
    subscribe()
    return Date.now()
  }
}

/** Epoch milliseconds; whoever reads it is rendered again twice a minute, as ages want it. */
export const now = clock(30_000)

/** Epoch milliseconds; whoever reads it is rendered again every second. */
export const everySecond = clock(1_000)
