import type { ActorId, WorkspaceId } from '#lib/board/ids.ts'
import { activeStates, type RunsContext } from './context.ts'
import type { End } from './end.ts'

/** The button that stops all work of staff in a workspace. */
export function createStopAll({ db, now, log, queued, record }: Pick<RunsContext, 'db' | 'now' | 'log' | 'queued' | 'record'>, end: End) {
  const note = (workspaceId: WorkspaceId, kind: 'workspace.staff_stopped' | 'workspace.staff_allowed', by: { id: ActorId; name: string }, ended = 0) => record({
    workspaceId, kind, actor: { kind: 'person', id: by.id, name: by.name }, subject: { kind: 'workspace', id: workspaceId }, projectId: null, topic: null, ...ended > 0 && { details: { ended } },
  })

  return {
    /** Ends whatever is under way and lets nothing start; or lets it start again. Answers with how many runs were ended. */
    async stopAll(workspaceId: WorkspaceId, stopped: boolean, by: { id: ActorId; name: string }): Promise<number> {
      const changed = await db.updateTable('workspaces').set({ runs_stopped_at: stopped ? now() : null })
        .where('id', '=', workspaceId).where('runs_stopped_at', stopped ? 'is' : 'is not', null).returning('id').executeTakeFirst()
      if (changed) log.info({ workspace: workspaceId, stopped, by: by.id }, 'work of staff stopped or allowed')
      if (!stopped) {
        if (changed) note(workspaceId, 'workspace.staff_allowed', by)
        queued()
        return 0
      }
      const rows = await db.selectFrom('runs').select('id').where('workspace_id', '=', workspaceId).where('state', 'in', activeStates).execute()
      const ended = await Promise.all(rows.map(({ id }) =>
        end(id, { state: 'cancelled', code: 'stopped', reason: `${by.name} stopped all work of staff.` }, { by: { kind: 'person', id: by.id } })))
      const count = ended.filter(Boolean).length
      if (changed || count > 0) note(workspaceId, 'workspace.staff_stopped', by, count)
      return count
    },

    stoppedAt: async (workspaceId: WorkspaceId) =>
      (await db.selectFrom('workspaces').select('runs_stopped_at').where('id', '=', workspaceId).executeTakeFirst())?.runs_stopped_at ?? null,
  }
}
