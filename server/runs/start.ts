import { sql } from 'kysely'
import { assignMission } from '#lib/board/edits.ts'
import type { ActorId, MissionId, RunId, WorkspaceId } from '#lib/board/ids.ts'
import type { Cause, Chain } from '#lib/board/run-record.ts'
import type { Autonomy } from '#lib/board/staff.ts'
import { boardDocument } from '#lib/sync/document-names.ts'
import { theServer } from '../activity/happening.ts'
import { newId } from '../new-id.ts'
import type { EngineTasks } from '../staff/engine-tasks.ts'
import type { Author } from '../sync/accepted.ts'
import { monthRefusal } from './bounds.ts'
import type { RunsContext, StaffRow } from './context.ts'

/** `message` is for people. */
export type Refused = {
  ok: false
  code: 'not_staff' | 'already_running' | 'not_found' | 'finished' | 'paused' | 'stopped' | 'month_runs' | 'month_money' | 'no_engine'
  message: string
}
export type Started = { ok: true; runId: RunId }

type StartRequest = {
  missionId: MissionId
  /** What was said when it was started; may be empty. */
  note: string
  cause: Cause
  /** Who runs it; without it whoever the mission is assigned to. */
  staffId?: ActorId
  chain?: Chain
  /** Where the cause does not say: the person who is behind it all. */
  requestedBy?: ActorId | null
  /** What bounds the run's autonomy beside its staff member's. */
  autonomy?: Autonomy | null
}

type Starter = Pick<Author, 'kind' | 'id' | 'name'>

/** As whom a routine does what nobody else does. */
export const routineAuthor = (name: string) => ({ kind: 'server', id: null, name: `${name} (routine)` } as const)

const starterOf = (cause: Cause): Starter => cause.kind === 'auto_run' ? theServer
  : cause.kind === 'routine' ? routineAuthor(cause.name)
  : cause.kind === 'hand_over' ? { kind: 'staff', id: cause.from }
  : { kind: 'person', id: cause.kind === 'mention' ? cause.by : cause.id }

/** Puts runs into the queue, or says why not. */
export function createStart(context: RunsContext, { settled, engineOf }: {
  /** Resolves when the tables say what the boards say: a mission may be run the moment it was made. */
  settled: () => Promise<void>
  engineOf: EngineTasks['engineOf']
}) {
  const { db, documents, now, log } = context

  /** Why this staff member starts nothing at the moment. */
  async function refusalOf(staff: StaffRow): Promise<Refused | null> {
    const { name, archived_at, paused_at } = staff
    if (archived_at !== null) return { ok: false, code: 'not_staff', message: `${name} is not on the staff any more. Assign the mission to somebody else.` }
    const workspace = await db.selectFrom('workspaces').select('runs_stopped_at').where('id', '=', staff.workspace_id).executeTakeFirst()
    if (workspace?.runs_stopped_at) return { ok: false, code: 'stopped', message: 'All work of staff is stopped in this workspace. Allow it again on the page of the staff before anything runs.' }
    if (paused_at !== null) return { ok: false, code: 'paused', message: `${name} is paused. End the pause on its page before it runs.` }
    const month = await monthRefusal(db, staff, now())
    if (month) return { ok: false, ...month }
    if (await engineOf(staff, false) === null) return { ok: false, code: 'no_engine', message: `${name} works with a model, and none is set in this workspace. An owner sets one in the settings.` }
    return null
  }

  async function start({ missionId, note: words, cause, chain = [], autonomy = null, ...request }: StartRequest): Promise<Started | Refused> {
    await settled()
    const mission = await db.selectFrom('missions').selectAll().where('id', '=', missionId).executeTakeFirst()
    if (!mission) return { ok: false, code: 'not_found', message: 'There is no such mission any more.' }
    if (mission.archived_at !== null) return { ok: false, code: 'finished', message: 'The mission is archived. Restore it before it runs.' }
    if (mission.status === 'done') return { ok: false, code: 'finished', message: 'The mission is done. Move it back before it runs again.' }
    const who = request.staffId ?? mission.assignee_id
    const staff = who && await db.selectFrom('staff').selectAll().where('id', '=', who).where('workspace_id', '=', mission.workspace_id).executeTakeFirst()
    if (!staff) return { ok: false, code: 'not_staff', message: 'Only staff run missions. Assign the mission to a staff member first.' }
    const refusal = await refusalOf(staff)
    if (refusal) return refusal

    const id = newId<RunId>()
    const starter = starterOf(cause)
    const requestedBy = request.requestedBy ?? (starter.kind === 'person' ? starter.id : null)
    const retryOf = cause.kind === 'retry' ? cause.runId : null
    // One statement decides between two people who press Run at once.
    const inserted = await sql`
      insert into runs (id, workspace_id, mission_id, staff_id, state, attempt, requested_by, note, created_at, summary, reason, cause, chain, retry_of, engine, model, instructions_version, autonomy)
      select ${id}, ${mission.workspace_id}, ${missionId}, ${staff.id}, 'queued', 0, ${requestedBy}, ${words}, ${now()}, '', '', ${JSON.stringify(cause)}, ${JSON.stringify(chain)},
        ${retryOf}, ${staff.engine}, ${staff.model}, ${staff.instructions_version}, ${autonomy}
      where not exists (select 1 from runs where mission_id = ${missionId} and state in ('queued', 'running', 'waiting'))`.execute(db)
    if (!inserted.numAffectedRows) return { ok: false, code: 'already_running', message: 'A run of this mission is under way already.' }

    const row = { id, workspace_id: mission.workspace_id, mission_id: missionId, staff_id: staff.id }
    // The run is there before the board says whose the mission is: what auto-run would start then is under way.
    if (cause.kind === 'hand_over' && mission.assignee_id !== staff.id) {
      await documents.edit(boardDocument(row.workspace_id), (board) => assignMission(board, missionId, staff.id), { ...starter, workspaceId: row.workspace_id, runId: cause.runId })
    }
    context.note(row, 'run.queued', starter, {
      staff: { id: staff.id, name: staff.name }, ...retryOf && { retryOf }, ...cause.kind === 'routine' && { routine: { id: cause.id, name: cause.name } },
    })
    await context.publish(id)
    await context.move(row, 'in_progress', starter)
    log.info({ run: id, mission: missionId, staff: staff.id, cause: cause.kind }, 'run queued')
    context.queued()
    return { ok: true, runId: id }
  }

  return {
    start,

    /** Why this staff member of a workspace starts nothing at the moment; `null` where it may. */
    async mayNotStart(id: ActorId, workspaceId: WorkspaceId): Promise<Refused | null> {
      const staff = await db.selectFrom('staff').selectAll().where('id', '=', id).where('workspace_id', '=', workspaceId).executeTakeFirst()
      return staff ? await refusalOf(staff) : { ok: false, code: 'not_staff', message: 'There is no such staff member any more.' }
    },
  }
}

export type CreatedStart = ReturnType<typeof createStart>
export type Start = CreatedStart['start']
