import { isId, type ActorId } from '#lib/board/ids.ts'

/**
 * What the server tells a client of a document besides its content, as a stateless message in JSON.
 * `store`: edits cannot be written to disk at the moment; they are kept and acknowledged once they are.
 * `activity`, on a board: the workspace's record has news, up to this `seq`; whoever shows it asks the API.
 * `inbox`, on a board, to this person alone: what waits for them is not what it was.
 * `versions`, on what has a text: there are other versions of it than there were.
 */
export type Notice =
  | { kind: 'store'; failing: boolean }
  | { kind: 'activity'; seq: number }
  | { kind: 'inbox'; userId: ActorId }
  | { kind: 'versions' }

export const writeNotice = (notice: Notice): string => JSON.stringify(notice)

/** `null` for anything that is not a notice. */
export function readNotice(message: string): Notice | null {
  try {
    const { kind, failing, seq, userId } = JSON.parse(message) as Record<string, unknown>
    if (kind === 'store' && typeof failing === 'boolean') return { kind, failing }
    if (kind === 'activity' && typeof seq === 'number') return { kind, seq }
    if (kind === 'inbox' && isId(userId)) return { kind, userId: userId as ActorId }
    if (kind === 'versions') return { kind }
    return null
  } catch {
    return null
  }
}
