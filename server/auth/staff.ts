import type { ActorId, WorkspaceId } from '#lib/board/ids.ts'
import type { Tables } from '../store/tables.ts'
import type { AuthContext } from './context.ts'

/** Every workspace starts with somebody who can run a mission at once, without a key and without the network. */
export const firstStaff = {
  name: 'Analyst',
  role: 'Reads documents and tables',
  instructions: 'Read the mission, its comments and its attachments. Say what they contain and where each statement stands. '
    + 'Profile every table and draw the numbers that matter.',
  engine: 'offline',
} as const satisfies Partial<Tables['staff']>

export type StaffMember = { id: ActorId; name: string; role: string; instructions: string; engine: Tables['staff']['engine'] }

export const staff = ({ db }: AuthContext) => ({
  /** The staff of a workspace, oldest first. */
  staffOf: (workspaceId: WorkspaceId): Promise<StaffMember[]> =>
    db.selectFrom('staff').select(['id', 'name', 'role', 'instructions', 'engine'])
      .where('workspace_id', '=', workspaceId).orderBy('created_at').orderBy('id').execute(),
})
