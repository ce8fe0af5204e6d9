import type { DetailedError, HttpResponse } from 'tus-js-client'
import type { FileOwner, WorkFile } from '#lib/board/files.ts'
import type { FileId } from '#lib/board/ids.ts'

/** Where a file goes: to a mission or a project, or into a file there as its next version. */
type SendTarget = { owner: FileOwner; replaces: FileId | null }

export type Sent =
  | { ok: true; file: WorkFile }
  /** `again`: it may well work the next time. */
  | { ok: false; code: 'stopped' | 'unreachable' | 'refused'; message: string; again: boolean }

type SendEvents = {
  /** The share that the server has, or that is on its way, 0 to 1. */
  progress: (share: number) => void
  /** The connection broke off; it is tried again by itself. */
  reconnecting: () => void
  /** Where the upload goes on, also after a reload of the page. */
  begun: (url: string) => void
}

/** Begun earlier, by this page or before a reload, and not finished. */
type Unfinished = { id: string; name: string; replaces: FileId | null; size: number; offset: number }

/** A part at a time: what is acknowledged is on the server's disk and is not sent again. */
const partBytes = 4 * 1024 * 1024
const retryDelays = [0, 1_000, 2_000, 4_000, 8_000, 15_000, 30_000, 60_000]
/** Longer ones would have to be in memory whole to be hashed here; the server compares what it can. */
const hashedBytes = 32 * 1024 * 1024

const refused = (message: string, again: boolean): Sent => ({ ok: false, code: 'refused', message, again })
const unreachable: Extract<Sent, { ok: false }> = { ok: false, code: 'unreachable', message: 'The server cannot be reached. What has arrived is kept; try again to send the rest.', again: true }
const stopped: Sent = { ok: false, code: 'stopped', message: '', again: false }

export const uploadUrl = (id: string) => `/api/v1/uploads/${id}`

/** Only in a secure context; elsewhere nothing is compared. */
async function hashOf(file: File): Promise<string | null> {
  if (file.size > hashedBytes || !globalThis.crypto?.subtle) return null
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', await file.arrayBuffer()))
  return [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}

/**
 * Sends one file, from where `from` stopped if that is given. `stop` breaks off and leaves what has arrived to be gone on with;
 * `discard` also removes that.
 */
export function sendFile({ owner, replaces }: SendTarget, file: File, from: string | null, events: SendEvents): { sent: Promise<Sent>; stop: () => void; discard: () => void } {
  let end: (discard: boolean) => void = () => {}
  let ended: boolean | null = null
  const sent = (async (): Promise<Sent> => {
    let tus, sha256
    try {
      ;[tus, sha256] = await Promise.all([import('tus-js-client'), hashOf(file)])
    } catch {
      return { ...unreachable, message: 'The file or a part of the program could not be read. Try again; if that does not help, pick the file once more.' }
    }
    if (ended !== null) return stopped
    const { Upload } = tus
    return new Promise<Sent>((resolve) => {
      const upload = new Upload(file, {
        endpoint: '/api/v1/uploads',
        uploadUrl: from,
        metadata: { filename: file.name, ...replaces ? { file: replaces } : { [owner.kind]: owner.id }, ...sha256 ? { sha256 } : {} },
        chunkSize: partBytes,
        retryDelays,
        storeFingerprintForResuming: false,
        onUploadUrlAvailable: () => upload.url && events.begun(upload.url),
        onProgress: (bytes, all) => events.progress(all > 0 ? bytes / all : 0),
        onShouldRetry(error) {
          const status = error.originalResponse?.getStatus() ?? 0
          const retry = status === 0 || status === 409 || status === 423 || (status >= 500 && status !== 507)
          if (retry) events.reconnecting()
          return retry && navigator.onLine
        },
        onSuccess: () => void outcomeOf(upload.url ?? '').then(resolve),
        onError: (error) => resolve('originalRequest' in error ? failureOf(error) : unreachable),
      })
      end = (discard) => {
        // What is removed on the server is removed by its address; that it cannot be reached now is no matter: it expires.
        void upload.abort(discard && upload.url !== null).catch(() => {})
        resolve(stopped)
      }
      upload.start()
    })
  })()
  const stop = (discard: boolean) => {
    ended = discard
    end(discard)
  }
  return { sent, stop: () => stop(false), discard: () => stop(true) }
}

/** What became of an upload that has arrived. */
async function outcomeOf(url: string): Promise<Sent> {
  for (const wait of [0, 1_000, 3_000]) {
    await new Promise((resolve) => setTimeout(resolve, wait))
    const response = await fetch(url).catch(() => null)
    if (response?.status === 404) return refused('The server does not know this upload any more. Send the file again.', true)
    if (!response?.ok) continue
    const { file, refused: refusal } = await response.json() as { file: WorkFile | null; refused: { code: string; message: string } | null }
    if (file) return { ok: true, file }
    if (refusal) return refused(refusal.message, refusal.code === 'cut_off')
  }
  return unreachable
}

function failureOf({ originalResponse }: DetailedError): Sent {
  const status = originalResponse?.getStatus() ?? 0
  if (!originalResponse || status === 0) return unreachable
  if (status === 401) return refused('You are signed out. Sign in again, then try again.', true)
  const error = errorIn(originalResponse)
  if (status === 404) return refused('The server does not know where this belongs yet, or any more. Try again in a moment.', true)
  const message = error?.message
  return refused(message ?? `The server could not keep the file (${status}). Try again.`, error?.code === 'cut_off' || error?.code === 'too_many' || status >= 500 || !message)
}

function errorIn(response: HttpResponse): { code?: string; message?: string } | null {
  try {
    return (JSON.parse(response.getBody()) as { error?: { code?: string; message?: string } }).error ?? null
  } catch {
    // Not from our program: something between us answered.
    return null
  }
}

/** One's own uploads to a mission or project that were broken off, of which something has arrived. */
export async function unfinishedUploads(owner: FileOwner): Promise<Unfinished[]> {
  const response = await fetch(`/api/v1/uploads?${owner.kind}=${owner.id}`).catch(() => null)
  if (!response?.ok) return []
  const { uploads } = await response.json() as { uploads: Unfinished[] }
  return uploads.filter(({ offset }) => offset > 0)
}

export const giveUp = (id: string) => fetch(uploadUrl(id), { method: 'DELETE', headers: { 'tus-resumable': '1.0.0' } }).catch(() => null)
