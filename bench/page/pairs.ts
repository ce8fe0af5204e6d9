import { setTimeout as pause } from 'node:timers/promises'
import { archiveMission, createMission } from '#lib/board/edits.ts'
import type { ActorId, MissionId } from '#lib/board/ids.ts'
import type { Figure } from '../figures.ts'
import { seeded } from '../seeded.ts'
import { beginRename, press, seen, takeCard } from './hands.ts'
import type { SampleBoard } from './sample-board.ts'

// Two people edit the same card 0 to 3,000 ms apart: one renames it, the other moves it. Both edits have to show on both
// screens, whichever came first and however close. Several such couples work at once, on cards of their own.

const pairsInAll = 200
const couples = 4
const longestGapMs = 3_000
const seed = 20_261

export async function pairs(sample: SampleBoard, tell: (line: string) => void): Promise<Figure[]> {
  const lost = (await Promise.all(Array.from({ length: couples }, (_, couple) => work(sample, couple)))).flat()
  tell(`${pairsInAll} pairs, seed ${seed}${lost.length > 0 ? `; lost: ${lost.join('; ')}` : ''}`)
  return [{ name: `edits lost, of ${pairsInAll} pairs 0 to ${longestGapMs} ms apart`, unit: 'count', measured: lost.length, atMost: 0 }]
}

async function work(sample: SampleBoard, couple: number): Promise<string[]> {
  const [ada, ben] = [await sample.open(0), await sample.open(1)]
  const random = seeded(seed + couple)
  const id = `edited-by-two-${couple}` as MissionId
  createMission(sample.stage.document, { id, title: 'Edited by two' }, sample.stage.actorId as ActorId, Date.now())
  await Promise.all([ada, ben].map((page) => seen(page, { id })))
  const lost: string[] = []
  for (let number = 0; number < pairsInAll / couples; number += 1) {
    const gap = Math.round(random() * longestGapMs)
    const title = `Couple ${couple}, pair ${number}`
    const [key, column] = number % 2 === 0 ? [']', 'in_progress'] : ['[', 'backlog']
    const renameFirst = random() < 0.5
    await Promise.all([beginRename(ada, id, title), takeCard(ben, id)])
    const rename = () => press(ada, 'Enter')
    const move = () => press(ben, key)
    const [first, second] = renameFirst ? [rename, move] : [move, rename]
    // Begun without waiting for it: a gap of nothing is two keys at once.
    const begun = first()
    await pause(gap)
    await Promise.all([begun, second()])
    const shown = await Promise.all([ada, ben].map((page) => seen(page, { id, title, column })))
    if (shown.includes(null)) lost.push(`pair ${number} of couple ${couple}, ${gap} ms apart`)
  }
  archiveMission(sample.stage.document, id, Date.now())
  await Promise.all([ada, ben].map((page) => page.context().close()))
  return lost
}
