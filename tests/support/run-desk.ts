import { expect } from 'vitest'
import { readFacts, readMission } from '#lib/board/board-document.ts'
import { createMission } from '#lib/board/edits.ts'
import type { ActorId, MissionId, RunId } from '#lib/board/ids.ts'
import type { Status } from '#lib/board/mission.ts'
import type { Ask } from '#lib/board/run-record.ts'
import type { Claim } from '../../server/runs/protocol.ts'
import type { Client } from './client.ts'
import { eventually, harbour, type Somebody } from './harbour.ts'
import { scriptedWorker } from './worker.ts'

let ids = 0

export type RunDesk = Awaited<ReturnType<typeof runDesk>>

/** A server with a member, the staff member Analyst, and what tests of runs do over and over. No worker runs but those of the test. */
export async function runDesk(env: Record<string, string> = {}) {
  const here = await harbour({ env: { WORKER: 'off', LOG_LEVEL: 'error', RUN_LEASE_SECONDS: '15', ...env } })
  const [member, viewer, staff] = await Promise.all([here.token('member', 'Mia'), here.token('viewer'), here.token('staff', 'Analyst')])
  let board: Client | null = null

  const worker = (name?: string, token = staff.token) => scriptedWorker(here.server.url, token, name)
  const row = (id: RunId) => here.db.selectFrom('runs').selectAll().where('id', '=', id).executeTakeFirstOrThrow()

  async function openBoard(): Promise<Client> {
    if (!board) {
      board = here.connect(member, here.board)
      await board.synced()
    }
    return board
  }

  const start = (id: MissionId, somebody: Somebody = member) =>
    here.api<{ run: { id: RunId }; error: { code: string; message: string } }>(somebody, 'POST', `/missions/${id}/runs`)
  /** What a mission's card shows, and where it stands. */
  const card = async (id: MissionId) => {
    const { document } = await openBoard()
    return { ...readFacts(document, id), status: readMission(document, id)?.status }
  }

  return {
    here, member, viewer, staff, analyst: staff.id, worker, row, openBoard,

    async mission({ status = 'backlog', autoRun = false, assigneeId = staff.id }: { status?: Status; autoRun?: boolean; assigneeId?: ActorId | null } = {}): Promise<MissionId> {
      const id = `desk${ids++}` as MissionId
      const client = await openBoard()
      createMission(client.document, { id, title: 'Compare prices', status, autoRun, assigneeId }, member.id, 1)
      await client.acknowledged()
      return id
    },
    start,
    async started(id: MissionId): Promise<RunId> {
      const answer = await start(id)
      expect(answer.status, answer.text).toBe(201)
      return answer.body.run.id
    },
    async claimed(wait = 2): Promise<Claim> {
      const claim = await worker().claim(wait)
      expect(claim, 'a run to claim').not.toBeNull()
      return claim!
    },
    lease: ({ token, staffId }: Claim): Somebody => ({ id: staffId, token }),
    card,
    cardUntil: (id: MissionId, what: string, holds: (shown: Awaited<ReturnType<typeof card>>) => boolean) => eventually(what, async () => holds(await card(id))),
    answer: (ask: Pick<Ask, 'id'>, given: Record<string, unknown>, somebody: Somebody = member) =>
      here.api<{ ask: Ask; error: { code: string; message: string } }>(somebody, 'POST', `/asks/${ask.id}/answer`, given),
    /** A run that a test left would be taken by the next one. */
    async clear() {
      for (const { id } of await here.db.selectFrom('runs').select('id').where('state', 'in', ['queued', 'running', 'waiting']).execute()) await here.api(member, 'POST', `/runs/${id}/cancel`)
      board = null
      here.leave()
    },
    staffMember: (changes: Record<string, unknown>, id: ActorId = staff.id) => here.db.updateTable('staff').set(changes).where('id', '=', id).execute(),
  }
}
