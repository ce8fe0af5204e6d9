import type { FileId, RunId } from '#lib/board/ids.ts'
import type { FileText } from '../../files/extract/file-text.ts'
import type { Attachment } from '../engine.ts'
import type { Claim, Outcome } from '../protocol.ts'
import type { Manifest } from './manifest.ts'

/** The run is not ours any more: cancelled, or taken over by another worker. */
export class LeaseOver extends Error {}

/** A file may be read within a minute, and others may come before it. */
const textWaitSeconds = 20
const mostTextWaits = 9

/** The server's HTTP side, as a worker sees it. */
export function createApi(url: string, token: string) {
  async function call(method: string, path: string, init: RequestInit = {}): Promise<Response> {
    const response = await fetch(`${url}/api/v1${path}`, {
      ...init, method, headers: { authorization: `Bearer ${token}`, ...init.headers },
    })
    if (response.ok) return response
    if (response.status === 401 || response.status === 404 || response.status === 410) throw new LeaseOver(await errorMessage(response))
    throw new Error(await errorMessage(response))
  }
  const post = (path: string, body: unknown, signal?: AbortSignal) => call('POST', path, {
    body: JSON.stringify(body), headers: { 'content-type': 'application/json' }, ...(signal ? { signal } : {}),
  })

  return {
    async claim(worker: string, waitSeconds: number, signal: AbortSignal): Promise<Claim | null> {
      const response = await post('/runs/claim', { worker, wait: waitSeconds }, signal)
      return response.status === 204 ? null : await response.json() as Claim
    },
    heartbeat: (runId: RunId) => post(`/runs/${runId}/heartbeat`, {}),
    keepManifest: (runId: RunId, manifest: Manifest) => post(`/runs/${runId}/manifest`, manifest),
    finish: (runId: RunId, outcome: Outcome) => post(`/runs/${runId}/finish`, outcome),
    artifact: (runId: RunId, name: string, bytes: Uint8Array, signal: AbortSignal) =>
      call('POST', `/runs/${runId}/artifacts?name=${encodeURIComponent(name)}`, { body: bytes as Uint8Array<ArrayBuffer>, signal }),
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

async function errorMessage(response: Response): Promise<string> {
  const text = await response.text()
  try {
    const { error } = JSON.parse(text) as { error?: { message?: string } }
    if (error?.message) return error.message
  } catch {
    // Not ours: a proxy's page, most likely.
  }
  return `The server answered ${response.status} ${text.slice(0, 200)}`
}
