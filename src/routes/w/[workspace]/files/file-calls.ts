import type { WorkFile } from '#lib/board/files.ts'
import { toast } from '#lib/ui/toast.ts'

export type Called = { ok: true } | { ok: false; message: string }

async function call(path: string, init: RequestInit, otherwise: string): Promise<Called> {
  const response = await fetch(`/api/v1/files/${path}`, init).catch(() => null)
  if (!response) return { ok: false, message: `${otherwise} The server cannot be reached.` }
  if (response.ok) return { ok: true }
  if (response.status === 404) return { ok: false, message: `${otherwise} It is not there any more.` }
  const answer = await response.json().catch(() => null) as { error?: { message?: string } } | null
  return { ok: false, message: answer?.error?.message ?? `${otherwise} Try again.` }
}

export const renameFile = ({ id }: Pick<WorkFile, 'id'>, name: string) =>
  call(id, { method: 'PATCH', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ name }) }, 'The file was not renamed.')

/** Deletes a file for everyone and offers to bring it back. */
export async function deleteFile({ id, name }: Pick<WorkFile, 'id' | 'name'>): Promise<boolean> {
  const deleted = await call(id, { method: 'DELETE' }, `“${name}” was not deleted.`)
  if (!deleted.ok) {
    toast(deleted.message, { tone: 'danger' })
    return false
  }
  toast(`“${name}” is deleted`, { action: { label: 'Undo', run: () => void bringBack({ id, name }) }, seconds: 12 })
  return true
}

async function bringBack({ id, name }: Pick<WorkFile, 'id' | 'name'>) {
  const restored = await call(`${id}/restore`, { method: 'POST' }, `“${name}” was not brought back.`)
  toast(restored.ok ? `“${name}” is back` : restored.message, { tone: restored.ok ? 'success' : 'danger' })
}
