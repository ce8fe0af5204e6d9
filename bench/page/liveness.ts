import type { Page } from '@playwright/test'
import { archiveMission, createMission } from '#lib/board/edits.ts'
import { readMissions } from '#lib/board/board-document.ts'
import type { ActorId, MissionId } from '#lib/board/ids.ts'
import { median, percentile, type Figure } from '../figures.ts'
import { beginCreate, beginRename, lastKey, noteKeys, press, seen, takeCard } from './hands.ts'
import type { SampleBoard } from './sample-board.ts'

// From the key that one person presses to the frame in which the other's screen shows it.

const times = 30

export async function liveness(sample: SampleBoard, tell: (line: string) => void): Promise<Figure[]> {
  const [ada, ben] = [await sample.open(0), await sample.open(1)]
  await Promise.all([ada, ben].map(noteKeys))
  const id = 'moved-by-hand' as MissionId
  createMission(sample.stage.document, { id, title: 'Moved by hand' }, sample.stage.actorId as ActorId, Date.now())
  await Promise.all([ada, ben].map((page) => seen(page, { id })))

  const creates = await repeat(async (number) => {
    const title = `Created by hand, ${number}`
    await beginCreate(ada, title)
    const took = await timed(ada, ben, 'Enter', { title })
    // Archived, so that the column does not outgrow the screen and leave the next one unrendered.
    const made = readMissions(sample.stage.document).find((mission) => mission.title === title)
    if (made) archiveMission(sample.stage.document, made.id, Date.now())
    return took
  })
  await press(ada, 'Escape')
  const edits = await repeat(async (number) => {
    const title = `Renamed by hand, ${number}`
    await beginRename(ada, id, title)
    return timed(ada, ben, 'Enter', { id, title })
  })
  const moves = await repeat(async (number) => {
    await takeCard(ada, id)
    return number % 2 === 0
      ? timed(ada, ben, ']', { id, column: 'in_progress' })
      : timed(ada, ben, '[', { id, column: 'backlog' })
  })
  archiveMission(sample.stage.document, id, Date.now())
  await Promise.all([ada, ben].map((page) => page.context().close()))

  return [['create', creates], ['edit', edits], ['move', moves]].map(([what, took]) => {
    const samples = took as number[]
    tell(`${what}: p50 ${median(samples).toFixed(0)} ms, p99 ${percentile(samples, 0.99).toFixed(0)} ms`)
    return {
      name: `a ${what} seen in a second browser, p50`, unit: 'ms', measured: median(samples),
      spread: [Math.min(...samples), Math.max(...samples)], atMost: 150, note: `${samples.length} times`,
    } satisfies Figure
  })
}

async function timed(from: Page, to: Page, key: string, sight: Parameters<typeof seen>[1]) {
  const watched = seen(to, sight)
  await press(from, key)
  const at = await watched
  return at === null ? Infinity : at - await lastKey(from)
}

async function repeat(once: (number: number) => Promise<number>) {
  const took: number[] = []
  for (let number = 0; number < times; number += 1) took.push(await once(number))
  return took
}
