import { expect, test } from 'vitest'
import { thin, type Aging } from './thin.ts'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour
const now = 400 * day

/** Versions of these ages, newest first, numbered so that the oldest is 1. */
const aged = (ages: number[]): Aging[] => ages.map((age, at) => ({ version: ages.length - at, at: now - age, kept: false }))

test('what is younger than two hours stays', () => {
  expect(thin(aged([1, 20, 40, 60, 80, 119].map((age) => age * minute)), now)).toEqual([])
})

test('of each hour of the last two days the newest stays, then of each day', () => {
  expect(thin(aged([0, 3 * hour + 10 * minute, 3 * hour + 20 * minute, 5 * hour]), now)).toEqual([2])
  expect(thin(aged([0, 5 * day + hour, 5 * day + 2 * hour, 7 * day]), now)).toEqual([2])
})

test('what was kept on purpose and the newest stay whatever their age', () => {
  const versions = aged([100 * day, 100 * day + 1, 100 * day + 2, 100 * day + 3]).map((version) => ({ ...version, kept: version.version === 2 }))
  expect(thin(versions, now)).toEqual([1])
})

test('the number of automatic versions is bounded, and the oldest go first', () => {
  const ages = Array.from({ length: 220 }, (_, n) => n * minute / 2)
  const gone = thin(aged(ages), now)
  expect(gone).toHaveLength(220 - 151)
  expect(Math.max(...gone)).toBe(220 - 151)
})

test('versions taken every few minutes for a year are bounded in number, and reach far back', () => {
  let kept: Aging[] = []
  for (let at = 0; at < 365 * day; at += 7 * minute) {
    kept = [{ version: at, at, kept: false }, ...kept]
    if (kept.length < 200) continue
    const gone = new Set(thin(kept, at))
    kept = kept.filter(({ version }) => !gone.has(version))
  }
  expect(kept.length).toBeLessThan(201)
  // The past is there to go back to.
  expect(kept.at(-1)!.at).toBeLessThan(320 * day)
})
