import { setTimeout as sleep } from 'node:timers/promises'
import { Connection } from '#lib/sync/connection.ts'
import type { Engine } from '../engine.ts'
import type { Claim } from '../protocol.ts'
import { createApi, LeaseOver } from './api.ts'
import { assembleContext } from './context.ts'
import { writeRecord } from './record.ts'

export type WorkerOptions = {
  /** Address of the server, such as http://localhost:3000. */
  url: string
  /** A staff token. */
  token: string
  name: string
  engine: (claim: Claim) => Engine
  /** Ends the worker: it takes nothing new, and gives up what it is at. */
  signal: AbortSignal
  /** Ends the worker when there was nothing to do for this long; `null` waits for ever. */
  idleMs: number | null
  report: (message: string, details?: Record<string, unknown>) => void
}

const claimWaitSeconds = 20
const retryMs = 2_000

/**
 * Takes runs from the queue, one at a time, and does them as a participant like any other: over the same socket as a browser,
 * with documents of its own, and with a token that is good for the run it holds.
 */
export async function workOnRuns({ url, token, name, engine, signal, idleMs, report }: WorkerOptions) {
  const api = createApi(url, token)
  let idleSince = Date.now()
  while (!signal.aborted) {
    const wait = idleMs === null ? claimWaitSeconds : Math.min(claimWaitSeconds, Math.max(0, (idleSince + idleMs - Date.now()) / 1000))
    try {
      const claim = await api.claim(name, wait, signal)
      if (claim) {
        await doRun(claim, url, engine(claim), signal, report)
        idleSince = Date.now()
      } else if (idleMs !== null && Date.now() - idleSince >= idleMs) return
    } catch (error) {
      if (signal.aborted) return
      report('The server cannot be reached, trying again', { error: String(error) })
      await sleep(retryMs, undefined, { signal }).catch(() => {})
    }
  }
}

async function doRun(claim: Claim, url: string, engine: Engine, stop: AbortSignal, report: WorkerOptions['report']) {
  const lease = createApi(url, claim.token)
  const lost = new AbortController()
  const signal = AbortSignal.any([stop, lost.signal])
  const connection = new Connection({ url: `${url.replace(/^http/, 'ws')}/sync`, token: claim.token })
  const loseLease = () => lost.abort(new LeaseOver())
  // The server closes our documents the moment a run is cancelled: quicker than any heartbeat.
  connection.on('signed out', loseLease)
  connection.on('refused', loseLease)
  const heartbeat = setInterval(() => {
    lease.heartbeat(claim.runId).catch((error: unknown) => {
      if (error instanceof LeaseOver) loseLease()
    })
  }, claim.leaseMs / 4)

  report('Run started', { run: claim.runId, attempt: claim.attempt })
  try {
    const record = await writeRecord(connection, lease, claim, signal)
    const { context, manifest } = await assembleContext(connection, lease, claim, signal)
    await lease.keepManifest(claim.runId, manifest)
    const { summary } = await engine.run(context, record.output, signal)
    await record.settled()
    await lease.finish(claim.runId, { state: 'succeeded', summary })
    report('Run succeeded', { run: claim.runId })
  } catch (error) {
    if (signal.aborted || error instanceof LeaseOver) {
      report('Run given up', { run: claim.runId, reason: stop.aborted ? 'the worker stops' : 'the run was taken away' })
      return
    }
    report('Run failed', { run: claim.runId, error: error instanceof Error ? error.stack : String(error) })
    const reason = error instanceof Error ? error.message : String(error)
    await lease.finish(claim.runId, { state: 'failed', reason: `The ${engine.name} engine stopped: ${reason}` }).catch(() => {})
  } finally {
    clearInterval(heartbeat)
    await connection.destroy()
  }
}
