import type { RunId } from '#lib/board/ids.ts'
import type { Ask, Cause, RunCode, Usage } from '#lib/board/run-record.ts'
import type { RunEdit } from '#lib/staff/answers.ts'

export type ReadSource = { kind: string; name: string; size: number; version: string; cut: boolean; tokens: number | null; /** Of earlier work, why the run was given it. */ reason: string }
/** How much of the room for what a run may know was taken, in tokens. */
export type ReadBudget = { tokens: number; room: number }

/** `sources`: `null` until the run has read them. `description`: the mission's, as the run read it, in Markdown. */
export type RunDetails = {
  note: string
  sources: readonly ReadSource[] | null
  budget: ReadBudget | null
  description: string | null
  asks: readonly Ask[]
  edits: readonly RunEdit[]
  cause: Cause | null
  code: RunCode
  engine: string
  model: string
  instructionsVersion: number | null
  usage: Usage | null
}

const plain = (value: unknown) => (typeof value === 'object' && value !== null ? value as Record<string, unknown> : {})
const text = (value: unknown) => (typeof value === 'string' ? value : '')
const count = (value: unknown) => (typeof value === 'number' ? value : null)

const descriptionIn = (sources: unknown): string | null => {
  const found = Array.isArray(sources) ? sources.map(plain).find(({ kind }) => kind === 'mission')?.text : null
  return typeof found === 'string' ? found : null
}

const budgetIn = (value: unknown): ReadBudget | null => {
  const { tokens, room } = plain(value)
  return typeof tokens === 'number' && typeof room === 'number' && room > 0 ? { tokens, room } : null
}

const usageIn = (value: unknown): Usage | null => {
  const { turns, inputTokens, outputTokens, micros } = plain(value)
  return typeof turns === 'number' && typeof inputTokens === 'number' && typeof outputTokens === 'number' ? { turns, inputTokens, outputTokens, micros: count(micros) } : null
}

/** What only the server knows of a run: what started it, what it read, what it asked, changed and used. `null`: it could not be had. */
export async function runDetails(run: RunId, signal: AbortSignal): Promise<RunDetails | null> {
  const response = await fetch(`/api/v1/runs/${run}`, { signal }).catch(() => null)
  if (!response?.ok) return null
  const answer = plain(await response.json().catch(() => null))
  const { sources, budget } = plain(answer.manifest)
  const about = plain(answer.run)
  return {
    note: text(about.note),
    description: descriptionIn(sources),
    sources: Array.isArray(sources)
      ? sources.map(plain).map(({ kind, name, size, version, cut, tokens, reason }) => ({
        kind: String(kind), name: String(name), size: count(size) ?? 0, version: text(version), cut: cut === true, tokens: count(tokens), reason: text(reason),
      }))
      : null,
    budget: budgetIn(budget),
    asks: Array.isArray(answer.asks) ? answer.asks as Ask[] : [],
    edits: Array.isArray(answer.edits) ? answer.edits as RunEdit[] : [],
    cause: typeof about.cause === 'object' ? about.cause as Cause | null : null,
    code: text(about.code) as RunCode,
    engine: text(about.engine),
    model: text(about.model),
    instructionsVersion: count(about.instructions_version),
    usage: usageIn(about.usage ?? answer.usage),
  }
}
