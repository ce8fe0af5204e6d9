import { expect, test } from 'vitest'
import type { ActorId } from '#lib/board/ids.ts'
import { watchPauses } from './pauses.ts'

const minute = 60_000
const [ann, ben] = ['ann', 'ben'] as ActorId[]

test('a text is due two minutes after the last word, once, with who wrote it', () => {
  let now = 0
  const pauses = watchPauses(() => now)
  pauses.wrote('mission/a', ann!)
  now = minute
  pauses.wrote('mission/a', ben!)
  pauses.wrote('mission/a', null)
  now = 2.5 * minute
  expect(pauses.due()).toEqual([])
  now = 3 * minute
  expect(pauses.due()).toEqual([{ document: 'mission/a', by: ben }])
  expect(pauses.due()).toEqual([])
})

test('who never pauses is due after twenty minutes', () => {
  let now = 0
  const pauses = watchPauses(() => now)
  const due: number[] = []
  for (; now <= 45 * minute; now += minute / 2) {
    pauses.wrote('doc/a', ann!)
    if (pauses.due().length > 0) due.push(now / minute)
  }
  expect(due).toEqual([20, 40.5])
})
