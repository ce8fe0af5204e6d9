import type { ActorId, WorkspaceId } from '#lib/board/ids.ts'
import type { Member } from '#lib/board/mission.ts'
import type { DirectoryEntry } from './directory.ts'

/** A command of an administrator, in a process of its own, is seen after so long at the latest. Milliseconds. */
const keptMs = 1_000

/** The people and staff of workspaces, asked for at every edit of a card and therefore kept for a moment. */
export function knownMembers(read: (workspaceId: WorkspaceId) => Promise<Record<ActorId, DirectoryEntry>>) {
  const known = new Map<WorkspaceId, Promise<ReadonlyMap<ActorId, Member>>>()
  return {
    of(workspaceId: WorkspaceId): Promise<ReadonlyMap<ActorId, Member>> {
      const kept = known.get(workspaceId)
      if (kept) return kept
      const members = read(workspaceId).then((entries) => new Map(Object.entries(entries).map(([id, member]): [ActorId, Member] => [id as ActorId, { id: id as ActorId, ...member }])))
      const forget = () => {
        if (known.get(workspaceId) === members) known.delete(workspaceId)
      }
      known.set(workspaceId, members)
      members.catch(forget)
      setTimeout(forget, keptMs).unref()
      return members
    },
    /** They are not the same any more. */
    changed: (workspaceId: WorkspaceId) => void known.delete(workspaceId),
  }
}
