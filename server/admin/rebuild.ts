import type * as Y from 'yjs'
import type { WorkspaceId } from '#lib/board/ids.ts'
import { boardDocument } from '#lib/sync/document-names.ts'
import type { Store } from '../store/database.ts'
import { rebuildProjection } from '../store/projection.ts'
import { headOf, replayStored } from './stored-document.ts'

/** `changed` counts rows that were not what the boards say; `failed` are boards that cannot be read. */
export type Rebuilt = { workspaces: number; missions: number; projects: number; changed: number; failed: { workspaceId: WorkspaceId; message: string }[] }

/** Makes the tables of missions and projects again from the boards, also beside a running server. */
export async function rebuild({ db, sqlite }: Store): Promise<Rebuilt> {
  const failed: Rebuilt['failed'] = []
  let changed = 0
  const workspaces = await db.selectFrom('workspaces').select('id').execute()
  for (const { id: workspaceId } of workspaces) {
    const name = boardDocument(workspaceId)
    // What a server appends meanwhile would be undone by the older rows we hold, so such a board is read once more.
    for (let read = -1; read !== headOf(sqlite, name);) {
      read = headOf(sqlite, name)
      const board = tryReplay(sqlite, name)
      if (board instanceof Error) {
        failed.push({ workspaceId, message: board.message })
        break
      }
      changed += await rebuildProjection(db, board, workspaceId)
      board.destroy()
    }
  }
  const count = async (table: 'missions' | 'projects') =>
    Number((await db.selectFrom(table).select((eb) => eb.fn.countAll().as('n')).executeTakeFirstOrThrow()).n)
  return { workspaces: workspaces.length, missions: await count('missions'), projects: await count('projects'), changed, failed }
}

function tryReplay(sqlite: Store['sqlite'], name: string): Y.Doc | Error {
  try {
    return replayStored(sqlite, name).doc
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error))
  }
}
