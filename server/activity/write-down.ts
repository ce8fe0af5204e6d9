import type { Selectable, Transaction } from 'kysely'
import type { Details, Entry } from '#lib/activity/entry.ts'
import { keptStatement } from '../store/kept-statement.ts'
import type { Tables } from '../store/tables.ts'
import { extend, returnOf, topicOf } from './bundle.ts'
import type { Complete } from './names.ts'
import type { NewestEntries } from './newest-entries.ts'

export type ActivityRow = Selectable<Tables['activity']>

/** A happening that waits to be written: `at` is its first moment, `until` its last. */
export type Noted<What> = { happening: What; at: number; until: number }

export const entryOf = (row: ActivityRow): Entry => ({
  id: row.id, seq: row.seq, at: row.at, until: row.until, count: row.count, kind: row.kind,
  actor: { kind: row.actor_kind, id: row.actor_id, name: row.actor_name },
  subject: { kind: row.subject_kind, id: row.subject_id, name: row.subject_name },
  missionId: row.mission_id, projectId: row.project_id, runId: row.run_id,
  details: JSON.parse(row.details) as Details,
})

/** Adds a happening to the record: to the newest entry of its topic where the two are one, else as an entry of its own. */
export async function writeDown(transaction: Transaction<Tables>, newest: NewestEntries, noted: Noted<Complete>, seq: number): Promise<Entry> {
  const happening = await knownBefore(transaction, newest, noted.happening)
  const { workspaceId, kind, actor, subject, missionId = null, projectId, runId = null, details = {}, count = 1 } = happening
  const topic = topicOf(happening)
  const last = topic === null ? undefined : await newest.ofTopic(transaction, workspaceId, topic)
  const extended = last && extend(
    { until: last.until, count: last.count, actorId: last.actor_id, actorKind: last.actor_kind, runId: last.run_id, details: JSON.parse(last.details) as Details },
    happening, noted.at, await newest.isUndisturbed(transaction, last),
  )
  if (extended) {
    const change = { seq, until: Math.max(last.until, noted.until), count: extended.count, details: JSON.stringify(extended.details), subject_name: subject.name || last.subject_name, project_id: projectId }
    const { numAffectedRows } = await keptStatement(transaction, 'extend an entry', () => transaction.updateTable('activity').set(change).where('id', '=', last.id), [...Object.values(change), last.id])
    if (numAffectedRows !== 1n) throw new Error(`Entry ${last.id} of the record is gone.`)
    return remembered({ ...last, ...change }, false)
  }
  const row = {
    seq, workspace_id: workspaceId, topic, kind, at: noted.at, until: noted.until, count,
    actor_kind: actor.kind, actor_id: actor.id, actor_name: actor.name, subject_kind: subject.kind, subject_id: subject.id, subject_name: subject.name,
    mission_id: missionId, project_id: projectId, run_id: runId, details: JSON.stringify(details),
  }
  const { insertId } = await keptStatement(transaction, 'add an entry', () => transaction.insertInto('activity').values(row), Object.values(row))
  return remembered({ id: Number(insertId), ...row }, true)

  function remembered(written: ActivityRow, isNew: boolean): Entry {
    newest.remember(written, isNew)
    return entryOf(written)
  }
}

async function knownBefore(transaction: Transaction<Tables>, newest: NewestEntries, happening: Complete): Promise<Complete> {
  const again = returnOf(happening)
  return again && await newest.ofTopic(transaction, happening.workspaceId, again.deletion) ? again.happening as Complete : happening
}
