import type { DatabaseSync } from 'node:sqlite'
import type * as Y from 'yjs'
import { missionsOf, readFacts } from '#lib/board/board-document.ts'
import type { MissionId, ProjectId, WorkspaceId } from '#lib/board/ids.ts'
import { projectBoard } from '../store/projection.ts'
import { byRebuild, type Problem } from './problem.ts'

type Row = { id: MissionId | ProjectId }

/** Whether the tables say what a board says, and the board what the tables of files and runs say. A running server is late by a moment. */
export function checkBoard(sqlite: DatabaseSync, workspaceId: WorkspaceId, board: Y.Doc): { missions: number; problems: Problem[] } {
  const wanted = projectBoard(board, workspaceId)
  return {
    missions: wanted.missions.length,
    problems: [
      ...checkRows(sqlite, workspaceId, 'missions', 'Mission', wanted.missions),
      ...checkRows(sqlite, workspaceId, 'projects', 'Project', wanted.projects),
      ...checkFacts(sqlite, workspaceId, board),
    ],
  }
}

function checkRows(sqlite: DatabaseSync, workspaceId: WorkspaceId, table: 'missions' | 'projects', what: string, rows: readonly Row[]): Problem[] {
  const present = new Map(sqlite.prepare(`select * from ${table} where workspace_id = ?`).all(workspaceId).map((row) => [String(row.id), row]))
  const isTaken = sqlite.prepare(`select 1 from ${table} where id = ? and workspace_id <> ?`)
  const problem = (id: string, message: string): Problem => ({ check: 'projection', subject: id, message: `${what} ${id} of workspace ${workspaceId} ${message}.`, repair: byRebuild })
  const problems: Problem[] = []
  for (const row of rows) {
    const now = present.get(row.id)
    present.delete(row.id)
    // Of two boards that use one id the first keeps it: this is how it should be.
    if (!now && isTaken.get(row.id, workspaceId)) continue
    if (!now) problems.push(problem(row.id, 'is on the board but has no row'))
    else if (Object.entries(row).some(([column, value]) => now[column] !== value)) problems.push(problem(row.id, 'has a row that differs from the board'))
  }
  for (const id of present.keys()) problems.push(problem(id, 'has a row but is not on the board'))
  return problems
}

const recounted = 'They are counted anew when a file of the mission is added or removed.'
const restated = 'Start the server again, which states the latest runs anew; otherwise the next run of the mission puts it right.'

function checkFacts(sqlite: DatabaseSync, workspaceId: WorkspaceId, board: Y.Doc): Problem[] {
  const counts = new Map(sqlite.prepare(`
    select mission_id || ' ' || kind as key, count(*) as n from files where workspace_id = ? and deleted_at is null group by mission_id, kind`)
    .all(workspaceId).map((row) => [String(row.key), Number(row.n)]))
  const newest = new Map<string, { id: string; state: string }>()
  for (const row of sqlite.prepare('select mission_id, id, state from runs where workspace_id = ? order by created_at, id desc').all(workspaceId)) {
    newest.set(String(row.mission_id), { id: String(row.id), state: String(row.state) })
  }
  const problems: Problem[] = []
  for (const id of missionsOf(board).keys()) {
    const problem = (message: string, repair: string) =>
      problems.push({ check: 'facts', subject: id, message: `The card of mission ${id} of workspace ${workspaceId} ${message}.`, repair })
    const facts = readFacts(board, id as MissionId)
    for (const kind of ['attachment', 'artifact'] as const) {
      const [told, stored] = [facts[`${kind}s`], counts.get(`${id} ${kind}`) ?? 0]
      if (told !== stored) problem(`counts ${told} ${kind}${told === 1 ? '' : 's'}, and ${stored} ${stored === 1 ? 'is' : 'are'} stored`, recounted)
    }
    const run = newest.get(id)
    if (facts.run?.id !== run?.id || facts.run?.state !== run?.state) {
      problem(`tells of ${facts.run ? `run ${facts.run.id}, ${facts.run.state}` : 'no run'}, where the latest is ${run ? `${run.id}, ${run.state}` : 'none'}`, restated)
    }
  }
  return problems
}
