import { turns } from '../in-turn.ts'
import { sideThread, type SideThread } from '../runs/beside/side-thread.ts'
import type { IntakeRequest, IntakeResult } from './intake.ts'

/** To start a thread and load what reads takes longer than to read: it stays for whoever asks next within this time. */
const keptMs = 60_000

const inTurn = turns()
let kept: { thread: SideThread; stop: AbortController } | null = null
let idle: NodeJS.Timeout | undefined

/** Ends the thread that is kept. */
export async function endIntake() {
  clearTimeout(idle)
  const ended = kept
  kept = null
  await ended?.thread.close()
}

/** Sorts a request on a thread beside the server's own, which would answer nobody meanwhile: ten pages take half a second. */
export const intakeBeside = (request: IntakeRequest, signal: AbortSignal): Promise<IntakeResult> => inTurn('intake', async () => {
  clearTimeout(idle)
  signal.throwIfAborted()
  if (!kept) {
    const stop = new AbortController()
    kept = { thread: sideThread(stop.signal), stop }
  }
  const { thread, stop } = kept
  const abort = () => {
    // Only its end interrupts it.
    stop.abort(signal.reason)
    kept = null
  }
  signal.addEventListener('abort', abort, { once: true })
  try {
    return await thread.run('intake', request)
  } finally {
    signal.removeEventListener('abort', abort)
    idle = setTimeout(() => void endIntake(), keptMs).unref()
  }
})
