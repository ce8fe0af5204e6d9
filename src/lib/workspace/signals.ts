import { createSubscriber } from 'svelte/reactivity'

/**
 * Changes by key, as Svelte sees them: what reads `track(key)` in a component is rendered again by `changed(key)`, and
 * nothing else is. Keys that nobody looks at cost nothing.
 */
export class Signals<Key> {
  #subscribers = new Map<Key, () => void>()
  #updates = new Map<Key, () => void>()

  track(key: Key) {
    let subscribe = this.#subscribers.get(key)
    if (!subscribe) {
      subscribe = createSubscriber((update) => {
        this.#updates.set(key, update)
        return () => {
          this.#updates.delete(key)
        }
      })
      this.#subscribers.set(key, subscribe)
    }
    subscribe()
  }

  changed(key: Key) {
    this.#updates.get(key)?.()
  }
}
