import type { MissionFile } from '#lib/board/mission-document.ts'
import type { MissionId } from '#lib/board/ids.ts'

export type Sent =
  | { ok: true; file: MissionFile }
  /** `again`: it may well work the next time. */
  | { ok: false; code: 'stopped' | 'unreachable' | 'refused'; message: string; again: boolean }

const refused = (message: string, again: boolean): Sent => ({ ok: false, code: 'refused', message, again })

/** Sends one file as it is; `onProgress` gets the share that is on its way, 0 to 1. */
export function sendFile(mission: MissionId, file: File, onProgress: (share: number) => void): { sent: Promise<Sent>; stop: () => void } {
  const request = new XMLHttpRequest()
  const sent = new Promise<Sent>((resolve) => {
    request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0)
    request.onabort = () => resolve({ ok: false, code: 'stopped', message: '', again: false })
    request.onerror = () => resolve({ ok: false, code: 'unreachable', message: 'The connection broke off before the file had arrived.', again: true })
    request.onload = () => resolve(answerOf(request))
  })
  request.open('POST', `/api/v1/missions/${mission}/files?name=${encodeURIComponent(file.name)}`)
  request.setRequestHeader('content-type', 'application/octet-stream')
  request.send(file)
  return { sent, stop: () => request.abort() }
}

function answerOf({ status, responseText }: XMLHttpRequest): Sent {
  let answer: { error?: { code?: string; message?: string } } & Partial<MissionFile> = {}
  try {
    answer = JSON.parse(responseText) as typeof answer
  } catch {
    // Not from our program: something between us answered.
  }
  if (status === 201 && answer.id) return { ok: true, file: answer as MissionFile }
  if (status === 401) return refused('You are signed out. Sign in again, then try again.', true)
  if (status === 404) return refused('The server does not know this mission yet, or any more. Try again in a moment.', true)
  const message = answer.error?.message
  return refused(message ?? `The server could not keep the file (${status}). Try again.`, answer.error?.code === 'cut_off' || status >= 500 || !message)
}
