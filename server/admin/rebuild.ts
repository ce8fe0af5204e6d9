import type * as Y from 'yjs'
import { boardDocument } from '#lib/sync/document-names.ts'
import type { Store } from '../store/database.ts'
import { rebuildProjection } from '../store/projection.ts'
import { forgetDamagedTexts } from './check-files.ts'
import { addEntries } from './document-place.ts'
import { repairDocument } from './repair-document.ts'
import { catchUp, headOf, replayStored, storedDocuments } from './stored-document.ts'

/**
 * `changed` counts rows that were not what the boards say; `owners` client ids that nobody owned, `covered` updates that their
 * snapshot has as well, `entries` documents of which nothing said whose they are, `texts` damaged ones
 * that the server reads again. `failed` are documents that cannot be read.
 */
export type Rebuilt = {
  workspaces: number; missions: number; projects: number; docs: number; changed: number; owners: number; covered: number; entries: number; texts: number
  failed: { document: string; message: string }[]
}

/** Makes the tables of missions, projects and docs again from the boards, and puts right what else can be without loss; also beside a running server. */
export async function rebuild(store: Pick<Store, 'db' | 'sqlite'>): Promise<Rebuilt> {
  const { db, sqlite } = store
  const failed: Rebuilt['failed'] = []
  const [workspaces, changed] = await rebuildBoards(store)
  let [owners, covered] = [0, 0]
  const documents = storedDocuments(sqlite)
  for (const document of documents) {
    try {
      const repaired = repairDocument(sqlite, document)
      owners += repaired.owners
      covered += repaired.covered
    } catch (error) {
      failed.push({ document, message: messageOf(error) })
    }
  }
  const entries = addEntries(sqlite, documents)
  const count = async (table: 'missions' | 'projects' | 'docs') =>
    Number((await db.selectFrom(table).select((eb) => eb.fn.countAll().as('n')).executeTakeFirstOrThrow()).n)
  return { workspaces, missions: await count('missions'), projects: await count('projects'), docs: await count('docs'), changed, owners, covered, entries, texts: forgetDamagedTexts(sqlite), failed }
}

/** Makes the rows what the boards say. Those of a board that cannot be read are left as they are. */
export async function rebuildBoards({ db, sqlite }: Pick<Store, 'db' | 'sqlite'>): Promise<[workspaces: number, changed: number]> {
  let changed = 0
  const workspaces = await db.selectFrom('workspaces').select('id').execute()
  for (const { id: workspaceId } of workspaces) {
    const name = boardDocument(workspaceId)
    const read = headOf(sqlite, name)
    const board = tryReplay(sqlite, name)
    if (!board) continue
    // What a server appends until we write would be undone by the older rows we hold.
    changed += await rebuildProjection(db, board, workspaceId, () => catchUp(sqlite, name, board, read))
    board.destroy()
  }
  return [workspaces.length, changed]
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error))

function tryReplay(sqlite: Store['sqlite'], name: string): Y.Doc | null {
  try {
    return replayStored(sqlite, name)
  } catch {
    return null
  }
}
