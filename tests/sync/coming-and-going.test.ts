import { expect, test } from 'vitest'
import { missionsOf } from '#lib/board/board-document.ts'
import { createMission } from '#lib/board/edits.ts'
import type { MissionId } from '#lib/board/ids.ts'
import { harbour } from '../support/harbour.ts'
import { randomFrom, seedOf } from '../support/random.ts'

const seed = seedOf('COMING_SEED')

test(`a board that is loaded and left all the time loses nobody and nothing (COMING_SEED=${seed})`, async () => {
  const random = randomFrom(seed)
  const here = await harbour({ env: { WORKER: 'off', LOG_LEVEL: 'error' } })
  const made: string[] = []
  const lane = async (label: string) => {
    const somebody = await here.token('member', label)
    for (let n = 0; n < 40; n++) {
      const client = here.connect(somebody, here.board)
      await client.synced()
      const id = `${label}-${n}`
      createMission(client.document, { id: id as MissionId, title: id }, somebody.id, 1)
      await client.acknowledged()
      made.push(id)
      expect(client.closes()).toEqual([])
      client.end()
      if (random.chance(0.6)) await new Promise((resolve) => setTimeout(resolve, random.below(12)))
    }
  }
  await Promise.all(['a', 'b', 'c'].map(lane))
  const late = here.connect(here.owner, here.board)
  await late.synced()
  expect([...missionsOf(late.document).keys()].sort()).toEqual(made.sort())
  await here.end()
})
