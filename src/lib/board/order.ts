import type * as Y from 'yjs'
import { readMission } from './board-document.ts'
import type { MissionId } from './ids.ts'
import type { Mission } from './mission.ts'
import { readProposal, type Proposal } from './proposal.ts'

/** What is not over yet, as whoever holds the board finds it: a proposal has the id of the mission that it may become. */
type Lookup = { mission: (id: MissionId) => Pick<Mission, 'status' | 'archivedAt' | 'blockedBy'> | null; proposal: (id: MissionId) => Pick<Proposal, 'state'> | null }

const inDocument = (board: Y.Doc): Lookup => ({ mission: (id) => readMission(board, id), proposal: (id) => readProposal(board, id) })

/** Done, archived and gone count as over; what was declined does, too, and what is put aside waits for whoever takes it up. */
export const isOpen = ({ mission, proposal }: Lookup, id: MissionId): boolean => {
  const found = mission(id)
  if (found) return found.status !== 'done' && found.archivedAt === null
  const proposed = proposal(id)?.state
  return proposed === 'open' || proposed === 'aside'
}

/** What a mission still waits for. */
export const stillBefore = (lookup: Lookup, id: MissionId, blockedBy: readonly MissionId[]): MissionId[] =>
  blockedBy.filter((before) => before !== id && isOpen(lookup, before))

export const openBefore = (board: Y.Doc, id: MissionId, blockedBy: readonly MissionId[]) => stillBefore(inDocument(board), id, blockedBy)

/** Whether `id` comes, by whatever way, after `other`: to let `other` wait for it would be a circle. */
export function comesAfter({ mission }: Pick<Lookup, 'mission'>, id: MissionId, other: MissionId): boolean {
  const seen = new Set<MissionId>()
  const open = [id]
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (at === other) return true
    if (seen.has(at)) continue
    seen.add(at)
    open.push(...mission(at)?.blockedBy ?? [])
  }
  return false
}
