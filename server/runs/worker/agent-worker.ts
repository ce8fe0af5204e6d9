import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { Connection } from '#lib/sync/connection.ts'
import { NoRoom, type RunEnd } from '../engine.ts'
import { LeaseOver } from '../lease-over.ts'
import type { Claim, Outcome } from '../protocol.ts'
import { createApi, type Api } from './api.ts'
import { assembleContext } from './context.ts'
import { engineOf, type OwnKey } from './engine-of.ts'
import { fitted } from './manifest.ts'
import { writeRecord } from './record.ts'

type WorkerOptions = {
  /** Address of the server, such as http://localhost:3000. */
  url: string
  /** A token of a worker, or of a staff member. */
  token: string
  name: string
  version: string
  /** How many runs it does at once. */
  concurrency: number
  ownKey: OwnKey
  /** How long an endpoint of models may be silent. */
  silentMs: number
  /** Ends the worker in peace: it takes nothing new, and what it is at has `drainMs` to come to its end. */
  drain: AbortSignal
  drainMs: number
  /** Gives back at once what it is at. */
  stop?: AbortSignal
  /** Ends the worker when there was nothing to do for this long; `null` waits for ever. */
  idleMs: number | null
  report: (message: string, details?: Record<string, unknown>) => void
}

const claimWaitSeconds = 20
const retryMs = 2_000

/**
 * Takes runs from the queue, several at once, and does them as a participant like any other: over the same socket as a browser, with documents
 * of their own, and with a token that is good for the run alone.
 */
export async function workOnRuns(options: WorkerOptions) {
  const { url, token, name, version, concurrency, drain, drainMs, idleMs, report } = options
  const api = createApi(url, token)
  const id = randomUUID()
  const stop = new AbortController()
  options.stop?.addEventListener('abort', () => stop.abort(), { once: true })
  const active = new Set<Promise<void>>()
  let idleSince = Date.now()

  while (!drain.aborted) {
    if (active.size >= concurrency) {
      await Promise.race([...active, aborted(drain)])
      continue
    }
    const wait = idleMs === null || active.size > 0 ? claimWaitSeconds : Math.min(claimWaitSeconds, Math.max(0, (idleSince + idleMs - Date.now()) / 1000))
    try {
      const claim = await api.claim({ worker: name, wait, id, version, concurrency, busy: active.size, draining: false }, drain)
      if (claim) {
        const run = doRun(claim, options, stop.signal).finally(() => {
          active.delete(run)
          idleSince = Date.now()
        })
        active.add(run)
      } else if (idleMs !== null && active.size === 0 && Date.now() - idleSince >= idleMs) return
    } catch (error) {
      if (drain.aborted) break
      report('The server cannot be reached, trying again', { error: String(error) })
      await sleep(retryMs, undefined, { signal: drain }).catch(() => {})
    }
  }
  if (active.size === 0) return
  report(`Takes no further runs, and finishes ${active.size === 1 ? 'the one' : `the ${active.size}`} it is at`, { withinMs: drainMs })
  await api.claim({ worker: name, wait: 0, id, version, concurrency, busy: active.size, draining: true }, AbortSignal.timeout(retryMs)).catch(() => {})
  const late = setTimeout(() => {
    report(`Gives ${active.size === 1 ? 'a run' : `${active.size} runs`} back to the queue`)
    stop.abort()
  }, drainMs)
  await Promise.all(active)
  clearTimeout(late)
}

const aborted = (signal: AbortSignal) => new Promise<void>((resolve) => {
  if (signal.aborted) resolve()
  else signal.addEventListener('abort', () => resolve(), { once: true })
})

async function doRun(claim: Claim, { url, ownKey, silentMs, report }: WorkerOptions, stop: AbortSignal) {
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

  report('Run started', { run: claim.runId, attempt: claim.attempt, engine: claim.engine.kind })
  const details = { run: claim.runId }
  try {
    const record = await writeRecord(connection, lease, claim, signal)
    const engine = engineOf(claim, { connection, api: lease, ownKey, silentMs, signal })
    const { context, manifest } = await assembleContext(connection, lease, claim, signal)
    const fit = await engine.fit?.(context, record.output, signal) ?? null
    // A run that goes on reads nothing anew.
    if (!claim.resume?.checkpoint) await lease.keepManifest(claim.runId, fit ? fitted(manifest, fit) : manifest)
    const end = await engine.run(context, record.output, signal)
    await record.settled()
    await close(lease, claim, end)
    report('waits' in end ? 'Run waits for people' : 'summary' in end ? 'Run succeeded' : 'Run failed', { ...details, ...'reason' in end && { reason: end.reason } })
  } catch (error) {
    if (signal.aborted || error instanceof LeaseOver) {
      report('Run given up', { ...details, reason: stop.aborted ? 'the worker stops' : 'the run was taken away' })
      if (stop.aborted) await lease.release(claim.runId).catch(() => {})
      return
    }
    report('Run failed', { ...details, error: error instanceof Error ? error.stack : String(error) })
    const reason = error instanceof Error ? error.message : String(error)
    const outcome: Outcome = error instanceof NoRoom ? { state: 'failed', reason, code: 'no_room' } : { state: 'failed', reason: `The ${claim.engine.kind} engine stopped: ${reason}`, code: 'worker_failed' }
    await lease.finish(claim.runId, outcome).catch(() => {})
  } finally {
    clearInterval(heartbeat)
    await connection.destroy()
  }
}

async function close(lease: Api, { runId }: Claim, end: RunEnd) {
  if ('waits' in end) await lease.wait(runId)
  else if ('summary' in end) await lease.finish(runId, { state: 'succeeded', summary: end.summary })
  else await lease.finish(runId, { state: 'failed', reason: end.reason, code: end.code })
}
