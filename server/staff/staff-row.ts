import type { Selectable } from 'kysely'
import type { Staff } from '#lib/board/staff.ts'
import type { Tables } from '../store/tables.ts'

export type StaffRow = Selectable<Tables['staff']>

export const readStaff = (row: StaffRow): Staff => ({
  id: row.id, name: row.name, role: row.role, avatar: row.avatar,
  instructions: row.instructions, instructionsVersion: row.instructions_version,
  engine: row.engine, model: row.model,
  tools: JSON.parse(row.tools) as string[], alwaysAllowed: JSON.parse(row.always_allowed) as string[], autonomy: row.autonomy,
  perRun: { turns: row.most_turns, minutes: row.most_minutes, tokens: row.most_tokens, micros: row.most_micros },
  perMonth: { runs: row.month_runs, micros: row.month_micros },
  concurrency: row.concurrency, pausedAt: row.paused_at, archivedAt: row.archived_at, createdAt: row.created_at,
})
