import { sql } from 'kysely'
import type { FieldChange } from '#lib/activity/entry.ts'
import type { ActorId, RoutineId, WorkspaceId } from '#lib/board/ids.ts'
import { routineLimits, type FromTemplate, type ListedRoutine, type Routine } from '#lib/routines/routine.ts'
import { scheduleWords } from '#lib/routines/schedule-words.ts'
import type { Happening } from '../activity/happening.ts'
import { transact } from '../auth/context.ts'
import { refuse, type Refusal } from '../auth/refusal.ts'
import { newId } from '../new-id.ts'
import type { Secrets } from '../staff/secrets.ts'
import type { Database } from '../store/database.ts'
import type { Templates } from '../templates/templates.ts'
import { firingValues } from './due.ts'
import { readFirings } from './history.ts'
import { hookAbout, newSecret } from './hooks.ts'
import { readRoutineFields } from './routine-fields.ts'
import { planAfter, readRoutine, triggerOf, unplanned, type RoutineRow } from './routine-row.ts'
import { sendAbout, type Send } from './send.ts'

type Fields = Readonly<Record<string, unknown>>
type Done = { ok: true; routine: Routine }

const needed = ['name', 'trigger'] as const
const neededWords = { name: 'The name is missing.', trigger: 'Say what sets it off.' }

/** Either a staff member does its instructions, or a template says what is made. */
function whole(row: RoutineRow): { ok: true; row: RoutineRow } | Refusal {
  if (row.template !== null) return { ok: true, row: { ...row, instructions: '', staff_id: '' as ActorId, delivery: toMission } }
  if (row.instructions === '') return refuse('invalid', 'The instructions are missing.', 'instructions')
  return row.staff_id === '' ? refuse('invalid', 'Choose a staff member.', 'staffId') : { ok: true, row }
}
const toMission = JSON.stringify({ kind: 'mission' })

/** What is told of a change in the record: the columns, as people call them. */
const partNames: Readonly<Partial<Record<keyof RoutineRow, string>>> = {
  name: 'name', instructions: 'instructions', trigger: 'trigger', staff_id: 'staff', project_id: 'project', autonomy: 'autonomy', delivery: 'delivery', template: 'template', missed: 'missed times',
  jitter_minutes: 'spread', end_after: 'failures',
}

