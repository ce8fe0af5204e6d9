import { sql } from 'kysely'
import type { ActorId, RunId, WorkspaceId } from '#lib/board/ids.ts'
import type { ActivityKind, Details, FieldChange } from '#lib/activity/entry.ts'
import type { Staff } from '#lib/board/staff.ts'
import { standardTools } from '#lib/board/tools.ts'
import type { ListedStaff, StaffInstructions, StaffRecord } from '#lib/staff/answers.ts'
import type { Happening } from '../activity/happening.ts'
import { transact } from '../auth/context.ts'
import { refuse, type Refusal } from '../auth/refusal.ts'
import { newId } from '../new-id.ts'
import type { Database } from '../store/database.ts'
import type { EngineTasks } from './engine-tasks.ts'
import { beginOfMonth } from './month.ts'
import { readStaffFields, type StaffValues } from './staff-fields.ts'
import { createStaffRecord, type Verdicts } from './staff-record.ts'
import { readStaff, type StaffRow } from './staff-row.ts'

type Done = { ok: true; staff: Staff }
type Fields = Readonly<Record<string, unknown>>

const mostStaff = 200

const sameName = (a: string, b: string) => a.normalize('NFKC').toLowerCase() === b.normalize('NFKC').toLowerCase()

/** What is told of a change in the record: which columns are one thing for people. */
const partsOf: Readonly<Record<string, readonly (keyof StaffValues)[]>> = {
  name: ['name'], role: ['role'], picture: ['avatar'], instructions: ['instructions'], engine: ['engine'], model: ['model'], tools: ['tools'],
  approvals: ['always_allowed'], autonomy: ['autonomy'], limits: ['most_turns', 'most_minutes', 'most_tokens', 'most_micros', 'month_micros', 'month_runs'], concurrency: ['concurrency'],
}
/** Those whose values say enough to be kept. */
const told = new Set(['name', 'role', 'engine', 'model', 'autonomy', 'concurrency'])

