import { CompiledQuery, type Insertable } from 'kysely'
import type * as Y from 'yjs'
import { docsOf, missionsOf, projectsOf, readDoc, readFacts, readMission, readProject } from '#lib/board/board-document.ts'
import type { DocId, MissionId, ProjectId, WorkspaceId } from '#lib/board/ids.ts'
import type { Database } from './database.ts'
import type { Tables } from './tables.ts'

export type MissionRow = Insertable<Tables['missions']>
export type ProjectRow = Insertable<Tables['projects']>
export type DocRow = Insertable<Tables['docs']>

/** What a board projects to: a table each. */
export type BoardRows = { missions: MissionRow[]; projects: ProjectRow[]; docs: DocRow[] }

export function missionRow(board: Y.Doc, workspaceId: WorkspaceId, id: MissionId): MissionRow | null {
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
    created_by: mission.createdBy,
    created_at: mission.createdAt,
    archived_at: mission.archivedAt,
    facts: JSON.stringify(readFacts(board, id)),
  }
}

export function projectRow(board: Y.Doc, workspaceId: WorkspaceId, id: ProjectId): ProjectRow | null {
  const project = readProject(board, id)
  return project && { id, workspace_id: workspaceId, name: project.name, colour: project.colour, archived_at: project.archivedAt }
}

export function docRow(board: Y.Doc, workspaceId: WorkspaceId, id: DocId): DocRow | null {
  const doc = readDoc(board, id)
  return doc && {
    id, workspace_id: workspaceId, project_id: doc.projectId, parent_id: doc.parentId, title: doc.title, rank: doc.rank,
    created_by: doc.createdBy, created_at: doc.createdAt, archived_at: doc.archivedAt,
  }
}

/** Every row that a board document projects to. */
export function projectBoard(board: Y.Doc, workspaceId: WorkspaceId): BoardRows {
  const present = <T>(row: T | null): row is T => row !== null
  return {
    missions: [...missionsOf(board).keys()].map((id) => missionRow(board, workspaceId, id as MissionId)).filter(present),
    projects: [...projectsOf(board).keys()].map((id) => projectRow(board, workspaceId, id as ProjectId)).filter(present),
    docs: [...docsOf(board).keys()].map((id) => docRow(board, workspaceId, id as DocId)).filter(present),
  }
}

type Projected = { [Table in keyof BoardRows]: BoardRows[Table][number] }

/** Statements by dialect and table: the same two are asked at every edit of a board, and building them cost more than running them. */
const upserts = new WeakMap<object, Map<keyof Projected, string>>()

function upsertOf<Table extends keyof Projected>(db: Database, table: Table, row: Projected[Table]): string {
  const { adapter } = db.getExecutor()
  const known = upserts.get(adapter) ?? new Map<keyof Projected, string>()
  upserts.set(adapter, known)
  let statement = known.get(table)
  if (!statement) {
    const changed = Object.keys(row).filter((column) => column !== 'id' && column !== 'workspace_id')
    const insert = db.insertInto(table as 'missions').values(row as MissionRow).onConflict((conflict) => conflict.column('id')
      .doUpdateSet((eb) => Object.fromEntries(changed.map((column) => [column, eb.ref(`excluded.${column}` as 'excluded.title')])))
      .where(`${table}.workspace_id` as 'missions.workspace_id', '=', (eb) => eb.ref('excluded.workspace_id')))
    known.set(table, statement = insert.compile().sql)
  }
  return statement
}

/** Writes a row. An id that another workspace has already is left alone, and false returned: whoever was first keeps it. */
export async function writeRow<Table extends keyof Projected>(db: Database, table: Table, row: Projected[Table]): Promise<boolean> {
  const { numAffectedRows } = await db.executeQuery(CompiledQuery.raw(upsertOf(db, table, row), Object.values(row)))
  return numAffectedRows !== 0n
}

/**
 * Makes the rows of a workspace what its board document says, and returns how many rows differed; tells of each mission among them.
 * `catchUp` is called once nobody else can write, and returns whether it changed the board.
 */
export async function rebuildProjection(
  db: Database, board: Y.Doc, workspaceId: WorkspaceId, onMission: (before: MissionRow | null, after: MissionRow | null) => void = () => {},
  catchUp: () => boolean = () => false,
): Promise<number> {
  let wanted = projectBoard(board, workspaceId)
  const [before, differed] = await db.transaction().execute(async (transaction) => {
    // Writes first, so that it waits for another process instead of failing because it read before that one wrote.
    await transaction.deleteFrom('missions').where('id', 'is', null).execute()
    if (catchUp()) wanted = projectBoard(board, workspaceId)
    const before = {
      missions: await transaction.selectFrom('missions').selectAll().where('workspace_id', '=', workspaceId).execute(),
      projects: await transaction.selectFrom('projects').selectAll().where('workspace_id', '=', workspaceId).execute(),
      docs: await transaction.selectFrom('docs').selectAll().where('workspace_id', '=', workspaceId).execute(),
    }
    const missions = difference<MissionId, MissionRow>(before.missions, wanted.missions)
    const projects = difference<ProjectId, ProjectRow>(before.projects, wanted.projects)
    const docs = difference<DocId, DocRow>(before.docs, wanted.docs)
    for (const row of missions.changed) await writeRow(transaction, 'missions', row)
    for (const row of projects.changed) await writeRow(transaction, 'projects', row)
    for (const row of docs.changed) await writeRow(transaction, 'docs', row)
    for (const id of missions.gone) await transaction.deleteFrom('missions').where('id', '=', id).execute()
    for (const id of projects.gone) await transaction.deleteFrom('projects').where('id', '=', id).execute()
    for (const id of docs.gone) await transaction.deleteFrom('docs').where('id', '=', id).execute()
    return [new Map(before.missions.map((row) => [row.id, row])), { missions, projects, docs }] as const
  })
  for (const row of differed.missions.changed) onMission(before.get(row.id) ?? null, row)
  for (const id of differed.missions.gone) onMission(before.get(id) ?? null, null)
  return Object.values(differed).reduce((sum, { changed, gone }) => sum + changed.length + gone.length, 0)
}

function difference<Id extends string, Row extends { id: Id }>(present: readonly Row[], wanted: readonly Row[]): { changed: Row[]; gone: Id[] } {
  const rows = new Map(present.map((row) => [row.id, row]))
  const changed = wanted.filter((row) => {
    const now = rows.get(row.id) as Record<string, unknown> | undefined
    return !now || Object.entries(row).some(([column, value]) => now[column] !== value)
  })
  const kept = new Set(wanted.map((row) => row.id))
  return { changed, gone: [...rows.values()].filter((row) => !kept.has(row.id)).map((row) => row.id) }
}
