import { directoryOf } from '#lib/board/board-document.ts'
import type { Member } from '#lib/board/mission.ts'
import type { WorkspaceId } from '#lib/board/ids.ts'
import { boardDocument } from '#lib/sync/document-names.ts'
import type { Documents } from './documents.ts'

type Entry = Omit<Member, 'id'>

/** Writes who is in a workspace into its board document, so that every client shows names without asking. */
export async function writeDirectory(documents: Documents, workspaceId: WorkspaceId, entries: Record<string, Entry>) {
  const same = (a: unknown, b: Entry) => JSON.stringify(a) === JSON.stringify(b)
  await documents.edit(boardDocument(workspaceId), (board) => {
    const directory = directoryOf(board)
    for (const id of directory.keys()) if (!(id in entries)) directory.delete(id)
    for (const [id, entry] of Object.entries(entries)) if (!same(directory.get(id), entry)) directory.set(id, entry)
  })
}
