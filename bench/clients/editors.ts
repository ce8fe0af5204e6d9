import { setTimeout as pause } from 'node:timers/promises'
import * as Y from 'yjs'
import { createMission, moveMission, renameMission } from '#lib/board/edits.ts'
import type { ActorId, MissionId } from '#lib/board/ids.ts'
import { statuses } from '#lib/board/mission.ts'
import { connect, type Client } from '../../tests/support/client.ts'
import { seeded } from '../seeded.ts'
import { play } from './player.ts'

// People who edit the board, and see each other's edits. An edit is known by its Yjs client and clock, so that each is
// found at every other editor, whatever became of the value.

const editors: Client[] = []
const missions: MissionId[] = []
/** When the edit that ends at this clock of this client began; in the order of the clocks. */
const begun = new Map<number, { clock: number; at: number }[]>()
let propagation: number[] = []
let awaited = 0

const clockOf = ({ document }: Client) => Y.getState(document.store, document.clientID)

export const calls = play({
  async connect({ wsUrl, name, token, count }: { wsUrl: string; name: string; token: string; count: number }) {
    const joined = Array.from({ length: count }, () => connect(wsUrl, name, { token }))
    await Promise.all(joined.map((client) => client.synced(30_000)))
    joined.forEach(watch)
    editors.push(...joined)
  },
  fill,
  edit,
})

function watch(editor: Client) {
  editor.document.on('afterTransaction', (transaction) => {
    if (transaction.local) return
    const now = performance.now()
    for (const [client, after] of transaction.afterState) {
      const before = transaction.beforeState.get(client) ?? 0
      if (after === before) continue
      for (const { clock, at } of begun.get(client) ?? []) {
        if (clock <= before || clock > after) continue
        propagation.push(now - at)
        awaited -= 1
      }
    }
  })
}

async function fill({ missions: count, by }: { missions: number; by: string }) {
  const [first] = editors
  if (!first) throw new Error('Nobody is connected')
  const random = seeded(1)
  for (let number = 0; number < count; number += 1) {
    const id = Array.from({ length: 21 }, () => 'abcdefghijklmnopqrstuvwxyz0123456789'[Math.floor(random() * 36)]).join('') as MissionId
    missions.push(id)
    createMission(first.document, { id, title: `Mission ${number} of many`, status: statuses[number % 4] }, by as ActorId, 1_700_000_000_000 + number)
    if (number % 20 === 19) await first.acknowledged(30_000)
  }
  await first.acknowledged(30_000)
}

/** Edits at `perSecond` by the editors in turn, drawn with `seed`. */
async function edit({ edits, perSecond, seed }: { edits: number; perSecond: number; seed: number }) {
  const random = seeded(seed)
  const acknowledged: number[] = []
  propagation = []
  awaited = 0
  begun.clear()
  for (const { document } of editors) begun.set(document.clientID, [])
  const start = performance.now()
  for (let number = 0; number < edits; number += 1) {
    // Edits come at even times however long the last one took; what is late is not waited for.
    await pause(Math.max(0, start + (number * 1000) / perSecond - performance.now()))
    const editor = editors[Math.floor(random() * editors.length)]
    const mission = missions[Math.floor(random() * missions.length)]
    if (!editor || !mission) throw new Error('There is nobody, or nothing to edit')
    const before = clockOf(editor)
    const at = performance.now()
    const idle = editor.provider.unsyncedChanges === 0
    if (random() < 0.7) renameMission(editor.document, mission, `Renamed ${number} by chance ${Math.floor(random() * 1e6)}`)
    else moveMission(editor.document, mission, statuses[Math.floor(random() * 4)] ?? 'done', Math.floor(random() * 20))
    const clock = clockOf(editor)
    if (clock === before) continue
    begun.get(editor.document.clientID)?.push({ clock, at })
    awaited += editors.length - 1
    if (idle) void editor.acknowledged().then(() => acknowledged.push(performance.now() - at), () => {})
  }
  for (let waits = 0; awaited > 0 && waits < 100; waits += 1) await pause(50)
  return { propagation, acknowledged, missing: awaited }
}
