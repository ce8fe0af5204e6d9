import { CronExpressionParser } from 'cron-parser'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { RoutineId, WorkspaceId } from '#lib/board/ids.ts'
import { temporaryAuth, workspaceOfAnn, type TestAuth } from '../../tests/support/auth.ts'
import { addRoutine, addStaff, routinesByClock } from '../../tests/support/routines.ts'

let here: TestAuth
let workspaceId: WorkspaceId
beforeEach(async () => {
  here = await temporaryAuth()
  workspaceId = (await workspaceOfAnn(here.auth)).workspaceId
  await addStaff(here.store.db, workspaceId)
})
afterEach(() => here.end())

const at = (text: string) => Date.parse(text)
const [minute, hour, day] = [60_000, 3_600_000, 86_400_000]
const daily = (cron: string, zone = 'UTC') => ({ kind: 'schedule' as const, cron, zone })
const told = (firings: { due_at: number; cause: string; state: string; count: number }[]) =>
  firings.map(({ due_at, cause, state, count }) => `${new Date(due_at).toISOString().slice(0, 16)} ${cause} ${state}${count > 1 ? ` ×${count}` : ''}`)

describe('[ROUTINE1] two years in three time zones', () => {
  const zones = ['Europe/Lisbon', 'America/New_York', 'Australia/Lord_Howe']
  // What becomes of the hours that daylight saving skips or doubles is tested beside the schedule.
  const schedules = ['30 8 * * 1-5', '0 9 1,15 * *', '45 5 * * SUN', '0 12 L * *', '15 23 * 2,7 2']

  test('every time comes exactly once, as an independent library says', async () => {
    const [from, to] = [at('2026-01-01T00:00:00Z'), at('2028-01-01T00:00:00Z')]
    const { db } = here.store
    here.clock.now = from
    for (const zone of zones) for (const cron of schedules) await addRoutine(db, workspaceId, `${zone} ${cron}`, daily(cron, zone), from)
    const routines = routinesByClock(db, here.clock)
    for (let next = await routines.nextDue(); next !== null && next < to; next = await routines.nextDue()) {
      // Somewhat late, as a timer is.
      here.clock.now = next + 400
      await routines.look()
    }
    for (const zone of zones) {
      for (const cron of schedules) {
        const right: number[] = []
        const other = CronExpressionParser.parse(cron, { tz: zone, currentDate: new Date(from) })
        for (let time = other.next().getTime(); time < to; time = other.next().getTime()) right.push(time)
        expect(right.length).toBeGreaterThan(15)
        const firings = await routines.firings(`${zone} ${cron}`)
        expect(firings.map(({ due_at }) => due_at), `${cron} in ${zone}`).toEqual(right)
        expect(new Set(firings.map(({ state, cause }) => `${cause} ${state}`)), cron).toEqual(new Set(['schedule succeeded']))
      }
    }
  }, 60_000)
})

describe('[ROUTINE2] times that nobody was there for', () => {
  const ran = async (missed: 'once' | 'skip' | 'all', downtime: number, cron = '0 9 * * *') => {
    const start = at('2026-05-04T08:00:00Z')
    here.clock.now = start
    await addRoutine(here.store.db, workspaceId, missed, daily(cron), start, { missed })
    const routines = routinesByClock(here.store.db, here.clock)
    here.clock.now = start + downtime
    await routines.look()
    // Those that are made up for come one after the other.
    for (let n = 0; n < 25; n++) await routines.look()
    return { firings: told(await routines.firings()), next: new Date((await routines.routine(missed)).next_at!).toISOString() }
  }

  test('one run makes up for all of them', async () => {
    expect(await ran('once', 4 * day)).toEqual({ firings: ['2026-05-06T09:00 missed skipped ×3', '2026-05-07T09:00 missed succeeded'], next: '2026-05-08T09:00:00.000Z' })
  })
  test('or they are left out, which the history says', async () => {
    expect(await ran('skip', 4 * day)).toEqual({ firings: ['2026-05-07T09:00 missed skipped ×4'], next: '2026-05-08T09:00:00.000Z' })
  })
  test('or all run, one after the other; of very many the newest', async () => {
    expect((await ran('all', 3 * day)).firings).toEqual(['2026-05-04T09:00 missed succeeded', '2026-05-05T09:00 missed succeeded', '2026-05-06T09:00 missed succeeded'])
    await here.store.db.deleteFrom('routine_firings').execute()
    await here.store.db.deleteFrom('routines').execute()
    const { firings } = await ran('all', 60 * day, '* * * * *')
    expect(firings).toHaveLength(21)
    expect(firings[0]).toMatch(/missed skipped ×86[34]\d\d$/)
    expect(firings.slice(1).every((each) => each.endsWith('missed succeeded') || each.endsWith('schedule succeeded'))).toBe(true)
  })
  test('what is a moment late is not missed', async () => {
    expect((await ran('skip', hour + minute)).firings).toEqual(['2026-05-04T09:00 schedule succeeded'])
  })
})

