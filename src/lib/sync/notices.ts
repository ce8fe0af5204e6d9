import { isId, type ActorId } from '#lib/board/ids.ts'
import { approvers, type Approvers } from '../board/policy.ts'
import { readMark, type ReadMark } from '../board/read-mark.ts'
import { parseDocumentName } from './document-names.ts'

/**
 * What the server tells a client of a document besides its content, as a stateless message in JSON.
 * `store`: edits cannot be written to disk at the moment; they are kept and acknowledged once they are.
 * `activity`, on a board: the workspace's record has news, up to this `seq`; whoever shows it asks the API.
 * `read`, on a board, to one person alone: what they have seen of this document by now, on all of their devices.
 * `inbox`, on a board, to this person alone: what waits for them is not what it was.
 * `stopped`, on a board: since when no run of staff may begin; `null` while they may.
 * `approvers`, on a board: who puts proposals onto it.
 * `chats`, on a board: the list of chats is not what it was.
 * `library`, on a board: its files, what is given to whom or what staff remember is not what it was.
 * `routines`, on a board: the list of routines, or what they did, is not what it was.
 * `versions`, on what has a text: there are other versions of it than there were.
 */
export type Notice =
  | { kind: 'store'; failing: boolean }
  | { kind: 'activity'; seq: number }
  | { kind: 'inbox'; userId: ActorId }
  | { kind: 'stopped'; at: number | null }
  | { kind: 'approvers'; approvers: Approvers }
  | { kind: 'versions' }
  | { kind: 'chats' }
  | { kind: 'library' }
  | { kind: 'routines' }
  | { kind: 'read'; document: string; mark: ReadMark }

/** What a client tells the server over a board, as a stateless message: somebody begins to write to the COO. */
export const writingToCoo = 'writing to the COO'

export const writeNotice = (notice: Notice): string => JSON.stringify(notice)

/** `null` for anything that is not a notice. */
export function readNotice(message: string): Notice | null {
  try {
    const { kind, failing, seq, userId, at, document, mark, approvers: who } = JSON.parse(message) as Record<string, unknown>
    if (kind === 'store' && typeof failing === 'boolean') return { kind, failing }
    if (kind === 'activity' && typeof seq === 'number') return { kind, seq }
    if (kind === 'inbox' && isId(userId)) return { kind, userId: userId as ActorId }
    if (kind === 'stopped' && (at === null || typeof at === 'number')) return { kind, at }
    const known = approvers.find((each) => each === who)
    if (kind === 'approvers' && known) return { kind, approvers: known }
    if (kind === 'versions' || kind === 'chats' || kind === 'library' || kind === 'routines') return { kind }
    const seen = readMark(mark)
    if (kind === 'read' && typeof document === 'string' && parseDocumentName(document) && seen) return { kind, document, mark: seen }
    return null
  } catch {
    return null
  }
}
