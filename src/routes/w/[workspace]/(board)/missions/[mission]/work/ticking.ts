import { createSubscriber } from 'svelte/reactivity'

const subscribe = createSubscriber((update) => {
  const timer = setInterval(update, 1_000)
  return () => clearInterval(timer)
})

/** Epoch milliseconds; whoever reads it is rendered again every second. */
export function everySecond(): number {
  subscribe()
  return Date.now()
}
