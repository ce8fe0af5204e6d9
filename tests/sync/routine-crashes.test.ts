import { spawn } from 'node:child_process'
import { createHmac } from 'node:crypto'
import { once } from 'node:events'
import { CronExpressionParser } from 'cron-parser'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readMission, readMissions } from '#lib/board/board-document.ts'
import { createMission, createMissions, moveMission } from '#lib/board/edits.ts'
import type { MissionId, RoutineId } from '#lib/board/ids.ts'
import type { Routine } from '#lib/routines/routine.ts'
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
  for (const reached of [1, 12]) {
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

test('[ROUTINE3] what happens as the server is killed sets its routines off once, whether or not it was written down before', async () => {
  const analyst = await here.token('staff', 'Watcher')
  const made = async (name: string, trigger: unknown) => {
    const answer = await here.api<{ routine: Routine }>(member, 'POST', `/workspaces/${here.workspaceId}/routines`, { name, instructions: 'Look at it.', staffId: analyst.id, trigger })
    expect(answer.status, answer.text).toBe(201)
    return answer.body.routine
  }
  const moved = await made('Moved', { kind: 'column', status: 'done', projectId: null })
  const arrived = await made('Arrived', { kind: 'file', projectId: null, ending: 'csv' })
  const called = await made('Called', { kind: 'webhook' })
  const { secret } = (await here.api<{ secret: string }>(here.owner, 'POST', `/routines/${called.id}/secret`, { for: 'incoming' })).body
  async function call(body: string): Promise<number> {
    const timestamp = String(Math.floor(Date.now() / 1000))
    const signature = `v1=${createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex')}`
    return (await fetch(`${here.server.url}/api/v1/hooks/${called.hook!.id}`, { method: 'POST', body, headers: { 'x-missions-timestamp': timestamp, 'x-missions-signature': signature } })).status
  }
  const firings = async ({ id }: Routine) => await here.db.selectFrom('routine_firings').select(['id', 'key', 'about', 'state']).where('routine_id', '=', id).orderBy('created_at').execute()
  const ids = ['k0', 'k1'] as MissionId[]
  const board = here.connect(member, here.board)
  await board.synced()
  createMissions(board.document, ids.map((id) => ({ id, title: id })), member.id, 1)
  await board.acknowledged()
  for (const [round, id] of ids.entries()) {
    await board.synced()
    moveMission(board.document, id, 'done', 0)
    const [, file, hook] = await Promise.all([board.acknowledged(), here.api(member, 'POST', `/missions/${id}/files?name=${id}.csv`, 'a,b\n1,2'), call(`{"n":${round}}`)])
    expect([file.status, hook]).toEqual([201, 202])
    await here.server.kill()
    // As if it had died a moment before these were written down; the others were.
    if (round > 0) await here.db.deleteFrom('routine_firings').where('routine_id', 'in', [moved.id, arrived.id]).where('about', '=', id).execute()
    await here.server.restart()
    await eventually('both', async () => [await firings(moved), await firings(arrived)].every((all) => all.some(({ about }) => about === id)), 20_000)
  }
  await here.server.kill()
  await here.server.restart()
  await board.synced()
  createMission(board.document, { id: 'last' as MissionId, title: 'Last', status: 'done' }, member.id, 1)
  await eventually('the last', async () => (await firings(moved)).some(({ about }) => about === 'last'), 20_000)
  expect((await firings(moved)).map(({ about }) => about).sort()).toEqual([...ids, 'last'])
  expect((await firings(arrived)).map(({ about }) => about).sort()).toEqual(ids)
  expect(await firings(called)).toHaveLength(ids.length)
})

test('[ORDER1] what waits for a mission that came to its end just before the server was killed is moved on after the next start, and only once', async () => {
  const analyst = await here.token('staff', 'Follower')
  const board = here.connect(member, here.board)
  await board.synced()
  const [first, second] = ['first', 'second'] as MissionId[] as [MissionId, MissionId]
  createMissions(board.document, [{ id: first, title: 'First' }, { id: second, title: 'Second', assigneeId: analyst.id, autoRun: true, blockedBy: [first] }], member.id, 1)
  await board.acknowledged()
  await eventually('both are known', async () => await here.db.selectFrom('missions').select('id').where('id', '=', second).executeTakeFirst() !== undefined)
  moveMission(board.document, first, 'done', 0)
  await board.acknowledged()
  await here.server.kill()
  await here.server.restart()
  await eventually('moved on', () => readMission(board.document, second)?.status === 'in_progress', 20_000)
  // Whoever moves it back has it there, over a start as well.
  moveMission(board.document, second, 'backlog', 0)
  await board.acknowledged()
  await here.server.kill()
  await here.server.restart()
  const hasFollowed = await here.api(member, 'GET', `/workspaces/${here.workspaceId}/routines`)
  expect(hasFollowed.status).toBe(200)
  await board.synced()
  expect(readMission(board.document, second)?.status).toBe('backlog')
})
