import { sql, type Insertable } from 'kysely'
import type * as Y from 'yjs'
import { docsOf, missionsOf, projectsOf, readDoc, readFacts, readMission, readProject } from '#lib/board/board-document.ts'
import { proposalsOf, readProposal } from '#lib/board/proposal.ts'
import type { DocId, MissionId, ProjectId, WorkspaceId } from '#lib/board/ids.ts'
import { docDocument } from '#lib/sync/document-names.ts'
import { claimDocument } from './claim-document.ts'
import type { Database } from './database.ts'
import { keptStatement } from './kept-statement.ts'
import type { Tables } from './tables.ts'

export type MissionRow = Insertable<Tables['missions']>
type ProjectRow = Insertable<Tables['projects']>
type DocRow = Insertable<Tables['docs']>
export type ProposalRow = Insertable<Tables['proposals']>

function missionRow(board: Y.Doc, workspaceId: WorkspaceId, id: MissionId): MissionRow | null {
  const mission = readMission(board, id)
  return mission && {
    id,
    workspace_id: workspaceId,
    title: mission.title,
    status: mission.status,
    rank: mission.rank,
    project_id: mission.projectId,
    assignee_id: mission.assigneeId,
    reviewer_id: mission.reviewerId,
    auto_run: mission.autoRun ? 1 : 0,
    priority: mission.priority,
    labels: JSON.stringify(mission.labels),
    due_on: mission.dueOn,
    blocked_by: JSON.stringify(mission.blockedBy),
    created_by: mission.createdBy,
    created_at: mission.createdAt,
    archived_at: mission.archivedAt,
    facts: JSON.stringify(readFacts(board, id)),
  }
}

function projectRow(board: Y.Doc, workspaceId: WorkspaceId, id: ProjectId): ProjectRow | null {
  const project = readProject(board, id)
  return project && { id, workspace_id: workspaceId, name: project.name, colour: project.colour, archived_at: project.archivedAt }
}

function docRow(board: Y.Doc, workspaceId: WorkspaceId, id: DocId): DocRow | null {
  const doc = readDoc(board, id)
  return doc && {
    id, workspace_id: workspaceId, project_id: doc.projectId, parent_id: doc.parentId, title: doc.title, rank: doc.rank,
    created_by: doc.createdBy, created_at: doc.createdAt, archived_at: doc.archivedAt,
  }
}

function proposalRow(board: Y.Doc, workspaceId: WorkspaceId, id: MissionId): ProposalRow | null {
  const proposal = readProposal(board, id)
  return proposal && {
    id, workspace_id: workspaceId, title: proposal.title, state: proposal.state, by: proposal.by,
    chat_id: proposal.origin.kind === 'chat' ? proposal.origin.chatId : null, created_at: proposal.createdAt,
  }
}

/** What a board projects to: a table for each of its maps of records. */
type Projected = { missions: MissionRow; projects: ProjectRow; docs: DocRow; proposals: ProposalRow }
export type ProjectedTable = keyof Projected
type BoardRows = { [Table in ProjectedTable]: Projected[Table][] }

type Projection<Row> = { records: (board: Y.Doc) => Y.Map<Y.Map<unknown>>; row: (board: Y.Doc, workspaceId: WorkspaceId, id: string) => Row | null }
export const projections: { [Table in ProjectedTable]: Projection<Projected[Table]> } = {
  missions: { records: missionsOf, row: (board, workspaceId, id) => missionRow(board, workspaceId, id as MissionId) },
  projects: { records: projectsOf, row: (board, workspaceId, id) => projectRow(board, workspaceId, id as ProjectId) },
  docs: { records: docsOf, row: (board, workspaceId, id) => docRow(board, workspaceId, id as DocId) },
  proposals: { records: proposalsOf, row: (board, workspaceId, id) => proposalRow(board, workspaceId, id as MissionId) },
}
export const projectedTables = Object.keys(projections) as ProjectedTable[]

const rowsOf = <Table extends ProjectedTable>(table: Table, board: Y.Doc, workspaceId: WorkspaceId): Projected[Table][] =>
  [...projections[table].records(board).keys()].map((id) => projections[table].row(board, workspaceId, id)).filter((row) => row !== null)

