import { createHash } from 'node:crypto'
import type { Selectable } from 'kysely'
import type { Delivery, FromTemplate, Routine, Trigger } from '#lib/routines/routine.ts'
import type { Schedule } from '#lib/routines/schedule.ts'
import { nextTime } from '#lib/routines/schedule.ts'
import type { Tables } from '../store/tables.ts'

export type RoutineRow = Selectable<Tables['routines']>
export type FiringRow = Selectable<Tables['routine_firings']>

export const triggerOf = ({ trigger }: Pick<RoutineRow, 'trigger'>) => JSON.parse(trigger) as Trigger
export const deliveryOf = ({ delivery }: Pick<RoutineRow, 'delivery'>) => JSON.parse(delivery) as Delivery

export const templateOf = ({ template }: Pick<RoutineRow, 'template'>) => (template === null ? null : JSON.parse(template) as FromTemplate)

export const readRoutine = (row: RoutineRow): Routine => {
  const trigger = triggerOf(row)
  return {
    id: row.id, name: row.name, instructions: row.instructions, trigger, template: templateOf(row), staffId: row.staff_id || null, projectId: row.project_id, autonomy: row.autonomy,
    delivery: deliveryOf(row), missed: row.missed, jitterMinutes: row.jitter_minutes, endAfter: row.end_after, enabled: row.enabled === 1,
    createdBy: row.created_by, createdAt: row.created_at, failures: row.failures,
    ended: row.ended_at === null ? null : { at: row.ended_at, why: row.ended_why }, nextAt: row.enabled === 1 ? row.next_at : null,
    hook: trigger.kind === 'webhook' ? { id: row.hook_id, hasSecret: row.hook_secret !== null } : null, signs: row.send_secret !== null,
  }
}

const minute = 60_000

/** How much later than it is due a time begins: spread by what it is, never beyond half of what lies before the next one. */
function jitterOf({ id, jitter_minutes: minutes }: Pick<RoutineRow, 'id' | 'jitter_minutes'>, due: number, following: number | null): number {
  const most = Math.min(minutes * minute, following === null ? Infinity : (following - due) / 2)
  if (most < 1) return 0
  return Math.floor((createHash('sha256').update(`${id} ${due}`).digest().readUInt32BE() / 2 ** 32) * most)
}

export type Plan = Pick<RoutineRow, 'next_at' | 'fire_at' | 'planned_at'>
export const unplanned: Plan = { next_at: null, fire_at: null, planned_at: null }

/** When a routine comes next after a moment, or since when it waits for something to happen; `now` is what the clock says meanwhile. */
export function planAfter(row: Pick<RoutineRow, 'id' | 'jitter_minutes' | 'enabled' | 'trigger'>, after: number, now: number): Plan {
  const trigger = triggerOf(row)
  if (row.enabled !== 1) return unplanned
  if (trigger.kind !== 'schedule') return { ...unplanned, planned_at: now }
  const schedule: Schedule = trigger
  const next = nextTime(schedule, after)
  if (next === null) return unplanned
  return { next_at: next, fire_at: next + (row.jitter_minutes === 0 ? 0 : jitterOf(row, next, nextTime(schedule, next))), planned_at: now }
}
