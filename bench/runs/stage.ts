import { createMission } from '#lib/board/edits.ts'
import type { ActorId, MissionId, RunId } from '#lib/board/ids.ts'
import { boardDocument, missionDocument, runDocument } from '#lib/sync/document-names.ts'
import { newId } from '../../server/new-id.ts'
import { connect } from '../../tests/support/client.ts'
import { createToken } from '../../tests/support/workspace.ts'
import { player, type Player } from '../clients/player.ts'
import type { calls as RunWorker } from '../clients/run-worker.ts'
import { ours, type Target } from '../peers/target.ts'

/** A run that a worker of ours holds. */
export type HeldRun = { runId: RunId; missionId: MissionId; worker: Player<typeof RunWorker> }

export type RunStage = {
  target: Target
  url: string
  /** Of a member, who reads along. */
  token: string
  /** Starts a run of a new mission, and has a worker take it up. */
  hold(title: string): Promise<HeldRun>
  /** The documents that somebody who watches a run has open. */
  watched(run: HeldRun): string[]
  end(): Promise<void>
}

/** A server whose runs are done by processes of their own. */
export async function runStage(env: Record<string, string> = {}): Promise<RunStage> {
  const target = await ours({ WORKER: 'off', RUN_LEASE_SECONDS: '120', ...env })
  const url = target.wsUrl.replace(/^ws(.*)\/sync$/, 'http$1')
  const staff = await createToken(target.folder, target.workspaceId, 'staff', 'Scout')
  const workers: Player<typeof RunWorker>[] = []
  const board = connect(target.wsUrl, target.document, { token: target.token })
  await board.synced()

  async function hold(title: string): Promise<HeldRun> {
    const missionId = newId<MissionId>()
    createMission(board.document, { id: missionId, title, assigneeId: staff.actorId as ActorId }, target.actor, Date.now())
    await board.acknowledged()
    const response = await fetch(`${url}/api/v1/missions/${missionId}/runs`, { method: 'POST', headers: { authorization: `Bearer ${target.token}` } })
    if (!response.ok) throw new Error(`The run did not start: ${response.status} ${await response.text()}`)
    const worker = player<typeof RunWorker>('./run-worker.ts')
    workers.push(worker)
    const runId = await worker.ask('claim', { url, token: staff.token })
    return { runId, missionId, worker }
  }

  return {
    target, url, token: target.token, hold,
    watched: ({ runId, missionId }) => [boardDocument(target.workspaceId), missionDocument(missionId), runDocument(runId)],
    async end() {
      for (const worker of workers) worker.end()
      board.end()
      await target.end()
    },
  }
}
