import type { ActorId, FiringId, MissionId, RoutineId, RunId, WorkspaceId } from '#lib/board/ids.ts'
import type { Trigger } from '#lib/routines/routine.ts'
import { createDue } from '../../server/routines/due.ts'
import { planAfter, unplanned, type RoutineRow } from '../../server/routines/routine-row.ts'
import { createSettle } from '../../server/routines/settle.ts'
import { createWork } from '../../server/routines/work.ts'
import type { Database } from '../../server/store/database.ts'
import type { Log } from '../../server/log.ts'

export const staffId = 'robot' as ActorId

const silent = { error() {}, warn() {}, info() {}, debug() {} } as unknown as Log

export async function addStaff(db: Database, workspaceId: WorkspaceId) {
  await db.insertInto('staff').values({ id: staffId, workspace_id: workspaceId, name: 'Robot', role: '', instructions: '', engine: 'offline', created_at: 1 }).execute()
}

/** A routine as a row, planned from a moment on. */
export async function addRoutine(db: Database, workspaceId: WorkspaceId, id: string, trigger: Trigger, now: number, fields: Partial<RoutineRow> = {}): Promise<RoutineRow> {
  const row: RoutineRow = {
    id: id as RoutineId, workspace_id: workspaceId, name: id, instructions: 'Count.', kind: trigger.kind, trigger: JSON.stringify(trigger), staff_id: staffId, project_id: null, autonomy: 'autonomous',
    delivery: JSON.stringify({ kind: 'mission' }), missed: 'once', jitter_minutes: 0, end_after: 3, enabled: 1, created_by: 'ann' as ActorId, created_at: now, deleted_at: null, failures: 0,
    ended_at: null, ended_why: '', ...unplanned, hook_id: `hook-${id}`, hook_secret: null, send_secret: null, template: null, ...fields,
  }
  const planned = { ...row, ...planAfter(row, now, now) }
  await db.insertInto('routines').values(planned).execute()
  return planned
}

/**
 * Routines over a real database by a clock that a test sets. Runs are rows, which a test ends; of the board there is nothing but that `made` hears
 * of each mission. `outcome`: how a run ends at once, or `null` where the test ends it later.
 */
export function routinesByClock(db: Database, clock: { now: number }, { outcome = () => 'succeeded', made = () => {} }: {
  outcome?: (routine: RoutineRow, missionId: MissionId) => 'succeeded' | 'failed' | null
  made?: (routine: RoutineRow, missionId: MissionId) => void
} = {}) {
  const now = () => clock.now
  const ended: RoutineId[] = []
  const due = createDue({ db, now })
  const settle = createSettle({ db, now, record() {}, changed() {}, endedRoutine: ({ id }) => void ended.push(id) })
  const work = createWork({
    db, log: silent, now, settle, changed() {},
    async begin(routine, { mission_id: missionId }) {
      const known = await db.selectFrom('runs').select('id').where('mission_id', '=', missionId).executeTakeFirst()
      if (known) return { ok: true }
      made(routine, missionId)
      const state = outcome(routine, missionId)
      await db.insertInto('runs').values({
        id: `run-${missionId}` as RunId, workspace_id: routine.workspace_id, mission_id: missionId, staff_id: staffId, state: state ?? 'running', attempt: 1, requested_by: null, note: '',
        created_at: now(), started_at: now(), ended_at: state && now(), lease_hash: null, lease_until: null, worker: null, summary: 'Counted.', reason: state === 'failed' ? 'The model said no.' : '', manifest: null,
      }).execute()
      return { ok: true }
    },
    deliver: { toDoc: async () => ({ ok: true }), toChat: async () => ({ ok: true }), putAway: async () => {} },
    send: { send: async () => ({ ok: true }) },
  })
  async function advance() {
    const tried = new Set<FiringId>()
    while (await work.advance(tried)) continue
  }
  const firings = (id?: string) => {
    const query = db.selectFrom('routine_firings').selectAll().orderBy('due_at').orderBy('id')
    return (id === undefined ? query : query.where('routine_id', '=', id as RoutineId)).execute()
  }
  return {
    ended, firings,
    async look() {
      await advance()
      if (await due.takeDue() > 0) await advance()
    },
    nextDue: due.nextDue,
    endRun: (missionId: MissionId, state: 'succeeded' | 'failed' = 'succeeded') => db.updateTable('runs').set({ state, ended_at: clock.now }).where('mission_id', '=', missionId).execute(),
    routine: (id: string) => db.selectFrom('routines').selectAll().where('id', '=', id as RoutineId).executeTakeFirstOrThrow(),
  }
}