/** The staff of workspaces. The caller has asked `can(actor, 'edit', staff)`; `by` is a person. */
export function createStaff({ db, now, record, engineTasks, verdicts, cancelRun, onDirectoryChanged }: {
  db: Database
  now: () => number
  record: (happening: Happening) => void
  engineTasks: EngineTasks
  verdicts: Verdicts
  cancelRun: (id: RunId, reason: string, by: ActorId) => Promise<unknown>
  /** Resolves when the board says so too. */
  onDirectoryChanged: (workspaceId: WorkspaceId) => Promise<void>
}) {
  const row = (id: ActorId) => db.selectFrom('staff').selectAll().where('id', '=', id).executeTakeFirst()
  const serversOf = async (workspaceId: WorkspaceId) =>
    (await db.selectFrom('mcp_servers').select('name').where('workspace_id', '=', workspaceId).execute()).map(({ name }) => name)

  const note = (kind: ActivityKind, { id, name, workspace_id }: Pick<StaffRow, 'id' | 'name' | 'workspace_id'>, by: ActorId, details: Details = {}) =>
    record({ workspaceId: workspace_id, kind, actor: { kind: 'person', id: by }, subject: { kind: 'staff', id, name }, projectId: null, details })

  async function nameTaken(on: Database, workspaceId: WorkspaceId, name: string, except?: ActorId): Promise<Refusal | null> {
    const others = await on.selectFrom('staff').select(['id', 'name']).where('workspace_id', '=', workspaceId).where('archived_at', 'is', null).execute()
    const other = others.find((each) => each.id !== except && sameName(each.name, name))
    return other ? refuse('name_taken', `There is already a staff member called ${other.name}. Two of one name could not be told apart in a mention.`, 'name') : null
  }

  /** Changes columns, and keeps new instructions as a version. */
  async function change(id: ActorId, values: StaffValues, by: ActorId): Promise<{ ok: true; before: StaffRow; after: StaffRow } | Refusal> {
    return transact(db, async (transaction): Promise<{ ok: true; before: StaffRow; after: StaffRow } | Refusal> => {
      await transaction.updateTable('staff').set({ id }).where('id', '=', id).execute()
      const before = await transaction.selectFrom('staff').selectAll().where('id', '=', id).executeTakeFirst()
      if (!before) return refuse('not_found', 'There is no such staff member.')
      const becomes = { ...before, ...values } as StaffRow
      if (becomes.archived_at === null && (before.archived_at !== null || values.name !== undefined)) {
        const taken = await nameTaken(transaction, before.workspace_id, becomes.name, id)
        if (taken) return taken
      }
      const isNewText = values.instructions !== undefined && values.instructions !== before.instructions
      const version = before.instructions_version + (isNewText ? 1 : 0)
      if (isNewText) await transaction.insertInto('staff_instructions').values({ staff_id: id, version, text: values.instructions as string, by, at: now() }).execute()
      const after = await transaction.updateTable('staff').set({ ...values, instructions_version: version }).where('id', '=', id).returningAll().executeTakeFirstOrThrow()
      return { ok: true, before, after }
    })
  }

  async function announced(outcome: { ok: true; after: StaffRow } | Refusal): Promise<Done | Refusal> {
    if (!outcome.ok) return outcome
    await onDirectoryChanged(outcome.after.workspace_id)
    return { ok: true, staff: readStaff(outcome.after) }
  }

  async function stateOf(row: StaffRow, month: { runs: number; micros: number }, isStopped: boolean): Promise<ListedStaff['state']> {
    if (row.paused_at !== null) return 'paused'
    if (isStopped) return 'stopped'
    if (await engineTasks.engineOf(row, false) === null) return 'no_engine'
    const isOver = (row.month_runs !== null && month.runs >= row.month_runs) || (row.month_micros !== null && month.micros >= row.month_micros)
    return isOver ? 'over_budget' : 'ready'
  }

  return {
    async find(id: ActorId): Promise<{ workspaceId: WorkspaceId; staff: Staff } | null> {
      const found = await row(id)
      return found ? { workspaceId: found.workspace_id, staff: readStaff(found) } : null
    },

    recordOf: (id: ActorId): Promise<StaffRecord> => createStaffRecord({ db, now, verdicts })(id),

    /** Oldest first. */
    async list(workspaceId: WorkspaceId, { archived = false } = {}): Promise<ListedStaff[]> {
      const rows = await db.selectFrom('staff').selectAll().where('workspace_id', '=', workspaceId)
        .$if(!archived, (query) => query.where('archived_at', 'is', null)).orderBy('created_at').orderBy('id').execute()
      const counts = await db.selectFrom('runs').select([
        'staff_id', sql<number>`count(*) filter (where state in ('queued', 'running', 'waiting'))`.as('active'), sql<number>`count(*) filter (where state = 'waiting')`.as('waiting'),
        sql<number | null>`max(ended_at)`.as('last_ended_at'), sql<number>`count(*) filter (where created_at >= ${beginOfMonth(now())})`.as('month_runs'),
        sql<number | null>`sum(micros) filter (where created_at >= ${beginOfMonth(now())})`.as('month_micros'),
      ]).where('workspace_id', '=', workspaceId).groupBy('staff_id').execute()
      const byStaff = new Map(counts.map((count) => [count.staff_id, count]))
      const workspace = await db.selectFrom('workspaces').select('runs_stopped_at').where('id', '=', workspaceId).executeTakeFirst()
      return Promise.all(rows.map(async (each): Promise<ListedStaff> => {
        const count = byStaff.get(each.id)
        const month = { runs: count?.month_runs ?? 0, micros: count?.month_micros ?? 0 }
        return {
          ...readStaff(each), active: count?.active ?? 0, waiting: count?.waiting ?? 0, lastEndedAt: count?.last_ended_at ?? null, month,
          state: await stateOf(each, month, (workspace?.runs_stopped_at ?? null) !== null),
        }
      }))
    },

    async create(workspaceId: WorkspaceId, fields: Fields, by: ActorId): Promise<Done | Refusal> {
      const read = readStaffFields({ name: '', ...fields }, await serversOf(workspaceId))
      if (!read.ok) return read
      const id = newId<ActorId>()
      const at = now()
      const outcome = await transact(db, async (transaction): Promise<{ ok: true; after: StaffRow } | Refusal> => {
        const after = await transaction.insertInto('staff').values({
          role: '', instructions: '', engine: 'openai', autonomy: 'assist', tools: JSON.stringify(standardTools), ...read.values,
          name: read.values.name as string, id, workspace_id: workspaceId, created_at: at, created_by: by,
        }).returningAll().executeTakeFirstOrThrow()
        const { n } = await transaction.selectFrom('staff').select(sql<number>`count(*)`.as('n')).where('workspace_id', '=', workspaceId).where('archived_at', 'is', null).executeTakeFirstOrThrow()
        if (n > mostStaff) return refuse('too_many', `A workspace may have ${mostStaff} staff members. Archive one first.`)
        await transaction.insertInto('staff_instructions').values({ staff_id: id, version: 1, text: after.instructions, by, at }).execute()
        const taken = await nameTaken(transaction, workspaceId, after.name, id)
        return taken ?? { ok: true, after }
      })
      const done = await announced(outcome)
      if (outcome.ok) note('staff.added', outcome.after, by)
      return done
    },

    async edit(id: ActorId, workspaceId: WorkspaceId, fields: Fields, by: ActorId): Promise<Done | Refusal> {
      const read = readStaffFields(fields, await serversOf(workspaceId))
      if (!read.ok) return read
      const outcome = await change(id, read.values, by)
      const done = await announced(outcome)
      const changes = outcome.ok ? changesBetween(outcome.before, outcome.after) : {}
      if (outcome.ok && Object.keys(changes).length > 0) note('staff.changed', outcome.after, by, { fields: changes })
      return done
    },

    /** One that is paused takes no new run; what it is at goes on. */
    async pause(id: ActorId, paused: boolean, by: ActorId): Promise<Done | Refusal> {
      const before = await row(id)
      const outcome = await change(id, { paused_at: paused ? before?.paused_at ?? now() : null }, by)
      if (outcome.ok && (outcome.before.paused_at !== null) !== paused) note(paused ? 'staff.paused' : 'staff.resumed', outcome.after, by)
      return announced(outcome)
    },

    /** Its missions keep it as their assignee; what it has not begun, or waits with, is cancelled. */
    async archive(id: ActorId, by: ActorId): Promise<Done | Refusal> {
      const before = await row(id)
      const outcome = await change(id, { archived_at: before?.archived_at ?? now() }, by)
      if (outcome.ok) {
        const waiting = await db.selectFrom('runs').select('id').where('staff_id', '=', id).where('state', 'in', ['queued', 'waiting']).execute()
        for (const run of waiting) await cancelRun(run.id, `${outcome.after.name} was archived.`, by)
        if (outcome.before.archived_at === null) note('staff.removed', outcome.after, by)
      }
      return announced(outcome)
    },

    async restore(id: ActorId, by: ActorId): Promise<Done | Refusal> {
      const outcome = await change(id, { archived_at: null }, by)
      if (outcome.ok && outcome.before.archived_at !== null) note('staff.restored', outcome.after, by)
      return announced(outcome)
    },

    /** Newest first. */
    async instructionsOf(id: ActorId): Promise<StaffInstructions[]> {
      const versions = await db.selectFrom('staff_instructions').select(['version', 'text', 'by', 'at']).where('staff_id', '=', id).orderBy('version', 'desc').execute()
      if (versions.length > 0) return versions
      // One that came with its workspace, or with a token: nobody changed it yet.
      const found = await row(id)
      return found ? [{ version: found.instructions_version, text: found.instructions, by: found.created_by, at: found.created_at }] : []
    },
  }
}

export type StaffVerbs = ReturnType<typeof createStaff>

function changesBetween(before: StaffRow, after: StaffRow): Record<string, FieldChange> {
  const changes: Record<string, FieldChange> = {}
  for (const [part, columns] of Object.entries(partsOf)) {
    if (columns.every((column) => before[column] === after[column])) continue
    const value = (row: StaffRow) => (told.has(part) ? String(row[columns[0]!] ?? '') : part === 'instructions' ? `version ${row.instructions_version}` : null)
    changes[part] = { from: value(before), to: value(after) }
  }
  return changes
}
