import type { WorkFile } from '#lib/board/files.ts'
import type { ActorId, DocId, MissionId, RunId, WorkspaceId } from '#lib/board/ids.ts'
import type { Ask, AskKind, Cause, Chain, Price, RunCode, Usage } from '#lib/board/run-record.ts'
import type { Autonomy, RunGuards } from '#lib/board/staff.ts'

// What a worker and the server say to each other over HTTP, under /api/v1/runs. All but the claim goes with the lease's token,
// and is answered with 410 once the lease is over.

/** What drives the run. A key reaches workers that take any run of the workspace, and no agent of one staff member alone: those bring their own. */
export type EngineTask =
  | { kind: 'offline' }
  /** `prices` are of models by name; `apiKey` is `null` where the endpoint wants none, or the worker has its own. */
  | { kind: 'openai'; baseUrl: string; apiKey: string | null; model: string; prices: Readonly<Record<string, Price>> }

/** A server of tools, with what it needs to be started or asked. `tools`: which of its tools this staff member may use. */
export type McpTask =
  | { id: string; name: string; transport: 'stdio'; command: string; args: readonly string[]; env: Readonly<Record<string, string>>; tools: readonly string[] }
  | { id: string; name: string; transport: 'http'; url: string; headers: Readonly<Record<string, string>>; tools: readonly string[] }

/** `wait`: seconds. `id` names the worker for as long as it lives; `busy` counts its runs. One that is `draining` gets no run any more. */
export type ClaimRequest = { worker: string; wait: number; id?: string; version?: string; concurrency?: number; busy?: number; draining?: boolean }

/** POST /claim, a `ClaimRequest`. `token` is good for this attempt alone. */
export type Claim = {
  runId: RunId; missionId: MissionId; workspaceId: WorkspaceId; staffId: ActorId
  attempt: number; note: string; createdAt: number; token: string; leaseMs: number
  staff: { name: string; role: string; instructions: string; autonomy: Autonomy; tools: readonly string[]; alwaysAllowed: readonly string[] }
  engine: EngineTask
  mcp: readonly McpTask[]
  /** Hosts that `fetch_url` may ask. */
  fetchAllowed: readonly string[]
  guards: RunGuards
  /** Used by earlier attempts of this run, and before it waited. */
  used: Usage & { workingMs: number }
  cause: Cause
  chain: Chain
  /** What the engine kept when it last said so, and what people answered since; `null` for a run that begins. */
  resume: { checkpoint: string; asks: readonly Ask[] } | null
  /** Somebody has the board open: the draft then comes at a pace that people can read. */
  watched: boolean
}

/**
 * POST /<run>/usage, after each turn: what was used since the last report. `over` says which bound is reached, in words for people: the run may
 * finish what it has, and takes no further turn. A worker that goes on is stopped by its next report, or after a few seconds.
 */
export type UsageReport = { model: string; turns: number; inputTokens: number; outputTokens: number; micros: number | null }
export type UsageAnswer = { used: Usage; over: { code: Extract<RunCode, 'turns' | 'tokens' | 'money' | 'month_money'>; reason: string } | null }

/** PUT /<run>/checkpoint `{checkpoint}`: text of the engine's own, at most `longestCheckpoint` characters. The newest counts. */
export const longestCheckpoint = 16_000_000

/**
 * POST /<run>/asks. Asked again with the same `key`, the answer is the same: nothing is asked twice. An open one makes the run wait once the
 * worker calls POST /<run>/wait, which ends the lease; the answer sends the run back to the queue.
 */
export type AskRequest = { key: string; kind: AskKind; question: string; choices?: readonly string[]; tool?: string; args?: string }
export type AskAnswer = { ask: Ask }

/** POST /<run>/finish */
export type Outcome =
  | { state: 'succeeded'; summary: string }
  | { state: 'failed'; reason: string; code?: RunCode }

/**
 * POST /<run>/tools/<tool> `{arguments, key}`, for the tools that the server carries out, answered with words for the model. `key`: the model's id of the
 * call. Asked again with the same one, also by a later attempt, the answer is the same and nothing is done twice; an approval is looked for by it.
 */
export type ToolAnswer = { ok: true; result: string } | { ok: false; message: string }

/**
 * GET /<run>/memory `{pieces}`: earlier work that the run is given, in the order in which it matters. `reason` continues “it was”: `given to this
 * mission by Mia`. `given`: by people; the rest was found. `where`: the mission or project that it is of. Worth reading first: what is `approved`.
 */
export type MemoryPiece = { source: string; reason: string; given: boolean; approved: boolean; name: string; where: string } & (
  | { kind: 'file'; file: Pick<WorkFile, 'id' | 'kind' | 'name' | 'type' | 'size' | 'version' | 'hash'> }
  | { kind: 'doc'; id: DocId }
  | { kind: 'result'; text: string; version: string }
)

/** What `POST /<run>/tools/<tool>` takes. Ids are as other tools name them. */
export type ServerTools = {
  search: { query: string; in?: 'missions' | 'comments' | 'docs' | 'files' }
  read_doc: { doc: string }
  /** `replace` is a passage of the doc, word for word, that `markdown` takes the place of; without it `markdown` is added at the end. */
  edit_doc: { doc: string; markdown: string; replace?: string }
  propose_mission: { title: string; description: string; assignee?: string }
  remember: { text: string; why: string }
  hand_to: { staff: string; note: string }
}