describe('[ROUTINE3] nothing is done twice', () => {
  test('a clock that is set back takes no time again, and passes over none that comes', async () => {
    const start = at('2026-05-04T08:00:00Z')
    here.clock.now = start
    await addRoutine(here.store.db, workspaceId, 'hourly', daily('0 * * * *'), start, { missed: 'skip' })
    const routines = routinesByClock(here.store.db, here.clock)
    for (const hours of [1, 2, 3]) {
      here.clock.now = start + hours * hour
      await routines.look()
    }
    // A day ahead by mistake, and right again two hours before.
    here.clock.now = start + 27 * hour
    await routines.look()
    for (const hours of [1.5, 2, 3, 4, 5]) {
      here.clock.now = start + hours * hour
      await routines.look()
    }
    expect(told(await routines.firings()).filter((each) => each.endsWith('succeeded'))).toEqual(['09:00', '10:00', '11:00', '12:00', '13:00'].map((time) => `2026-05-04T${time} schedule succeeded`).concat('2026-05-05T11:00 schedule succeeded'))
  })

  test('a time that comes while the one before is at work is left out, and said', async () => {
    const start = at('2026-05-04T08:00:00Z')
    here.clock.now = start
    await addRoutine(here.store.db, workspaceId, 'slow', daily('0 * * * *'), start)
    const routines = routinesByClock(here.store.db, here.clock, { outcome: () => null })
    for (const hours of [1, 2]) {
      here.clock.now = start + hours * hour
      await routines.look()
    }
    const [first, second] = await routines.firings()
    expect([first, second]).toMatchObject([{ state: 'running' }, { state: 'skipped', reason: 'The one before was still at work.' }])
    await routines.endRun(first!.mission_id)
    here.clock.now = start + 3 * hour
    await routines.look()
    expect((await routines.firings()).map(({ state }) => state)).toEqual(['succeeded', 'skipped', 'running'])
  })

  test('500 that are due in one minute begin once each', async () => {
    const start = at('2026-05-04T08:00:00Z')
    here.clock.now = start
    for (let n = 0; n < 500; n++) await addRoutine(here.store.db, workspaceId, `many${n}`, daily('0 9 * * *'), start)
    const made: string[] = []
    const routines = routinesByClock(here.store.db, here.clock, { made: ({ id }) => void made.push(id) })
    here.clock.now = start + hour
    await Promise.all([routines.look(), routines.look()])
    await routines.look()
    expect(new Set(made).size).toBe(500)
    expect(made).toHaveLength(500)
    expect((await routines.firings()).filter(({ state }) => state === 'succeeded')).toHaveLength(500)
  })

  test('a spread begins it later, always as much, and takes no time twice', async () => {
    const start = at('2026-05-04T08:00:00Z')
    here.clock.now = start
    const rows = await Promise.all(Array.from({ length: 20 }, (_, n) => addRoutine(here.store.db, workspaceId, `spread${n}`, daily('0 9 * * *'), start, { jitter_minutes: 30 })))
    const delays = rows.map(({ next_at, fire_at }) => fire_at! - next_at!)
    expect(new Set(delays).size).toBeGreaterThan(15)
    expect(Math.min(...delays)).toBeGreaterThanOrEqual(0)
    expect(Math.max(...delays)).toBeLessThan(30 * minute)
    const routines = routinesByClock(here.store.db, here.clock)
    for (let time = start; time < start + 26 * hour; time += minute) {
      here.clock.now = time
      if ((await routines.nextDue() ?? Infinity) <= time) await routines.look()
    }
    expect((await routines.firings()).map(({ due_at, cause }) => `${new Date(due_at).toISOString()} ${cause}`).filter((each) => each !== '2026-05-04T09:00:00.000Z schedule' && each !== '2026-05-05T09:00:00.000Z schedule')).toEqual([])
    expect((await routines.firings('spread0')).length).toBe(2)
  })
})

test('[ROUTINE4] a routine that fails so often in a row ends by itself; a success in between counts anew', async () => {
  const start = at('2026-05-04T08:00:00Z')
  here.clock.now = start
  await addRoutine(here.store.db, workspaceId, 'poor', daily('0 * * * *'), start, { end_after: 2 })
  const outcomes = ['failed', 'succeeded', 'failed', 'failed', 'succeeded'] as const
  let n = 0
  const routines = routinesByClock(here.store.db, here.clock, { outcome: () => outcomes[n++] ?? 'succeeded' })
  for (let hours = 1; hours <= 6; hours++) {
    here.clock.now = start + hours * hour
    await routines.look()
  }
  expect((await routines.firings()).map(({ state }) => state)).toEqual(['failed', 'succeeded', 'failed', 'failed'])
  expect(await routines.routine('poor')).toMatchObject({ enabled: 0, ended_at: start + 4 * hour, ended_why: 'It failed 2 times in a row, the last time with: The model said no.', next_at: null })
  expect(routines.ended).toEqual(['poor' as RoutineId])
})
