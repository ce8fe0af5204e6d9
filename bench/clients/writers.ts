import { setTimeout as pause } from 'node:timers/promises'
import { createMission, moveMission, renameMission } from '#lib/board/edits.ts'
import type { ActorId, MissionId } from '#lib/board/ids.ts'
import { statuses } from '#lib/board/mission.ts'
import { seeded } from '../seeded.ts'
import { participate, type Participant } from './participant.ts'
import { play } from './player.ts'

// People who edit missions of their own on one board, each on a socket of their own.

type Writer = { at: Participant; missions: MissionId[] }
const writers: Writer[] = []
const missionsEach = 10

function edit({ at, missions }: Writer, random: () => number, number: number): Promise<number | null> {
  const mission = missions[Math.floor(random() * missions.length)]!
  const rename = random() < 0.7
  return at.write((board) => {
    if (rename) renameMission(board, mission, `Renamed ${number} by chance ${Math.floor(random() * 1e6)}`)
    else moveMission(board, mission, statuses[number % 4]!, Math.floor(random() * 20))
    // A card that stays in its place is no edit.
    if (!rename) renameMission(board, mission, `Moved ${number}`)
  })
}

export const calls = play({
  async join({ wsUrl, name, token, count, by }: { wsUrl: string; name: string; token: string; count: number; by: string }) {
    for (let number = 0; number < count; number += 1) {
      const at = await participate({ wsUrl, name, token })
      const missions = Array.from({ length: missionsEach }, (_, index) => `writer${writers.length}-mission${index}` as MissionId)
      for (const id of missions) await at.write((board) => createMission(board, { id, title: `One of ${id}` }, by as ActorId, 1_700_000_000_000))
      writers.push({ at, missions })
    }
  },
  /** Edits that come by chance, `perSecond` on average, whatever becomes of those before; ms until each was acknowledged. */
  async write({ perSecond, seconds, seed }: { perSecond: number; seconds: number; seed: number }) {
    const random = seeded(seed)
    const acknowledged: number[] = []
    let sent = 0
    const start = performance.now()
    for (let due = start; due < start + seconds * 1000; due += (-Math.log(1 - random()) * 1000) / perSecond) {
      const early = due - performance.now()
      if (early > 0) await pause(early)
      const writer = writers[Math.floor(random() * writers.length)]!
      sent += 1
      void edit(writer, random, sent).then((ms) => { if (ms !== null) acknowledged.push(ms) })
    }
    for (let waits = 0; acknowledged.length < sent && waits < 100; waits += 1) await pause(50)
    return { acknowledged, missing: sent - acknowledged.length }
  },
})
