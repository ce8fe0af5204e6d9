import type { RunId } from '#lib/board/ids.ts'

export type ReadSource = { kind: string; name: string; size: number; version: string; cut: boolean }
/** `sources`: `null` until the run has read them. */
export type RunDetails = { note: string; sources: readonly ReadSource[] | null }

const plain = (value: unknown) => (typeof value === 'object' && value !== null ? value as Record<string, unknown> : {})

/** What only the server knows of a run: the note it was started with and what it read. `null`: it could not be had. */
export async function runDetails(run: RunId, signal: AbortSignal): Promise<RunDetails | null> {
  const response = await fetch(`/api/v1/runs/${run}`, { signal }).catch(() => null)
  if (!response?.ok) return null
  const answer = plain(await response.json().catch(() => null))
  const { sources } = plain(answer.manifest)
  const { note } = plain(answer.run)
  return {
    note: typeof note === 'string' ? note : '',
    sources: Array.isArray(sources)
      ? sources.map(plain).map(({ kind, name, size, version, cut }) => ({
        kind: String(kind), name: String(name), size: typeof size === 'number' ? size : 0, version: typeof version === 'string' ? version : '', cut: cut === true,
      }))
      : null,
  }
}
