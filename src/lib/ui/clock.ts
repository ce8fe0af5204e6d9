import { createSubscriber } from 'svelte/reactivity'

/** One clock for every age on the page: reading it re-renders the reader twice a minute. */
const subscribe = createSubscriber((update) => {
  const timer = setInterval(update, 30_000)
  return () => clearInterval(timer)
})

/** Epoch milliseconds. */
export function now(): number {
  subscribe()
  return Date.now()
}
