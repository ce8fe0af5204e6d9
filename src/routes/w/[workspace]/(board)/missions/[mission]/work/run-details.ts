import type { RunId } from '#lib/board/ids.ts'

export type ReadSource = { kind: string; name: string; size: number; version: string; cut: boolean }
/** `sources`: `null` until the run has read them. `description`: the mission's, as the run read it, in Markdown. */
export type RunDetails = { note: string; sources: readonly ReadSource[] | null; description: string | null }

const plain = (value: unknown) => (typeof value === 'object' && value !== null ? value as Record<string, unknown> : {})

const descriptionIn = (sources: unknown): string | null => {
  const text = Array.isArray(sources) ? sources.map(plain).find(({ kind }) => kind === 'mission')?.text : null
  return typeof text === 'string' ? text : null
}

/** What only the server knows of a run: the note it was started with and what it read. `null`: it could not be had. */
export async function runDetails(run: RunId, signal: AbortSignal): Promise<RunDetails | null> {
  const response = await fetch(`/api/v1/runs/${run}`, { signal }).catch(() => null)
  if (!response?.ok) return null
  const answer = plain(await response.json().catch(() => null))
  const { sources } = plain(answer.manifest)
  const { note } = plain(answer.run)
  return {
    note: typeof note === 'string' ? note : '',
    description: descriptionIn(sources),
    sources: Array.isArray(sources)
      ? sources.map(plain).map(({ kind, name, size, version, cut }) => ({
        kind: String(kind), name: String(name), size: typeof size === 'number' ? size : 0, version: typeof version === 'string' ? version : '', cut: cut === true,
      }))
      : null,
  }
}
