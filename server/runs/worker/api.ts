import { setTimeout as sleep } from 'node:timers/promises'
import type { FileId, RunId } from '#lib/board/ids.ts'
import type { FileText } from '../../files/extract/file-text.ts'
import { NoRoom, type Attachment, type Lease, type RunOutput } from '../engine.ts'
import { LeaseOver } from '../lease-over.ts'
import type { AskAnswer, Claim, ClaimRequest, MemoryPiece, Outcome, ToolAnswer, UsageAnswer } from '../protocol.ts'
import type { Manifest } from './manifest.ts'

/** A file may be read within a minute, and others may come before it. */
const textWaitSeconds = 20
const mostTextWaits = 9

/** How long a server may be away before a run is given up; its lease is over before that, where nobody else has the server either. */
const patienceMs = 60_000
const patiencePauseMs = 500
/** What proxies answer while the server behind them is not there. */
const isAway: ReadonlySet<number> = new Set([502, 503, 504])
const unreached: ReadonlySet<string> = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'UND_ERR_CONNECT_TIMEOUT'])

function neverArrived(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : null
  return cause instanceof Error && 'code' in cause && unreached.has(String(cause.code))
}

/** What is known of a file's newest version. */
export type FileFacts = { id: FileId; kind: 'attachment' | 'artifact'; name: string; type: string; size: number; version: number }

/** The server's HTTP side, as a worker sees it. */
export function createApi(url: string, token: string) {
  /** A server that starts again, or a network that comes back, is waited for: what never got there is sent again. */
  async function send(method: string, path: string, init: RequestInit = {}, { patient = true } = {}): Promise<Response> {
    const until = Date.now() + (patient ? patienceMs : 0)
    for (;;) {
      let failure: unknown
      try {
        const response = await fetch(`${url}/api/v1${path}`, { ...init, method, headers: { authorization: `Bearer ${token}`, ...init.headers } })
        if (!isAway.has(response.status) || Date.now() >= until) return response
        await response.body?.cancel()
      } catch (error) {
        if (!neverArrived(error)) throw error
        failure = error
      }
      if (failure !== undefined && Date.now() >= until) throw failure
      await sleep(patiencePauseMs, undefined, init.signal ? { signal: init.signal } : {})
    }
  }
  async function checked(response: Response): Promise<Response> {
    if (response.ok) return response
    const { code, message } = await errorOf(response)
    if (response.status === 401 || response.status === 410) throw new LeaseOver(message)
    if (code === 'no_room' || code === 'disk_full') throw new NoRoom(message)
    throw new Error(message)
  }
  const call = async (method: string, path: string, init: RequestInit = {}, how = {}) => await checked(await send(method, path, init, how))
  const post = (path: string, body: unknown, signal?: AbortSignal, how = {}) => call('POST', path, {
    body: JSON.stringify(body), headers: { 'content-type': 'application/json' }, ...(signal ? { signal } : {}),
  }, how)

  return {
    async claim(asked: ClaimRequest, signal: AbortSignal): Promise<Claim | null> {
      const response = await post('/runs/claim', asked, signal, { patient: false })
      return response.status === 204 ? null : await response.json() as Claim
    },
    heartbeat: (runId: RunId) => post(`/runs/${runId}/heartbeat`, {}, undefined, { patient: false }),
    release: (runId: RunId) => post(`/runs/${runId}/release`, {}, undefined, { patient: false }),
    keepManifest: (runId: RunId, manifest: Manifest) => post(`/runs/${runId}/manifest`, manifest),
    memory: async (runId: RunId, signal: AbortSignal) => (await (await call('GET', `/runs/${runId}/memory`, { signal })).json() as { pieces: MemoryPiece[] }).pieces,
    finish: (runId: RunId, outcome: Outcome) => post(`/runs/${runId}/finish`, outcome),
    async artifact(runId: RunId, { name, bytes, call: key }: Parameters<RunOutput['artifact']>[0], signal: AbortSignal): Promise<{ id: FileId; version: number }> {
      const asked = new URLSearchParams({ name, ...key === undefined ? {} : { call: key } })
      const response = await call('POST', `/runs/${runId}/artifacts?${asked}`, { body: bytes as Uint8Array<ArrayBuffer>, signal })
      return await response.json() as { id: FileId; version: number }
    },
    wait: (runId: RunId) => post(`/runs/${runId}/wait`, {}),
    /** What the engine may ask of the server while it holds the run. */
    leaseOf: (runId: RunId, signal: AbortSignal): Lease => ({
      usage: async (report) => await (await post(`/runs/${runId}/usage`, report, signal)).json() as UsageAnswer,
      checkpoint: async (checkpoint) => {
        await call('PUT', `/runs/${runId}/checkpoint`, { body: JSON.stringify({ checkpoint }), headers: { 'content-type': 'application/json' }, signal })
      },
      ask: async (request) => (await (await post(`/runs/${runId}/asks`, request, signal)).json() as AskAnswer).ask,
      carryOut: async (tool, args, key) => await (await post(`/runs/${runId}/tools/${tool}`, { arguments: args, key }, signal)).json() as ToolAnswer,
    }),
    /** `null` where there is no such file. */
    async file(fileId: FileId, signal: AbortSignal): Promise<FileFacts | null> {
      const response = await send('GET', `/files/${fileId}`, { signal })
      if (response.status === 404) return null
      return await (await checked(response)).json() as FileFacts
    },
    /** The version that the run's manifest names, whatever was put there since. */
    content: (fileId: FileId, version: number, signal: AbortSignal) => call('GET', `/files/${fileId}/content?version=${version}`, { signal }),
    async text(fileId: FileId, version: number, signal: AbortSignal): Promise<Awaited<ReturnType<NonNullable<Attachment['text']>>>> {
      for (let asked = 0; ; asked += 1) {
        const response = await call('GET', `/files/${fileId}/text?version=${version}&wait=${textWaitSeconds}`, { signal })
        const { status, reason, text } = await response.json() as { status: string; reason: string; text: FileText | null }
        if (text) return { ok: true, text }
        if (status === 'none') return null
        if (status === 'failed') return { ok: false, reason: reason.replace(/^This file /, '').replace(/\.$/, '') }
        if (asked >= mostTextWaits) return { ok: false, reason: 'was not read: its text is still being looked for' }
      }
    },
  }
}

export type Api = ReturnType<typeof createApi>

async function errorOf(response: Response): Promise<{ code: string; message: string }> {
  const text = await response.text()
  try {
    const { error } = JSON.parse(text) as { error?: { code?: string; message?: string } }
    if (error?.message) return { code: error.code ?? '', message: error.message }
  } catch {
    // Not ours: a proxy's page, most likely.
  }
  return { code: '', message: `The server answered ${response.status} ${text.slice(0, 200)}` }
}
