import type { ActorId, DocId, MissionId } from '#lib/board/ids.ts'
import type { InboxKind } from '#lib/inbox/item.ts'

/**
 * That something waits for somebody. `reason` names it within the workspace: the same reason found again is the same item. `place` is
 * where in the mission or doc it is.
 */
export type Reason = {
  userId: ActorId
  reason: string
  kind: InboxKind
  missionId: MissionId | null
  docId: DocId | null
  place: string
  by: ActorId | null
  words: string
}

const longestWords = 280

/** One line of it, cut between words. */
export function excerpt(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim()
  if (line.length <= longestWords) return line
  const cut = line.slice(0, longestWords)
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), longestWords - 40))}…`
}
