import type { ActorId, WorkspaceId } from '#lib/board/ids.ts'
import type { Doc } from '#lib/board/doc.ts'
import type { Approvers } from '#lib/board/policy.ts'
import type { Facts, Member, Mission, Project } from '#lib/board/mission.ts'

/** A board as the server's first paint has it: missions that are not archived, and all projects and docs. */
export type BoardSnapshot = {
  /** `stoppedAt`: since when no run of staff may begin; `approvers`: who puts proposals onto the board. Both are missing in what an older version kept on this device. */
  workspace: { id: WorkspaceId; name: string; stoppedAt?: number | null; approvers?: Approvers }
  me: { id: ActorId; name: string; kind: 'person' | 'staff'; role: string }
  missions: readonly (Mission & { facts: Facts })[]
  projects: readonly Project[]
  /** Missing in what an older version kept on this device. */
  docs?: readonly Doc[]
  directory: readonly Member[]
}
