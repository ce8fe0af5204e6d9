import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { CronExpressionParser } from 'cron-parser'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readMissions } from '#lib/board/board-document.ts'
import type { RoutineId } from '#lib/board/ids.ts'
import { temporaryAuth, workspaceOfAnn } from '../support/auth.ts'
import { eventually, harbour, type Harbour, type Somebody } from '../support/harbour.ts'
import { randomFrom, seedOf } from '../support/random.ts'
import { addRoutine, addStaff, routinesByClock } from '../support/routines.ts'
import { bareEnvironment } from '../support/server.ts'

const minute = 60_000
const seed = seedOf('ROUTINES_SEED')
const random = randomFrom(seed)

test(`[ROUTINE3] killed at random, no due time comes twice or is lost (ROUTINES_SEED=${seed})`, async () => {
  const here = await temporaryAuth()
  try {
    const { workspaceId } = await workspaceOfAnn(here.auth)
    const { db } = here.store
    await addStaff(db, workspaceId)
    // With a change of the clocks in Lisbon; the other library goes astray over the one of Lord Howe, of half an hour.
    const from = Date.parse('2026-03-20T00:00:00Z')
    const to = from + 12 * 86_400_000
    const schedules = [['0 * * * *', 'UTC'], ['*/20 8-18 * * 1-5', 'America/New_York'], ['30 8 * * *', 'Europe/Lisbon'], ['15 3,15 * * *', 'Australia/Lord_Howe']] as const
    for (const [cron, zone] of schedules) await addRoutine(db, workspaceId, cron, { kind: 'schedule', cron, zone }, from, { missed: 'all' })
    let at = from
    let kills = 0
    while (at < to) {
      const child = spawn(process.execPath, ['tests/support/routine-child.ts', here.dataDir, String(at), String(to)], { env: bareEnvironment(), stdio: ['ignore', 'pipe', 'inherit'] })
      const ended = once(child, 'exit')
      // After so many steps, in the midst of whatever it is at: the moment is not the steps' but its own.
      let steps = 100 + random.below(500)
      for await (const said of child.stdout) {
        const moments = String(said).trim().split('\n').map(Number)
        at = Math.max(at, ...moments.filter(Number.isFinite))
        steps -= moments.length
        if (steps < 0) setTimeout(() => child.kill('SIGKILL'), random.next() * 4)
      }
      const [code] = await ended
      if (code === 0) break
      kills += 1
    }
    here.clock.now = to
    const routines = routinesByClock(db, here.clock)
    for (let n = 0; n < 5; n++) await routines.look()
    expect(kills).toBeGreaterThan(2)
    for (const [cron, zone] of schedules) {
      const right: number[] = []
      const other = CronExpressionParser.parse(cron, { tz: zone, currentDate: new Date(from) })
      for (let time = other.next().getTime(); time <= to; time = other.next().getTime()) right.push(time)
      const firings = await routines.firings(cron)
      expect(firings.map(({ due_at }) => due_at), cron).toEqual(right)
      expect(new Set(firings.map(({ state }) => state))).toEqual(new Set(['succeeded']))
      const ran = await db.selectFrom('runs').select('mission_id').where('mission_id', 'in', firings.map(({ mission_id }) => mission_id)).execute()
      expect(ran.map(({ mission_id }) => mission_id).sort()).toEqual(firings.map(({ mission_id }) => mission_id).sort())
    }
  } finally {
    await here.end()
  }
})

let here: Harbour
let member: Somebody
beforeAll(async () => {
  here = await harbour({ env: { WORKER: 'off', LOG_LEVEL: 'error' } })
  member = await here.member('member')
})
afterAll(() => here.end())

test('[ROUTINE3] a server that is killed while it makes missions makes each once', async () => {
  const analyst = await here.token('staff', 'Analyst')
  const many = 24
  const made = await Promise.all(Array.from({ length: many }, (_, n) => here.api<{ routine: { id: RoutineId } }>(member, 'POST', `/workspaces/${here.workspaceId}/routines`, {
    name: `Digest ${n}`, instructions: 'Sum it up.', staffId: analyst.id, trigger: { kind: 'schedule', cron: '0 9 * * *', zone: 'UTC' },
  })))
  expect(made.map(({ status }) => status)).toEqual(made.map(() => 201))
  // As if nine o'clock were now.
  const due = Math.floor(Date.now() / minute) * minute
  await here.db.updateTable('routines').set({ next_at: due, fire_at: due }).execute()
  const begun = async () => Number((await here.db.selectFrom('routine_firings').select((eb) => eb.fn.countAll<number>().as('n')).where('run_id', 'is not', null).executeTakeFirstOrThrow()).n)
  for (const reached of [1, 6, 12, 18]) {
    await eventually('some begun', async () => await begun() >= reached, 20_000)
    await here.server.kill()
    await here.server.restart()
  }
  await eventually('all begun', async () => await begun() === many, 20_000)
  const firings = await here.db.selectFrom('routine_firings').selectAll().execute()
  expect(firings.filter(({ due_at, state }) => due_at === due && state === 'running')).toHaveLength(many)
  const runs = await here.db.selectFrom('runs').select('mission_id').execute()
  expect(runs.map(({ mission_id }) => mission_id).sort()).toEqual(firings.map(({ mission_id }) => mission_id).sort())
  const board = here.connect(member, here.board)
  await board.synced()
  expect(readMissions(board.document).map(({ id }) => id).sort()).toEqual(firings.map(({ mission_id }) => mission_id).sort())
})
