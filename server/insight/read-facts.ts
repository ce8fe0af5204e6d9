import type { DatabaseSync } from 'node:sqlite'
import type { ActorId, ChatId, MissionId, ProjectId, RunId, WorkspaceId } from '#lib/board/ids.ts'
import { statuses, type RunState, type Status } from '#lib/board/mission.ts'
import type { FactMission, Facts } from '#lib/insight/insight.ts'

type Stay = { missionId: MissionId; status: Status; since: number; till: number | null }

const idsIn = (json: string) => (json === '[]' ? [] : JSON.parse(json) as MissionId[])

/** Reads what the figures are made of, from the tables and the record of activity, in one pass over each. */
export function readFacts(database: DatabaseSync, workspaceId: WorkspaceId): Facts {
  const all = <Row>(query: string) => database.prepare(query).all(workspaceId) as unknown as Row[]

  const missions = new Map<MissionId, FactMission>()
  type MissionRow = { id: MissionId; title: string; status: Status; project_id: ProjectId | null; assignee_id: ActorId | null; created_at: number; archived_at: number | null; blocked_by: string }
  for (const row of all<MissionRow>(`select id, title, status, project_id, assignee_id, created_at, archived_at, blocked_by from missions where workspace_id = ?`)) {
    missions.set(row.id, { title: row.title, status: row.status, projectId: row.project_id, assigneeId: row.assignee_id, createdAt: row.created_at, archivedAt: row.archived_at, blockedBy: idsIn(row.blocked_by) })
  }

  const stays: Stay[] = []
  const last = new Map<MissionId, Stay>()
  // By an index that has all of it. SQLite would take the one of all entries, and read each of them. As arrays: there are several of each mission.
  const moves = database.prepare(`select mission_id, until, json_extract(details, '$.to') as went from activity indexed by activity_moves
    where workspace_id = ? and mission_id is not null and kind in ('mission.created', 'mission.moved', 'mission.restored') order by id`)
  moves.setReturnArrays(true)
  for (const [missionId, until, went] of moves.all(workspaceId) as unknown as [MissionId, number, string | null][]) {
    const status = statuses.find((known) => known === went)
    const before = last.get(missionId)
    if (!status || !missions.has(missionId) || status === before?.status) continue
    if (before) before.till = until
    const stay: Stay = { missionId, status, since: until, till: null }
    last.set(missionId, stay)
    stays.push(stay)
  }

  type RunRow = { id: RunId; mission_id: MissionId; staff_id: ActorId; state: RunState; created_at: number; ended_at: number | null; tokens: number; micros: number | null }
  type VerdictRow = { run_id: RunId; verdict: 'approved' | 'changes' }
  type AskRow = { mission_id: MissionId; run_id: RunId; asked_at: number }
  type ProposalRow = { id: MissionId; title: string; chat_id: ChatId | null; created_at: number }
  return {
    missions, stays,
    verdicts: new Map(all<VerdictRow>(`select run_id, verdict from run_verdicts where workspace_id = ?`).map((row) => [row.run_id, row.verdict])),
    runs: all<RunRow>(`select id, mission_id, staff_id, state, created_at, ended_at, input_tokens + output_tokens as tokens, micros from runs where workspace_id = ?`)
      .map((row) => ({ id: row.id, missionId: row.mission_id, staffId: row.staff_id, state: row.state, createdAt: row.created_at, endedAt: row.ended_at, tokens: row.tokens, micros: row.micros })),
    asks: all<AskRow>(`select runs.mission_id, run_asks.run_id, min(asked_at) as asked_at from run_asks join runs on runs.id = run_asks.run_id
      where run_asks.workspace_id = ? and answered_at is null and runs.state = 'waiting' group by run_asks.run_id`)
      .map((row) => ({ missionId: row.mission_id, runId: row.run_id, since: row.asked_at })),
    proposals: all<ProposalRow>(`select id, title, chat_id, created_at from proposals where workspace_id = ? and state = 'open'`).map((row) => ({ id: row.id, title: row.title, chatId: row.chat_id, since: row.created_at })),
  }
}
