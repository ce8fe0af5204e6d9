import type { Selectable } from 'kysely'
import type { AskId, RunId } from '#lib/board/ids.ts'
import type { Ask } from '#lib/board/run-record.ts'
import type { Database } from '../store/database.ts'
import type { Tables } from '../store/tables.ts'

export type AskRow = Selectable<Tables['run_asks']>

export const readAsk = (row: AskRow): Ask => ({
  id: row.id, runId: row.run_id, key: row.key, kind: row.kind, question: row.question, choices: JSON.parse(row.choices) as string[], tool: row.tool, args: row.args,
  askedAt: row.asked_at, answeredAt: row.answered_at, answeredBy: row.answered_by, answer: row.answer, verdict: row.verdict,
})

export const findAsk = (db: Database, id: AskId) => db.selectFrom('run_asks').selectAll().where('id', '=', id).executeTakeFirst()

/** Oldest first. */
export const asksOf = (db: Database, runId: RunId): Promise<AskRow[]> =>
  db.selectFrom('run_asks').selectAll().where('run_id', '=', runId).orderBy('asked_at').orderBy('id').execute()

/** What nobody has answered yet, oldest first. */
export const openAsks = async (db: Database, runId: RunId): Promise<AskRow[]> => (await asksOf(db, runId)).filter(({ answered_at }) => answered_at === null)
