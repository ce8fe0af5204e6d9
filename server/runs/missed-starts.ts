import { readMission } from '#lib/board/board-document.ts'
import type { MissionId } from '#lib/board/ids.ts'
import { boardDocument } from '#lib/sync/document-names.ts'
import type { MissionRow } from '../store/projection.ts'
import type { RecentFollower } from '../sync/recent-edits.ts'
import { activeStates, type RunsContext } from './context.ts'
import type { Speak } from './speak.ts'

/** Missions that were to start by themselves just before a start, by a move or because they were given to somebody, and still are. */
export function missedStarts(
  { db, documents }: Pick<RunsContext, 'db' | 'documents'>, { hasSpoken, startByItself }: Pick<Speak, 'hasSpoken'> & { startByItself: (mission: MissionRow) => Promise<void> },
): RecentFollower {
  /** Whether a run was under way then, or came later: then this has been followed. */
  const hasRun = async (id: MissionId, since: number) => await db.selectFrom('runs').select('id').where('mission_id', '=', id)
    .where((eb) => eb.or([eb('state', 'in', activeStates), eb('created_at', '>=', since), eb('ended_at', '>=', since)])).executeTakeFirst() !== undefined

  return {
    what: 'what was to start by itself does not',
    async read(name, workspaceId) {
      if (name.kind !== 'board') return null
      const asked = new Map<MissionId, number>()
      return {
        edit({ changes, at }) {
          for (const change of changes) {
            if (change.kind !== 'value' || change.path[0] !== 'missions') continue
            const [, id, field] = change.path as [string, MissionId, string?]
            if (field === undefined || field === 'status' || field === 'assigneeId') asked.set(id, at)
          }
        },
        async end(board) {
          for (const [id, since] of asked) {
            const mission = readMission(board, id)
            if (mission?.status !== 'in_progress' || !mission.autoRun || mission.archivedAt !== null || !mission.assigneeId || await hasRun(id, since)) continue
            const row = await db.selectFrom('missions').selectAll().where('id', '=', id).where('workspace_id', '=', workspaceId).executeTakeFirst()
            // Where the tables do not know of it yet, they learn it as the board is opened, and that starts it.
            if (row?.status !== mission.status || row.assignee_id !== mission.assigneeId) await documents.read(boardDocument(workspaceId), () => {})
            else if (!await hasSpoken(id, mission.assigneeId, since)) await startByItself(row)
          }
        },
      }
    },
  }
}
