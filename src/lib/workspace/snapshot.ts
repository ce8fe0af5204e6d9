import type { ActorId, WorkspaceId } from '#lib/board/ids.ts'
import type { Facts, Member, Mission, Project } from '#lib/board/mission.ts'

/** A board as the server's first paint has it: everything that is not archived. */
export type BoardSnapshot = {
  workspace: { id: WorkspaceId; name: string }
  me: { id: ActorId; name: string; kind: 'person' | 'staff'; role: string }
  missions: readonly (Mission & { facts: Facts })[]
  projects: readonly Project[]
  directory: readonly Member[]
}
