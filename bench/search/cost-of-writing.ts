import { setTimeout as pause } from 'node:timers/promises'
import { addComment } from '#lib/board/comments.ts'
import type { ActorId, CommentId, MissionId, WorkspaceId } from '#lib/board/ids.ts'
import { missionDocument } from '#lib/sync/document-names.ts'
import { connect, type Client } from '../../tests/support/client.ts'
import type { RunningServer } from '../../tests/support/server.ts'
import { median } from '../figures.ts'
import { inTurns } from '../part.ts'
import { processorTime } from '../process-cost.ts'
import { vocabulary } from './seed-workspace.ts'

export type Place = { server: RunningServer; workspaceId: WorkspaceId; token: string; actor: ActorId }
type Side = 'on' | 'off'
type Block = { times: number[]; processor: number }

const sides = ['on', 'off'] as const
const [writers, writesOfEach, blocksOfRound] = [6, 60, 5]
/** As long as the index needs to follow: what is left over must not be somebody else's cost. */
const followMs = 800

/** A few people each write some comments, the next when the one before is on disk. Each one's time, and the processor time of the server until all of it is indexed, in ms. */
async function block(place: Place, clients: readonly Client[], name: string): Promise<Block> {
  const { some } = vocabulary(7)
  const times: number[] = []
  const before = processorTime(place.server.pid)
  await Promise.all(clients.map(async (client, writer) => {
    for (let n = 0; n < writesOfEach; n++) {
      const body = Array.from({ length: 12 }, some).join(' ')
      const began = performance.now()
      addComment(client.document, { id: `w${name}-${writer}-${n}` as CommentId, by: place.actor, body }, Date.now())
      await client.acknowledged()
      times.push(performance.now() - began)
    }
  }))
  await pause(followMs)
  return { times, processor: processorTime(place.server.pid) - before }
}

/**
 * What a write takes on a server that keeps an index and on one that does not: many short blocks by turns, so that whatever else the machine does hits
 * both; of each round the median of all writes, and the median block's processor time by its writes.
 */
export async function costOfWriting(places: Record<Side, Place>, rounds: number): Promise<{ time: Record<Side, number>; processor: Record<Side, number> }[]> {
  const clients = Object.fromEntries(sides.map((side) => [side, Array.from({ length: writers }, (_, n) => connect(places[side].server.wsUrl, missionDocument(`m${10 + n}` as MissionId), { token: places[side].token }))])) as Record<Side, Client[]>
  const all = [...clients.on, ...clients.off]
  await Promise.all(all.map((client) => client.synced()))
  const measure = async (round: number) => await inTurns({ rounds: blocksOfRound, sides, measure: (side, number) => block(places[side], clients[side], `${round}-${number}`) })
  // For both to warm up.
  await measure(0)
  const measured = []
  for (let round = 1; round <= rounds; round++) {
    const blocks = await measure(round)
    const of = (count: (block: Block[]) => number): Record<Side, number> => ({ on: count(blocks.map(({ on }) => on)), off: count(blocks.map(({ off }) => off)) })
    measured.push({ time: of((those) => median(those.flatMap(({ times }) => times))), processor: of((those) => median(those.map(({ processor }) => processor)) / (writers * writesOfEach)) })
  }
  for (const client of all) client.end()
  return measured
}
