import type { MissionId, RunId } from '#lib/board/ids.ts'

export type Called = { ok: true; runId: RunId } | { ok: false; code: string; message: string }

const unreachable: Called = { ok: false, code: 'unreachable', message: 'The server cannot be reached. Try again when you are online.' }

async function post(path: string, body: Record<string, unknown> = {}): Promise<Called> {
  const response = await fetch(`/api/v1/${path}`, {
    method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body),
  }).catch(() => null)
  if (!response) return unreachable
  const answer = await response.json().catch(() => null) as { run?: { id: RunId }; error?: { code: string; message: string } } | null
  if (response.ok && answer?.run) return { ok: true, runId: answer.run.id }
  return { ok: false, code: answer?.error?.code ?? 'failed', message: answer?.error?.message ?? 'The server could not do that. Try again in a moment.' }
}

/** Starts a run by the staff member that the mission is assigned to. */
export const startRun = (mission: MissionId, note = '') => post(`missions/${mission}/runs`, note ? { note } : {})
export const cancelRun = (run: RunId) => post(`runs/${run}/cancel`)
export const retryRun = (run: RunId, note = '') => post(`runs/${run}/retry`, note ? { note } : {})
