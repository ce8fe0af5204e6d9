import type { WorkspaceId } from '#lib/board/ids.ts'
import type { Database } from './database.ts'
import { keptStatement } from './kept-statement.ts'

/** Writes down whose a document is, unless that is written down already: whoever was first keeps it. */
export const claimDocument = (db: Database, doc: string, workspaceId: WorkspaceId) => keptStatement(db, 'claim a document', () =>
  db.insertInto('documents').values({ doc, workspace_id: workspaceId }).onConflict((conflict) => conflict.doNothing()), [doc, workspaceId])
