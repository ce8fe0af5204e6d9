import { createHash } from 'node:crypto'
import type { Selectable } from 'kysely'
import type { ActorId, RunId, WorkspaceId } from '#lib/board/ids.ts'
import type { RunState } from '#lib/board/mission.ts'
import type { Happening } from '../activity/happening.ts'
import type { Log } from '../log.ts'
import type { Database } from '../store/database.ts'
import type { Tables } from '../store/tables.ts'
import type { Author } from '../sync/accepted.ts'
import type { Documents } from '../sync/documents.ts'
import type { Sync } from '../sync/sync.ts'

/** What is read of a run all the time; its checkpoint and manifest are long. */
export const runColumns = [
  'id', 'workspace_id', 'mission_id', 'staff_id', 'state', 'attempt', 'requested_by', 'note', 'created_at', 'started_at', 'ended_at', 'lease_until', 'worker', 'worker_id', 'claimed_at',
  'summary', 'reason', 'code', 'losses', 'cause', 'chain', 'retry_of', 'hand_over', 'engine', 'model', 'instructions_version', 'turns', 'input_tokens', 'output_tokens', 'micros', 'working_ms', 'autonomy',
] as const satisfies readonly (keyof Tables['runs'])[]
export type RunRow = Pick<Selectable<Tables['runs']>, (typeof runColumns)[number]>
export type StaffRow = Selectable<Tables['staff']>

/** A run in these has not ended. */
export const activeStates = ['queued', 'running', 'waiting'] as const satisfies readonly RunState[]

export type Of = Pick<RunRow, 'id' | 'workspace_id' | 'mission_id' | 'staff_id'>

/** What the parts of the queue share. */
export type RunsContext = {
  db: Database
  documents: Documents
  /** The workspace that a document belongs to. */
  workspaceOf: Sync['workspaceOf']
  isPerson(workspaceId: WorkspaceId, id: ActorId): Promise<boolean>
  log: Log
  now: () => number
  /** A worker that is not heard of for so long has lost its run. */
  leaseMs: number
  /** The attempt that holds each running run. The gate asks here, in the midst of an edit. */
  held: Map<RunId, number>
  find(id: RunId): Promise<RunRow | undefined>
  staffName(id: ActorId): Promise<string>
  /** Writes what the row says into the documents. */
  publish(id: RunId): Promise<void>
  /** For the record of activity; `note` is for what happens to a run. */
  record(happening: Happening): void
  note(run: Of, kind: Happening['kind'], actor: Happening['actor'], details: Happening['details']): void
  /** A run of the staff member that the mission is assigned to moves it; in the record it is by whoever is behind that. */
  move(run: Of, status: 'in_progress' | 'review', by: Pick<Author, 'kind' | 'id' | 'name'>): Promise<void>
  /** There is work for whoever waits for some. */
  queued(): void
  /** A staff member has a hand more or fewer free: what its queued runs wait for may be something else now. */
  handsChanged(staffId: ActorId): Promise<void>
  /** A worker lost its run: what it has open must close. */
  onLeaseEnded(workspaceId: WorkspaceId): void
}

export const hashed = (secret: string) => createHash('sha256').update(secret).digest('hex')
