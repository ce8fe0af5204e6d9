import type { ActorId, DocId, MissionId, ProjectId, RunId } from '#lib/board/ids.ts'
import type { RunState } from '#lib/board/mission.ts'
import type { LogEntry } from '#lib/board/run-document.ts'
import type { Price, RunCode } from '#lib/board/run-record.ts'
import type { Staff } from '#lib/board/staff.ts'

// What the API answers about staff and their runs. Times are epoch milliseconds, money is in millionths of a dollar.

/** A run in a list. `verdict`: what a review said of it, `null` while nobody has. */
export type ListedRun = {
  id: RunId; missionId: MissionId; missionTitle: string; state: RunState; code: RunCode; reason: string; summary: string; attempt: number
  createdAt: number; startedAt: number | null; endedAt: number | null; tokens: number; micros: number | null; verdict: 'approved' | 'changes' | null
}

/** How a staff member's work went. `ms`: the median of how long its runs took; `null` without any. `month`: the calendar month so far, in UTC. */
export type StaffRecord = {
  succeeded: number; failed: number; cancelled: number; approved: number; changesAsked: number
  ms: number | null; tokens: number; micros: number
  month: { runs: number; micros: number }
  active: readonly ListedRun[]; ended: readonly ListedRun[]
}

/** Of the list of staff. `month`: the calendar month so far, in UTC. `state`: `no_engine` cannot run before an owner sets a model's endpoint. */
export type ListedStaff = Staff & { active: number; waiting: number; lastEndedAt: number | null; month: { runs: number; micros: number }; state: 'ready' | 'paused' | 'no_engine' | 'stopped' | 'over_budget' }

export type StaffInstructions = { version: number; text: string; by: ActorId | null; at: number }

/** `source`: who set it; from the environment it cannot be changed here. A key itself is never told. */
export type EngineSettings = { source: 'workspace' | 'environment' | 'none'; baseUrl: string; model: string; hasKey: boolean; prices: Readonly<Record<string, Price>> }

/** Of a try to reach something: what it said, in words for people. `models`: those that an endpoint lists, where it does; one can be chosen before anything is saved. */
export type Tried = ({ ok: true; message: string; ms: number } | { ok: false; message: string }) & { models?: string[] }

/** `secretNames`: names of its headers, or of its environment's variables; what they are is never told. `tools` as of the last time it answered. */
export type McpServer = {
  id: string; name: string; transport: 'stdio' | 'http'; command: string; args: readonly string[]; url: string; secretNames: readonly string[]; enabled: boolean
}
export type McpTool = { name: string; description: string }

export type WorkerSeen = { id: string; name: string; version: string; concurrency: number; busy: number; firstSeenAt: number; lastSeenAt: number; state: 'working' | 'draining' | 'gone'; embedded: boolean }

/** What a run changed in a document. `title`: the doc's; a brief's is its project's name. */
export type RunEdit = { n: number; doc: DocId | ProjectId; title: string; added: string; removed: string; at: number; undoneAt: number | null; undoneBy: ActorId | null }

/** GET /runs/<run>/entries. `entries` in order; `earlier`: there are some before. `total`: of the run. */
export type EntriesPage = { entries: readonly LogEntry[]; earlier: boolean; later: boolean; total: number }