/** The routines of workspaces. The caller has asked `can(actor, 'edit', routine)`; `by` is a person. */
export function createRoutineVerbs({ db, secrets, now, record, settled, isAllowed, templates, changed, wake, tellOwners }: {
  db: Database
  secrets: Secrets
  now: () => number
  record: (happening: Happening) => void
  /** Resolves when the tables say what the boards say: a project may be named the moment it was made. */
  settled: () => Promise<void>
  isAllowed: Send['isAllowed']
  templates: Pick<Templates, 'problem'>
  /** What lists and pages show is another one. */
  changed: (routine: Pick<RoutineRow, 'workspace_id'>) => void
  /** There is something to do. */
  wake: () => void
  /** Whether it ended by itself is not what it was. */
  tellOwners: (routine: RoutineRow) => void
}) {
  const find = (id: RoutineId) => db.selectFrom('routines').selectAll().where('id', '=', id).where('deleted_at', 'is', null).executeTakeFirst()
  const gone = () => refuse('not_found', 'There is no such routine any more.')

  const note = (kind: Happening['kind'], { id, name, workspace_id: workspaceId, project_id: projectId }: RoutineRow, by: ActorId, fields?: Record<string, FieldChange>) =>
    record({ workspaceId, kind, actor: { kind: 'person', id: by }, subject: { kind: 'routine', id, name }, projectId, details: fields ? { fields } : {} })

  const told = (row: RoutineRow): Done => {
    changed(row)
    return { ok: true, routine: readRoutine(row) }
  }

  const placeOf = (workspaceId: WorkspaceId, me: ActorId, at: number) => ({
    db, workspaceId, now: at, isAllowed, templateProblem: (template: FromTemplate) => templates.problem(workspaceId, template, me, new Date(at).toISOString().slice(0, 10)),
  })

  /** Who switches it on, or changes when it comes, does so from now on: what was missed meanwhile was not wanted. */
  const replanned = (row: RoutineRow): RoutineRow => ({ ...row, ...row.enabled === 1 ? planAfter(row, now(), now()) : unplanned })

  async function isNew(row: RoutineRow): Promise<Refusal | null> {
    const { n } = await db.selectFrom('routines').select(sql<number>`count(*)`.as('n')).where('workspace_id', '=', row.workspace_id).where('deleted_at', 'is', null).executeTakeFirstOrThrow()
    return n >= routineLimits.perWorkspace ? refuse('too_many', `A workspace may have ${routineLimits.perWorkspace} routines. Delete one first.`) : null
  }

  return {
    async find(id: RoutineId): Promise<{ workspaceId: WorkspaceId; routine: Routine } | null> {
      const row = await find(id)
      return row ? { workspaceId: row.workspace_id, routine: readRoutine(row) } : null
    },

    /** By name. */
    async list(workspaceId: WorkspaceId): Promise<ListedRoutine[]> {
      const rows = await db.selectFrom('routines').selectAll().where('workspace_id', '=', workspaceId).where('deleted_at', 'is', null).orderBy(sql`name collate nocase`).orderBy('id').execute()
      const open = new Set((await db.selectFrom('routine_firings').select('routine_id').where('workspace_id', '=', workspaceId).where('state', 'in', ['running', 'delivering']).execute()).map(({ routine_id }) => routine_id))
      return await Promise.all(rows.map(async (row) => ({ ...readRoutine(row), running: open.has(row.id), last: (await readFirings(db, row.id, { limit: 1 }))[0] ?? null })))
    },

    firings: (id: RoutineId, before?: number) => readFirings(db, id, before === undefined ? {} : { before }),

    async create(workspaceId: WorkspaceId, fields: Fields, by: ActorId): Promise<Done | Refusal> {
      const missing = needed.find((name) => fields[name] === undefined)
      if (missing) return refuse('invalid', neededWords[missing], missing)
      await settled()
      const at = now()
      const read = await readRoutineFields(fields, placeOf(workspaceId, by, at))
      if (!read.ok) return read
      const values = read.values as Pick<RoutineRow, 'name' | 'kind' | 'trigger'> & Partial<RoutineRow>
      const complete = whole({
        project_id: null, autonomy: 'autonomous', instructions: '', staff_id: '' as ActorId, template: null, delivery: toMission, missed: 'once', jitter_minutes: 0, end_after: 5, enabled: 1, ...values,
        id: newId<RoutineId>(), workspace_id: workspaceId, created_by: by, created_at: at, deleted_at: null, failures: 0, ended_at: null, ended_why: '', ...unplanned,
        hook_id: newId(), hook_secret: null, send_secret: null,
      })
      if (!complete.ok) return complete
      const row = replanned(complete.row)
      const refusal = await isNew(row)
      if (refusal) return refusal
      await db.insertInto('routines').values(row).execute()
      note('routine.created', row, by)
      return told(row)
    },

    async edit(id: RoutineId, fields: Fields, by: ActorId): Promise<Done | Refusal> {
      const known = await find(id)
      if (!known) return gone()
      await settled()
      const read = await readRoutineFields(fields, placeOf(known.workspace_id, known.created_by, now()))
      if (!read.ok) return read
      const outcome = await transact(db, async (transaction): Promise<{ ok: true; before: RoutineRow; after: RoutineRow } | Refusal> => {
        await transaction.updateTable('routines').set({ id }).where('id', '=', id).execute()
        const before = await transaction.selectFrom('routines').selectAll().where('id', '=', id).where('deleted_at', 'is', null).executeTakeFirst()
        if (!before) return gone()
        const complete = whole({ ...before, ...read.values as Partial<RoutineRow> })
        if (!complete.ok) return complete
        const { row: becomes } = complete
        const isOnAgain = becomes.enabled === 1 && before.enabled !== 1
        const isOtherwise = isOnAgain || becomes.enabled !== before.enabled || becomes.trigger !== before.trigger || becomes.jitter_minutes !== before.jitter_minutes
        const { next_at, fire_at, planned_at } = isOtherwise ? replanned(becomes) : before
        const after = await transaction.updateTable('routines')
          .set({ ...read.values, instructions: becomes.instructions, staff_id: becomes.staff_id, delivery: becomes.delivery, next_at, fire_at, planned_at, ...isOnAgain && { failures: 0, ended_at: null, ended_why: '' } }).where('id', '=', id).returningAll().executeTakeFirstOrThrow()
        return { ok: true, before, after }
      })
      if (!outcome.ok) return outcome
      const { before, after } = outcome
      const fields_ = changesBetween(before, after)
      if (Object.keys(fields_).length > 0) note('routine.changed', after, by, fields_)
      if (before.enabled !== after.enabled) note(after.enabled === 1 ? 'routine.switched_on' : 'routine.switched_off', after, by)
      if (before.ended_at !== after.ended_at) tellOwners(after)
      wake()
      return told(after)
    },

    /** What it made stays; a run that is under way goes on. */
    async remove(id: RoutineId, by: ActorId): Promise<{ ok: true } | Refusal> {
      const row = await db.updateTable('routines').set({ deleted_at: now(), enabled: 0, ...unplanned }).where('id', '=', id).where('deleted_at', 'is', null).returningAll().executeTakeFirst()
      if (!row) return gone()
      note('routine.deleted', row, by)
      tellOwners(row)
      changed(row)
      return { ok: true }
    },

    /** Now, beside its schedule, also while it is switched off. */
    async runNow(id: RoutineId, by: ActorId | null): Promise<{ ok: true } | Refusal> {
      const at = now()
      const outcome = await transact(db, async (transaction): Promise<{ ok: true; row: RoutineRow } | Refusal> => {
        await transaction.updateTable('routines').set({ id }).where('id', '=', id).execute()
        const row = await transaction.selectFrom('routines').selectAll().where('id', '=', id).where('deleted_at', 'is', null).executeTakeFirst()
        if (!row) return gone()
        const open = await transaction.selectFrom('routine_firings').select('id').where('routine_id', '=', id).where('state', 'in', ['due', 'running']).limit(1).executeTakeFirst()
        if (open) return refuse('too_many', `${row.name} is at work already. It can be run again when that has ended.`)
        await transaction.insertInto('routine_firings').values(firingValues(row, at, { key: `person/${newId()}`, cause: 'person', due_at: at, by })).execute()
        return { ok: true, row }
      })
      if (!outcome.ok) return outcome
      changed(outcome.row)
      wake()
      return { ok: true }
    },

    /** Makes a secret anew, and says it this once. Only owners: the caller has asked `can(actor, 'manage', routine)`. */
    async renewSecret(id: RoutineId, way: 'incoming' | 'outgoing', by: ActorId): Promise<{ ok: true; secret: string; routine: Routine } | Refusal> {
      const secret = newSecret()
      const sealed = secrets.encrypt(secret, way === 'incoming' ? hookAbout(id) : sendAbout(id))
      const row = await db.updateTable('routines').set(way === 'incoming' ? { hook_secret: sealed } : { send_secret: sealed }).where('id', '=', id).where('deleted_at', 'is', null).returningAll().executeTakeFirst()
      if (!row) return gone()
      note('routine.changed', row, by, { [`${way} secret`]: { from: null, to: null } })
      return { ...told(row), secret }
    },
  }
}

function changesBetween(before: RoutineRow, after: RoutineRow): Record<string, FieldChange> {
  const value = (row: RoutineRow, column: keyof RoutineRow): string | null => {
    const trigger = triggerOf(row)
    if (column === 'trigger') return trigger.kind === 'schedule' ? scheduleWords(trigger) : trigger.kind
    return column === 'name' || column === 'autonomy' || column === 'missed' ? row[column] : null
  }
  return Object.fromEntries(Object.entries(partNames).flatMap(([column, part]) => {
    const key = column as keyof RoutineRow
    return before[key] === after[key] ? [] : [[part, { from: value(before, key), to: value(after, key) }]]
  }))
}
