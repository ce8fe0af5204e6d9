/** What the API answered, or why it did not in words for a person. `field` is the one that the words are about. */
export type Answered<T> = { ok: true; value: T } | { ok: false; status: number; code: string; message: string; field: string | null }

type Method = 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE'
type Options = { body?: Record<string, unknown>; signal?: AbortSignal; fetch?: typeof fetch }

/** Calls the API below `/api/v1/`, and tells an answer without words from none at all. */
export async function callApi<T>(method: Method, path: string, { body, signal, fetch: ask = fetch }: Options = {}): Promise<Answered<T>> {
  const response = await ask(`/api/v1/${path}`, {
    method, ...signal && { signal }, ...body && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) },
  }).catch(() => null)
  if (!response) return { ok: false, status: 0, code: 'unreachable', message: 'The server cannot be reached. Try again when you are online.', field: null }
  const answer = await response.json().catch(() => null) as (T & { error?: { code: string; message: string; field?: string } }) | null
  if (response.ok && answer) return { ok: true, value: answer }
  const { code = 'failed', message = 'The server could not do that. Try again in a moment.', field = null } = answer?.error ?? {}
  return { ok: false, status: response.status, code, message, field }
}
