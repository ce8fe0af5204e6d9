import type { ActorId, RunId } from '#lib/board/ids.ts'
import type { Chain } from '#lib/board/run-record.ts'
import type { RunRow, RunsContext } from './context.ts'
import type { ToolAnswer } from './protocol.ts'

/** Runs that may follow from one another by handing over. */
const longestChain = 5

type HandOver = { staffId: ActorId; note: string }

const chainAfter = (row: RunRow): Chain => [...JSON.parse(row.chain) as Chain, { runId: row.id, staffId: row.staff_id }]

/** Handing a mission from one staff member to another: remembered while the run goes on, done when it succeeds, and never in a circle. */
export function createHandOver({ db, find }: RunsContext) {
  return {
    /** Called by the run itself; the newest hand-over counts. The answer is for the model. */
    async handOver(runId: RunId, staffId: ActorId, note: string): Promise<ToolAnswer> {
      const row = await find(runId)
      if (row?.state !== 'running') return { ok: false, message: 'The run has ended.' }
      const staff = await db.selectFrom('staff').select(['name', 'archived_at', 'paused_at']).where('id', '=', staffId).where('workspace_id', '=', row.workspace_id).executeTakeFirst()
      if (!staff || staff.archived_at !== null) return { ok: false, message: 'There is no such staff member.' }
      if (staffId === row.staff_id) return { ok: false, message: 'This is you. Go on with the work yourself.' }
      const chain = chainAfter(row)
      if (chain.some((link) => link.staffId === staffId)) {
        return { ok: false, message: `${staff.name} has worked on this already: it led to this run, and handing it back would go in a circle. Finish, and say what is open; a person decides.` }
      }
      if (chain.length >= longestChain) return { ok: false, message: `The mission was handed on ${longestChain - 1} times already. Finish, and say what is open; a person decides.` }
      if (staff.paused_at !== null) return { ok: false, message: `${staff.name} is paused and takes nothing. Finish, and say what is open; a person decides.` }
      await db.updateTable('runs').set({ hand_over: JSON.stringify({ staffId, note } satisfies HandOver) }).where('id', '=', runId).where('attempt', '=', row.attempt).where('state', '=', 'running').execute()
      return { ok: true, result: `${staff.name} takes over when this run has succeeded. Finish now.` }
    },

    /** To whom a run that succeeded hands its mission, as what is to be started. */
    handedBy(row: RunRow) {
      if (!row.hand_over) return null
      const { staffId, note } = JSON.parse(row.hand_over) as HandOver
      const cause = { kind: 'hand_over' as const, from: row.staff_id, runId: row.id, note }
      return { missionId: row.mission_id, staffId, note, cause, chain: chainAfter(row), requestedBy: row.requested_by, autonomy: row.autonomy }
    },
  }
}
