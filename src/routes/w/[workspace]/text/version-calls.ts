import type { Version, WholeVersion } from '../../../../../server/versions/versions.ts'

export type Answer<Value> = { ok: true; value: Value } | { ok: false; code: string; message: string }

const unreachable = { ok: false, code: 'unreachable', message: 'The server could not be reached. Try again when you are online.' } as const

async function call<Value>(path: string, read: (value: unknown) => Value, init?: RequestInit): Promise<Answer<Value>> {
  const response = await fetch(`/api/v1/documents/${path}`, init).catch(() => null)
  if (!response) return unreachable
  const answer: unknown = await response.json().catch(() => null)
  if (response.ok && answer !== null) return { ok: true, value: read(answer) }
  const error = (answer as { error?: { code?: string; message?: string } } | null)?.error
  return { ok: false, code: error?.code ?? 'broken', message: error?.message ?? 'Something went wrong on the server. Try again in a moment.' }
}

/** `document`: `mission/<id>` or `doc/<id>`. Newest first. */
export const listVersions = (document: string) => call(`${document}/versions`, (value) => (value as { versions: Version[] }).versions)

export const readVersion = (document: string, version: number) => call(`${document}/versions/${version}`, (value) => value as WholeVersion)

export const keepVersion = (document: string, fields: { kind: 'named' | 'restore'; name?: string }) =>
  call(`${document}/versions`, (value) => value as Version, { method: 'POST', body: JSON.stringify(fields), headers: { 'content-type': 'application/json' } })
