import type { Transaction } from 'kysely'
import type { WorkspaceId } from '#lib/board/ids.ts'
import type { Tables } from '../store/tables.ts'
import type { ActivityRow } from './write-down.ts'

const mostRemembered = 5_000

export type NewestEntries = ReturnType<typeof newestEntries>

/**
 * The newest entry of each topic, remembered: most happenings join, or follow, what was written a moment ago, and asking the tables
 * about each took longer than the edit itself. It is right for as long as nobody else writes: whoever finds that out says `forget`.
 */
export function newestEntries() {
  const byTopic = new Map<string, ActivityRow | undefined>()
  /** The newest entry about a subject or a mission, of those that were written since the last `forget`. */
  const about = new Map<string, number>()
  /** Entries after which there was nothing about the same, but for what `about` knows. */
  const calm = new Set<number>()

  const keysOf = ({ workspace_id, subject_id, mission_id }: ActivityRow) =>
    [`${workspace_id} of ${subject_id}`, ...mission_id === null ? [] : [`${workspace_id} in ${mission_id}`]]

  function forget() {
    byTopic.clear()
    about.clear()
    calm.clear()
  }

  return {
    forget,

    async ofTopic(transaction: Transaction<Tables>, workspaceId: WorkspaceId, topic: string): Promise<ActivityRow | undefined> {
      const key = `${workspaceId} ${topic}`
      if (byTopic.has(key)) return byTopic.get(key)
      const row = await transaction.selectFrom('activity').selectAll().where('workspace_id', '=', workspaceId).where('topic', '=', topic).orderBy('id', 'desc').limit(1).executeTakeFirst()
      byTopic.set(key, row)
      return row
    },

    /** Nothing else happened since to the same mission, or to the same subject. */
    async isUndisturbed(transaction: Transaction<Tables>, row: ActivityRow): Promise<boolean> {
      const { id, workspace_id, mission_id, subject_id } = row
      if (keysOf(row).some((key) => (about.get(key) ?? 0) > id)) return false
      if (calm.has(id)) return true
      const other = await transaction.selectFrom('activity').select('id').where('workspace_id', '=', workspace_id).where('id', '>', id)
        .where((eb) => eb.or([eb('subject_id', '=', subject_id), ...mission_id === null ? [] : [eb('mission_id', '=', mission_id)]])).limit(1).executeTakeFirst()
      if (other === undefined) calm.add(id)
      return other === undefined
    },

    /** This was written: as a new entry, or as what has become of one. */
    remember(row: ActivityRow, isNew: boolean) {
      if (byTopic.size + about.size > mostRemembered) forget()
      if (row.topic !== null) byTopic.set(`${row.workspace_id} ${row.topic}`, row)
      if (!isNew) return
      for (const key of keysOf(row)) about.set(key, row.id)
      calm.add(row.id)
    },
  }
}
