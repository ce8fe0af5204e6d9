import { createHash } from 'node:crypto'
import type { ActorId, MissionId, RunId, WorkspaceId } from '#lib/board/ids.ts'
import type { Member } from '#lib/board/mission.ts'
import { formerRole } from '../auth/directory.ts'
import type { Proposals } from '../coo/proposals.ts'
import type { ServerTools, ToolAnswer } from '../runs/protocol.ts'
import type { Database } from '../store/database.ts'

/** So many may one run put before people; more are not read by anybody. */
const mostProposals = 20

/** The same call proposes the same mission, also when it is made again by another worker. */
const idOf = (runId: RunId, key: string) => createHash('sha256').update(`${runId} ${key}`).digest('hex').slice(0, 24) as MissionId

/** Puts a mission that a run proposes before people, beside the one it works on. */
export function createProposeForRun({ db, proposals, members }: {
  db: Database
  proposals: Pick<Proposals, 'propose'>
  members: (workspaceId: WorkspaceId) => Promise<ReadonlyMap<ActorId, Member>>
}) {
  return async (run: { id: RunId; workspaceId: WorkspaceId; staffId: ActorId }, { title, description, assignee }: ServerTools['propose_mission'], key: string): Promise<ToolAnswer> => {
    const made = await db.selectFrom('run_tool_calls').select('key').where('run_id', '=', run.id).where('tool', '=', 'propose_mission').execute()
    if (made.length >= mostProposals) return { ok: false, message: `This run proposed ${mostProposals} missions already, which is the most. Name the others in your answer.` }
    const present = [...(await members(run.workspaceId)).values()].filter(({ role }) => role !== formerRole)
    const wanted = assignee?.trim().replace(/^@/, '').toLowerCase()
    const somebody = wanted === undefined ? null : present.find(({ id }) => id === assignee) ?? present.find(({ name }) => name.toLowerCase() === wanted)
    if (somebody === undefined) return { ok: false, message: `There is nobody called ${JSON.stringify(assignee)}. There are: ${present.map(({ name }) => name).join(', ')}.` }
    const { mission_id: missionId } = await db.selectFrom('runs').select('mission_id').where('id', '=', run.id).executeTakeFirstOrThrow()
    const mission = await db.selectFrom('missions').select('project_id').where('id', '=', missionId).executeTakeFirst()
    await proposals.propose(run.workspaceId, [{
      id: idOf(run.id, key), title: title.trim(), description, by: run.staffId, origin: { kind: 'run', runId: run.id, missionId },
      projectId: mission?.project_id ?? null, assigneeId: somebody?.id ?? null,
    }], { kind: 'staff', runId: run.id })
    return { ok: true, result: `“${title.trim()}” is proposed; a person decides whether it goes on the board.` }
  }
}
