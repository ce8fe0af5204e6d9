import { directoryOf, readMission } from '#lib/board/board-document.ts'
import { column, moveMission } from '#lib/board/edits.ts'
import type { MissionId, WorkspaceId } from '#lib/board/ids.ts'
import { openBefore } from '#lib/board/order.ts'
import { boardDocument } from '#lib/sync/document-names.ts'
import { theServer } from '../activity/happening.ts'
import type { Database } from '../store/database.ts'
import type { MissionRow } from '../store/projection.ts'
import type { Documents } from '../sync/documents.ts'
import type { RecentFollower } from '../sync/recent-edits.ts'

const isOver = (row: MissionRow | null) => row === null || row.status === 'done' || row.archived_at != null

/** Whether a mission came to its end by this change; others may wait for that. */
export const hasEnded = (before: MissionRow | null, after: MissionRow | null) => before !== null && !isOver(before) && isOver(after)

/** Moves on what waits for a mission that is over and is to start by itself, once nothing else comes before it. What a person moved stays where it is. */
export function createStartNext({ db, documents }: { db: Database; documents: Documents }) {
  /** `except`: what was moved since. */
  async function startNext(workspaceId: WorkspaceId, over: MissionId, except: ReadonlySet<MissionId> = new Set()) {
    const waiting = await db.selectFrom('missions').select('id').where('workspace_id', '=', workspaceId).where('blocked_by', '<>', '[]').where('blocked_by', 'like', `%"${over}"%`)
      .where('status', '=', 'backlog').where('auto_run', '=', 1).where('archived_at', 'is', null).execute()
    if (waiting.length === 0) return
    await documents.edit(boardDocument(workspaceId), (board) => {
      for (const { id } of waiting) {
        if (except.has(id)) continue
        const mission = readMission(board, id)
        const assignee = mission?.assigneeId ? directoryOf(board).get(mission.assigneeId) as { kind?: unknown; role?: unknown } | undefined : undefined
        if (mission?.status !== 'backlog' || !mission.blockedBy.includes(over) || mission.archivedAt !== null || !mission.autoRun || assignee?.kind !== 'staff' || assignee.role === 'former') continue
        if (openBefore(board, id, mission.blockedBy).length === 0) moveMission(board, id, 'in_progress', column(board, 'in_progress').length)
      }
    }, { ...theServer, workspaceId, runId: null })
  }

  /** A crash may have come between the end of a mission and the beginning of the next. */
  const missed: RecentFollower = {
    what: 'what waited for a mission is not moved on',
    async read(name, workspaceId) {
      const waits = name.kind === 'board' && await db.selectFrom('missions').select('id').where('workspace_id', '=', workspaceId).where('blocked_by', '<>', '[]').where('status', '=', 'backlog').where('auto_run', '=', 1).limit(1).executeTakeFirst()
      if (!waits) return null
      /** Missions that came to their end, each with what was moved after it. */
      const ends = new Map<MissionId, Set<MissionId>>()
      return {
        edit({ changes }) {
          for (const change of changes) {
            if (change.kind !== 'value' || change.path[0] !== 'missions' || change.path[1] === undefined) continue
            const [, id, field] = change.path as [string, MissionId, string?]
            if (field === 'status') for (const moved of ends.values()) moved.add(id)
            const isOver = field === undefined ? change.after === undefined : field === 'status' ? change.after === 'done' : field === 'archivedAt' && change.after != null
            if (isOver) ends.set(id, new Set())
          }
        },
        async end() {
          for (const [over, moved] of ends) await startNext(workspaceId, over, moved)
        },
      }
    },
  }

  return { startNext, missed }
}

export type StartNext = ReturnType<typeof createStartNext>