/** Every row that a board document projects to. */
export const projectBoard = (board: Y.Doc, workspaceId: WorkspaceId): BoardRows => ({
  missions: rowsOf('missions', board, workspaceId),
  projects: rowsOf('projects', board, workspaceId),
  docs: rowsOf('docs', board, workspaceId),
  proposals: rowsOf('proposals', board, workspaceId),
})

function upsert<Table extends ProjectedTable>(db: Database, table: Table, row: Projected[Table]) {
  const changed = Object.keys(row).filter((column) => column !== 'id' && column !== 'workspace_id')
  return db.insertInto(table as 'missions').values(row as MissionRow).onConflict((conflict) => conflict.column('id')
    .doUpdateSet((eb) => Object.fromEntries(changed.map((column) => [column, eb.ref(`excluded.${column}` as 'excluded.title')])))
    .where(`${table}.workspace_id` as 'missions.workspace_id', '=', (eb) => eb.ref('excluded.workspace_id')))
}

/** Writes a row. An id that another workspace has already is left alone, and false returned: whoever was first keeps it. */
export async function writeRow<Table extends ProjectedTable>(db: Database, table: Table, row: Projected[Table]): Promise<boolean> {
  const { numAffectedRows } = await keptStatement(db, `project ${table}`, () => upsert(db, table, row), Object.values(row))
  if (numAffectedRows === 0n) return false
  // A brief and a doc are documents of like names, in two tables: which workspace had the name first has to be known before anybody opens it.
  if (table === 'projects' || table === 'docs') await claimDocument(db, docDocument(row.id as DocId), row.workspace_id)
  return true
}

/**
 * Makes the rows of a workspace what its board document says, and returns how many rows differed. `catchUp` is called once nobody else
 * can write, and returns whether it changed the board.
 */
export async function rebuildProjection(db: Database, board: Y.Doc, workspaceId: WorkspaceId, catchUp: () => boolean = () => false): Promise<number> {
  let wanted = projectBoard(board, workspaceId)
  return await db.transaction().execute(async (transaction) => {
    if (catchUp()) wanted = projectBoard(board, workspaceId)
    let differing = 0
    for (const table of projectedTables) {
      const { changed, gone } = difference<{ id: string }>(await storedRows(transaction, table, workspaceId), wanted[table])
      for (const row of changed) await writeRow(transaction, table, row as MissionRow)
      for (const id of gone) await deleteRow(transaction, table, workspaceId, id)
      differing += changed.length + gone.length
    }
    return differing
  })
}

// The tables differ in their columns only, which nobody here asks about.
const storedRows = <Table extends ProjectedTable>(db: Database, table: Table, workspaceId: WorkspaceId) =>
  db.selectFrom(table as 'missions').selectAll().where('workspace_id', '=', workspaceId).execute() as Promise<unknown> as Promise<Projected[Table][]>

/** The rows of these ids that a workspace has. By their ids: SQLite would rather go through all of the workspace. */
export const rowsWith = <Table extends ProjectedTable>(db: Database, table: Table, workspaceId: WorkspaceId, ids: readonly string[]) =>
  db.selectFrom(table as 'missions').selectAll().where('id', 'in', ids as MissionId[]).where(sql`+workspace_id`, '=', workspaceId).execute() as Promise<unknown> as Promise<Projected[Table][]>

export const idsIn = async (db: Database, table: ProjectedTable, workspaceId: WorkspaceId): Promise<string[]> =>
  (await db.selectFrom(table as 'missions').select('id').where('workspace_id', '=', workspaceId).execute()).map(({ id }) => id)

export const deleteRow = (db: Database, table: ProjectedTable, workspaceId: WorkspaceId, id: string) =>
  db.deleteFrom(table as 'missions').where('id', '=', id as MissionId).where('workspace_id', '=', workspaceId).execute()

/** Whether a row that is stored is another one than it should be. */
export const differs = (stored: object | undefined, wanted: object) =>
  !stored || Object.entries(wanted).some(([column, value]) => (stored as Record<string, unknown>)[column] !== value)

function difference<Row extends { id: string }>(present: readonly Row[], wanted: readonly Row[]): { changed: Row[]; gone: Row['id'][] } {
  const rows = new Map(present.map((row) => [row.id, row]))
  const changed = wanted.filter((row) => differs(rows.get(row.id), row))
  const kept = new Set(wanted.map((row) => row.id))
  return { changed, gone: [...rows.values()].filter((row) => !kept.has(row.id)).map((row) => row.id) }
}
