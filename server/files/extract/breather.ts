import { nextTurn } from '../../next-turn.ts'

const longestTurn = 25

/**
 * For long work on one thread: await the returned function between pages, batches or sentences. At most every 25 ms it lets the
 * event loop turn, so that an abort can arrive at all, and it throws the signal's reason once one has.
 */
export function breather(signal: AbortSignal): () => Promise<void> {
  let since = performance.now()
  return async () => {
    signal.throwIfAborted()
    if (performance.now() - since < longestTurn) return
    await nextTurn()
    since = performance.now()
    signal.throwIfAborted()
  }
}
