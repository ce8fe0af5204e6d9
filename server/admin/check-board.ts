import type { DatabaseSync } from 'node:sqlite'
import type * as Y from 'yjs'
import { missionsOf, readFacts } from '#lib/board/board-document.ts'
import type { DocId, MissionId, ProjectId, WorkspaceId } from '#lib/board/ids.ts'
import { projectBoard, type ProjectedTable } from '../store/projection.ts'
import { byRebuild, type Problem } from './problem.ts'

type Row = { id: MissionId | ProjectId | DocId }

/** `state` is what there is in the place of what should be: where it changes, a server is at work. */
export type Difference = { problem: Problem; state: string }

/** Whether the tables say what a board says, and the board what the tables of files and runs say. A running server is late by a moment. */
export function checkBoard(sqlite: DatabaseSync, workspaceId: WorkspaceId, board: Y.Doc): { missions: number; differences: Difference[] } {
  const wanted = projectBoard(board, workspaceId)
  return {
    missions: wanted.missions.length,
    differences: [
      ...checkRows(sqlite, workspaceId, 'missions', 'Mission', wanted.missions),
      ...checkRows(sqlite, workspaceId, 'projects', 'Project', wanted.projects),
      ...checkRows(sqlite, workspaceId, 'docs', 'Doc', wanted.docs),
      ...checkRows(sqlite, workspaceId, 'proposals', 'Proposal', wanted.proposals),
      ...checkFacts(sqlite, workspaceId, board),
    ],
  }
}

function checkRows(sqlite: DatabaseSync, workspaceId: WorkspaceId, table: ProjectedTable, what: string, rows: readonly Row[]): Difference[] {
  const present = new Map(sqlite.prepare(`select * from ${table} where workspace_id = ?`).all(workspaceId).map((row) => [String(row.id), row]))
  const isTaken = sqlite.prepare(`select 1 from ${table} where id = ? and workspace_id <> ?`)
  const differences: Difference[] = []
  const differs = (id: string, message: string, row?: object) => differences.push({
    problem: { check: 'projection', subject: id, message: `${what} ${id} of workspace ${workspaceId} ${message}.`, repair: byRebuild }, state: JSON.stringify(row ?? null),
  })
  for (const row of rows) {
    const now = present.get(row.id)
    present.delete(row.id)
    // Of two boards that use one id the first keeps it: this is how it should be.
    if (!now && isTaken.get(row.id, workspaceId)) continue
    if (!now) differs(row.id, 'is on the board but has no row')
    else if (Object.entries(row).some(([column, value]) => now[column] !== value)) differs(row.id, 'has a row that differs from the board', now)
  }
  for (const [id, row] of present) differs(id, 'has a row but is not on the board', row)
  return differences
}

const recounted = 'They are counted anew when a file of the mission is added or removed.'
const restated = 'Start the server again, which states the latest runs anew; otherwise the next run of the mission puts it right.'

function checkFacts(sqlite: DatabaseSync, workspaceId: WorkspaceId, board: Y.Doc): Difference[] {
  const counts = new Map(sqlite.prepare(`
    select mission_id || ' ' || kind as key, count(*) as n from files where workspace_id = ? and deleted_at is null group by mission_id, kind`)
    .all(workspaceId).map((row) => [String(row.key), Number(row.n)]))
  const newest = new Map<string, { id: string; state: string }>()
  for (const row of sqlite.prepare('select mission_id, id, state from runs where workspace_id = ? order by created_at, id desc').all(workspaceId)) {
    newest.set(String(row.mission_id), { id: String(row.id), state: String(row.state) })
  }
  const differences: Difference[] = []
  for (const id of missionsOf(board).keys()) {
    const facts = readFacts(board, id as MissionId)
    const differs = (message: string, repair: string) => differences.push({
      problem: { check: 'facts', subject: id, message: `The card of mission ${id} of workspace ${workspaceId} ${message}.`, repair }, state: JSON.stringify(facts),
    })
    for (const kind of ['attachment', 'artifact'] as const) {
      const [told, stored] = [facts[`${kind}s`], counts.get(`${id} ${kind}`) ?? 0]
      if (told !== stored) differs(`counts ${told} ${kind}${told === 1 ? '' : 's'}, and ${stored} ${stored === 1 ? 'is' : 'are'} stored`, recounted)
    }
    const run = newest.get(id)
    if (facts.run?.id !== run?.id || facts.run?.state !== run?.state) {
      differs(`tells of ${facts.run ? `run ${facts.run.id}, ${facts.run.state}` : 'no run'}, where the latest is ${run ? `${run.id}, ${run.state}` : 'none'}`, restated)
    }
  }
  return differences
}
