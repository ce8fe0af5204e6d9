import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { factsOf, missionsOf, readFacts, readMission } from '#lib/board/board-document.ts'
import { archiveMission, assignMission, createMission, moveMission, setAutoRun } from '#lib/board/edits.ts'
import type { ActorId, MissionId, RunId } from '#lib/board/ids.ts'
import type { Status } from '#lib/board/mission.ts'
import { readFiles, readRuns } from '#lib/board/mission-document.ts'
import { appendDraft, appendEntries, draftOf, readEntries, runStateOf } from '#lib/board/run-document.ts'
import { missionDocument, runDocument } from '#lib/sync/document-names.ts'
import type { Claim } from '../../server/runs/protocol.ts'
import { type Client } from '../support/client.ts'
import { eventually, harbour, type Harbour, type Somebody } from '../support/harbour.ts'
import { bareEnvironment } from '../support/server.ts'
import { scriptedWorker } from '../support/worker.ts'

const leaseMs = 2_000
let here: Harbour
let member: Somebody, staff: Somebody, viewer: Somebody
let analyst: ActorId
let board: Client
let ids = 0
const line = { at: 1, kind: 'step' } as const

beforeAll(async () => {
  here = await harbour({ env: { WORKER: 'off', LOG_LEVEL: 'error', RUN_LEASE_SECONDS: String(leaseMs / 1000) } })
  ;[member, viewer, staff] = await Promise.all([here.token('member'), here.token('viewer'), here.token('staff', 'Analyst')])
  analyst = staff.id
  // Several of its runs are looked at side by side here.
  await here.db.updateTable('staff').set({ concurrency: 20 }).where('id', '=', analyst).execute()
})
afterAll(() => here.end())
afterEach(async () => {
  // A run that a test left would be taken by the next one.
  for (const { id } of await here.db.selectFrom('runs').select('id').where('state', 'in', ['queued', 'running']).execute()) await here.api(member, 'POST', `/runs/${id}/cancel`)
  here.leave()
})

const worker = (name?: string, token = staff.token) => scriptedWorker(here.server.url, token, name)
const row = (id: RunId) => here.db.selectFrom('runs').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
const statusOf = (id: MissionId) => readMission(board.document, id)?.status

async function newMission({ status = 'backlog', autoRun = false, assigneeId = analyst as ActorId | null }: { status?: Status; autoRun?: boolean; assigneeId?: ActorId | null } = {}) {
  const id = `run-mission${ids++}` as MissionId
  board = here.connect(member, here.board)
  await board.synced()
  createMission(board.document, { id, title: 'Compare prices', status, autoRun, assigneeId }, member.id, 1)
  await board.acknowledged()
  return id
}
const run = (id: MissionId, somebody: Somebody = member, note = '') => here.api<{ run: { id: RunId }; error: { code: string; message: string } }>(somebody, 'POST', `/missions/${id}/runs`, { note })
async function started(id: MissionId): Promise<RunId> {
  const answer = await run(id)
  expect(answer.status, answer.text).toBe(201)
  return answer.body.run.id
}
async function claimed(wait = 1): Promise<Claim> {
  const claim = await worker().claim(wait)
  expect(claim, 'a run to claim').not.toBeNull()
  return claim!
}
const lease = ({ token }: Claim): Somebody => ({ id: analyst, token })
const open = async (somebody: Somebody, name: string) => {
  const client = here.connect(somebody, name)
  await client.synced()
  return client
}

describe('a run', () => {
  test('goes from a person’s word over a worker to a review', async () => {
    const id = await newMission()
    const runId = await started(id)
    await board.until('in progress', () => statusOf(id) === 'in_progress')
    const claim = await claimed()
    expect(claim).toMatchObject({ runId, missionId: id, workspaceId: here.workspaceId, staffId: analyst, attempt: 1, note: '', leaseMs, staff: { name: 'Analyst' } })

    const watcher = await open(here.owner, runDocument(runId))
    const record = await open(lease(claim), runDocument(runId))
    appendEntries(record.document, [{ ...line, seq: 0, text: 'Reading prices.csv' }])
    appendDraft(record.document, 'Prices rose.')
    await record.acknowledged()
    await watcher.until('in step', () => draftOf(watcher.document).toString() === 'Prices rose.' && readEntries(watcher.document).length === 1)
    await board.until('showing the latest line', () => readFacts(board.document, id).run?.line === 'Reading prices.csv')

    const holder = worker().holding(claim)
    expect(await holder.artifact('digest.md', '# Digest')).toBe(201)
    expect(await holder.manifest([{ kind: 'mission' }])).toBe(200)
    expect(await holder.heartbeat()).toBe(200)
    expect(await holder.succeed('Prices rose by 3 %.')).toBe(200)
    await board.until('in review', () => statusOf(id) === 'review')
    await eventually('the card', () => readFacts(board.document, id).run?.state === 'succeeded')
    expect(readFacts(board.document, id)).toMatchObject({ artifacts: 1, run: { id: runId, line: 'Prices rose by 3 %.' } })
    const mission = await open(member, missionDocument(id))
    expect(readRuns(mission.document)).toMatchObject([{ id: runId, state: 'succeeded', attempt: 1, requestedBy: member.id, summary: 'Prices rose by 3 %.' }])
    expect(readFiles(mission.document)).toMatchObject([{ name: 'digest.md', kind: 'artifact', by: analyst, runId }])
    expect(runStateOf(watcher.document).get('state')).toBe('succeeded')

    expect(await holder.heartbeat(), 'afterwards the lease is over').toBe(410)
    expect(await holder.artifact('late.md', 'late')).toBe(410)
    expect(await holder.fail('after all')).toBe(410)
    await expect(here.connect(lease(claim), runDocument(runId)).synced()).rejects.toThrow('auth:')
  })

  test('that fails says why, and leaves its mission where it is', async () => {
    const id = await newMission()
    const runId = await started(id)
    expect(await worker().holding(await claimed()).fail('The table cannot be read.')).toBe(200)
    await eventually('the card', () => readFacts(board.document, id).run?.state === 'failed')
    expect(readFacts(board.document, id).run?.line).toBe('The table cannot be read.')
    expect(statusOf(id)).toBe('in_progress')
    expect(await row(runId)).toMatchObject({ state: 'failed', reason: 'The table cannot be read.' })
  })

  test('carries what was said when it was started', async () => {
    const id = await newMission()
    await run(id, member, 'Only the last month')
    expect((await claimed()).note).toBe('Only the last month')
  })
})

describe('[RUN1] one run at a time', () => {
  test('two people press Run at once: one run, and the other is told', async () => {
    const id = await newMission()
    const answers = await Promise.all([run(id), run(id, here.owner), run(id), run(id, here.owner)])
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409])
    expect(answers.find(({ status }) => status === 409)?.body.error).toEqual({ code: 'already_running', message: 'A run of this mission is under way already.' })
    expect(await here.db.selectFrom('runs').selectAll().where('mission_id', '=', id).execute()).toHaveLength(1)
  })

  test('two workers ask at once: one has it', async () => {
    const id = await newMission()
    const waiting = Promise.all(Array.from({ length: 6 }, (_, n) => worker(`w${n}`).claim(1)))
    await started(id)
    const claims = (await waiting).filter((claim) => claim !== null)
    expect(claims).toHaveLength(1)
    expect((await row(claims[0]!.runId)).attempt).toBe(1)
  })

  test('a worker that waits has a run the moment there is one', async () => {
    const id = await newMission()
    const waiting = worker().claim(20)
    await new Promise((resolve) => setTimeout(resolve, 200))
    const from = Date.now()
    await started(id)
    expect(await waiting).toMatchObject({ missionId: id })
    expect(Date.now() - from).toBeLessThan(1_000)
  })

  test('a worker that hung up does not get one', async () => {
    const id = await newMission()
    const gone = new AbortController()
    const waiting = worker('gone').claim(20, gone.signal)
    await new Promise((resolve) => setTimeout(resolve, 150))
    gone.abort()
    await expect(waiting).rejects.toThrow()
    await new Promise((resolve) => setTimeout(resolve, 100))
    const runId = await started(id)
    expect(await worker('here').claim(1)).toMatchObject({ runId, attempt: 1 })
    expect(await row(runId)).toMatchObject({ worker: 'here' })
  })

  test('runs of different missions wait their turn', async () => {
    const [first, second] = [await newMission(), await newMission()]
    const [a, b] = [await started(first), await started(second)]
    expect([(await claimed()).runId, (await claimed()).runId]).toEqual([a, b])
    expect(await worker().claim(0)).toBeNull()
  })
})

describe('who may', () => {
  test('start and cancel: members, and nobody else', async () => {
    const id = await newMission()
    expect((await run(id, viewer)).status).toBe(403)
    expect((await run(id, staff)).status).toBe(403)
    expect((await run(id, { id: analyst, token: 'mis_nobody' })).status).toBe(401)
    const { owner: foreign } = await here.workspace('Elsewhere')
    expect((await run(id, foreign)).status).toBe(404)
    const runId = await started(id)
    expect((await here.api(viewer, 'POST', `/runs/${runId}/cancel`)).status).toBe(403)
    expect((await here.api(staff, 'POST', `/runs/${runId}/cancel`)).status).toBe(403)
    expect((await here.api(foreign, 'POST', `/runs/${runId}/cancel`)).status).toBe(404)
    expect((await here.api(foreign, 'POST', `/runs/${runId}/retry`)).status).toBe(404)
  })

  test('work: staff of the workspace', async () => {
    await started(await newMission())
    await expect(worker('member', member.token).claim(0)).rejects.toThrow('401')
    await expect(worker('nobody', 'mis_nobody').claim(0)).rejects.toThrow('401')
    await expect(worker('guess', 'embedded_guess').claim(0)).rejects.toThrow('401')
    const other = await here.workspace('Further away')
    const foreign = await here.token('staff', 'Analyst', other.workspaceId)
    expect(await worker('foreign', foreign.token).claim(0)).toBeNull()
    expect(await worker().claim(0)).not.toBeNull()
  })

  test('an archived mission, a done one, one of nobody and one of a person do not run', async () => {
    const done = await newMission({ status: 'done' })
    const nobodys = await newMission({ assigneeId: null })
    const persons = await newMission({ assigneeId: member.id })
    const archived = await newMission()
    archiveMission(board.document, archived, 1)
    await board.acknowledged()
    for (const [id, words] of [[done, /done/], [nobodys, /Assign/], [persons, /Only staff/], [archived, /archived/]] as const) {
      const answer = await run(id)
      expect(answer.status).toBe(409)
      expect(answer.body.error.message).toMatch(words)
    }
    expect((await run('no-such-mission' as MissionId)).status).toBe(404)
  })

  test('a holder writes its own run, and no other', async () => {
    const [mine, another] = [await newMission(), await newMission()]
    await started(mine)
    const claim = await claimed()
    const otherRun = await started(another)
    const trespasser = await open(lease(claim), runDocument(otherRun))
    appendDraft(trespasser.document, 'Not mine')
    await trespasser.until('refused', () => trespasser.closes().some((reason) => reason.startsWith('policy:not_allowed:Only the worker that holds this run')))
    expect(await worker().holding(claim).heartbeat(otherRun)).toBe(410)
    expect(await worker().holding(claim).artifact('x.md', 'x', otherRun)).toBe(410)
    const other = await here.workspace('Far')
    await expect(here.connect(lease(claim), `board/${other.workspaceId}`).synced()).rejects.toThrow('auth:not-found')
  })

  test('nobody but the holder writes the record: not an owner, not the staff member without the lease', async () => {
    const runId = await started(await newMission())
    for (const somebody of [here.owner, member, staff]) {
      const client = await open(somebody, runDocument(runId))
      appendEntries(client.document, [{ ...line, seq: 0, text: 'Forged' }])
      await client.until('refused', () => client.closes().some((reason) => reason.startsWith('policy:not_allowed')))
      client.end()
    }
    expect(readEntries((await open(member, runDocument(runId))).document)).toEqual([])
  })
})

describe('[GATE4] staff do not reach Done by any door', () => {
  test('not over the socket, with a staff token or with a lease', async () => {
    const id = await newMission()
    await started(id)
    const claim = await claimed()
    for (const somebody of [staff, lease(claim)]) {
      const client = await open(somebody, here.board)
      moveMission(client.document, id, 'done', 0)
      await client.until('refused', () => client.closes().some((reason) => reason.includes('Staff cannot move a mission to Done')))
      client.end()
    }
    expect(statusOf(id)).not.toBe('done')
  })

  test('not by what a finish says', async () => {
    const id = await newMission()
    await started(id)
    const holder = worker().holding(await claimed())
    expect(await holder.finish({ state: 'done' })).toBe(400)
    expect(await holder.finish({ state: 'succeeded', summary: 'x'.repeat(20_001) })).toBe(400)
    expect(await holder.finish({ state: 'succeeded', summary: 'Done!', status: 'done' })).toBe(200)
    await board.until('in review', () => statusOf(id) === 'review')
  })

  test('a mission that a person put to Done while it ran stays there', async () => {
    const id = await newMission()
    await started(id)
    const claim = await claimed()
    moveMission(board.document, id, 'done', 0)
    await board.acknowledged()
    expect([200, 410]).toContain(await worker().holding(claim).succeed('Finished'))
    await new Promise((resolve) => setTimeout(resolve, 200))
    expect(statusOf(id)).toBe('done')
  })
})

describe('a worker that falls silent', () => {
  test('[RUN2] loses its run to the next attempt, and cannot scribble when it is back', async () => {
    const id = await newMission()
    const runId = await started(id)
    const first = await claimed()
    const record = await open(lease(first), runDocument(runId))
    appendEntries(record.document, [{ ...line, seq: 0, text: 'First attempt' }])
    await record.acknowledged()

    const second = (await worker('second').claim(leaseMs / 1000 + 3))!
    expect(second).toMatchObject({ runId, attempt: 2 })
    expect(await row(runId)).toMatchObject({ reason: 'Attempt 1 lost its worker; it starts again.' })
    await record.until('closed', () => record.closes().includes('access:changed'))
    appendEntries(record.document, [{ ...line, seq: 1, text: 'From the dead' }])
    await expect(here.connect(lease(first), runDocument(runId)).synced()).rejects.toThrow('auth:not-signed-in')
    const holder = worker().holding(first)
    expect([await holder.heartbeat(), await holder.artifact('a.md', 'a'), await holder.manifest(), await holder.succeed('Mine!')]).toEqual([410, 410, 410, 410])

    const next = await open(lease(second), runDocument(runId))
    appendEntries(next.document, [{ ...line, seq: 1, text: 'Second attempt' }])
    await next.acknowledged()
    expect(readEntries(next.document).map(({ text }) => text)).toEqual(['First attempt', 'Second attempt'])
    expect(await worker().holding(second).succeed('By the second')).toBe(200)
    expect(await row(runId)).toMatchObject({ state: 'succeeded', attempt: 2, summary: 'By the second', reason: '' })
  }, 20_000)

  test('[RUN3] three times, and the run fails with the reason', async () => {
    const id = await newMission()
    const runId = await started(id)
    for (let attempt = 1; attempt <= 3; attempt++) {
      expect(await claimed(10)).toMatchObject({ runId, attempt })
      // As if the lease had run out: waiting for it thrice would only take longer.
      await here.db.updateTable('runs').set({ lease_until: 1 }).where('id', '=', runId).execute()
    }
    await eventually('the run to fail', async () => (await row(runId)).state === 'failed')
    expect((await row(runId)).reason).toBe('Its worker was lost 3 times. Retry when the worker is well again.')
    await board.until('told', () => readFacts(board.document, id).run?.state === 'failed')
  }, 20_000)

  test('not, as long as its heart beats', async () => {
    const id = await newMission()
    await started(id)
    const claim = await claimed()
    const holder = worker().holding(claim)
    for (let beat = 0; beat < 6; beat++) {
      await new Promise((resolve) => setTimeout(resolve, leaseMs / 4))
      expect(await holder.heartbeat()).toBe(200)
    }
    expect(await row(claim.runId)).toMatchObject({ state: 'running', attempt: 1 })
  }, 20_000)
})

describe('a cancelled run', () => {
  test('is over within a second: its holder’s documents close, and its words count no more', async () => {
    const id = await newMission()
    const runId = await started(id)
    const claim = await claimed()
    const [record, onBoard] = [await open(lease(claim), runDocument(runId)), await open(lease(claim), here.board)]
    const from = Date.now()
    expect((await here.api(member, 'POST', `/runs/${runId}/cancel`)).status).toBe(200)
    await Promise.all([record, onBoard].map((client) => client.until('closed', () => client.closes().includes('access:changed'), 1_000)))
    expect(Date.now() - from).toBeLessThan(1_000)
    expect(await worker().holding(claim).succeed('Too late')).toBe(410)
    expect(await row(runId)).toMatchObject({ state: 'cancelled', reason: expect.stringContaining('Cancelled by') as string })
    await board.until('told', () => readFacts(board.document, id).run?.state === 'cancelled')
    expect((await here.api(member, 'POST', `/runs/${runId}/cancel`)).status).toBe(409)
  })

  test('takes no artifact that was still on its way', async () => {
    const id = await newMission()
    const runId = await started(id)
    const claim = await claimed()
    let more: ReadableStreamDefaultController<Uint8Array>
    const body = new ReadableStream<Uint8Array>({ start(controller) { more = controller; controller.enqueue(Buffer.from('first half, ')) } })
    const upload = fetch(`${here.server.url}/api/v1/runs/${runId}/artifacts?name=late.md`, { method: 'POST', body, duplex: 'half', headers: { authorization: `Bearer ${claim.token}` } } as RequestInit)
    await new Promise((resolve) => setTimeout(resolve, 100))
    await here.api(member, 'POST', `/runs/${runId}/cancel`)
    more!.enqueue(Buffer.from('second half'))
    more!.close()
    expect((await upload).status).toBe(410)
    expect(readFiles((await open(member, missionDocument(id))).document)).toEqual([])
  })

  test('that waited is never claimed', async () => {
    const runId = await started(await newMission())
    await here.api(member, 'POST', `/runs/${runId}/cancel`)
    expect(await worker().claim(0)).toBeNull()
  })
})

describe('retry', () => {
  test('makes a second run beside the first, with the same words', async () => {
    const id = await newMission()
    await run(id, member, 'Only May')
    const first = await claimed()
    expect((await here.api(member, 'POST', `/runs/${first.runId}/retry`)).status, 'not while it runs').toBe(409)
    await worker().holding(first).fail('No table')
    const answer = await here.api<{ run: { id: RunId } }>(here.owner, 'POST', `/runs/${first.runId}/retry`)
    expect(answer.status).toBe(201)
    expect(await claimed()).toMatchObject({ runId: answer.body.run.id, attempt: 1, note: 'Only May' })
    const mission = await open(member, missionDocument(id))
    expect(readRuns(mission.document).map(({ id: runId, state, requestedBy }) => [runId, state, requestedBy])).toEqual([[first.runId, 'failed', member.id], [answer.body.run.id, 'running', here.owner.id]])
  })
})

describe('by itself', () => {
  test('a mission that is to run runs when it comes to In progress', async () => {
    const id = await newMission({ autoRun: true })
    expect(await worker().claim(0)).toBeNull()
    moveMission(board.document, id, 'in_progress', 0)
    expect(await claimed(5)).toMatchObject({ missionId: id })
    const [first] = await here.db.selectFrom('runs').selectAll().where('mission_id', '=', id).execute()
    expect(first).toMatchObject({ requested_by: null })
  })

  test('also when it is given to staff there, or made there', async () => {
    const given = await newMission({ autoRun: true, status: 'in_progress', assigneeId: null })
    assignMission(board.document, given, analyst)
    expect(await claimed(5)).toMatchObject({ missionId: given })
    const made = await newMission({ autoRun: true, status: 'in_progress' })
    expect(await claimed(5)).toMatchObject({ missionId: made })
  })

  test('not one of a person, not one that is not to, and not again when its run is over', async () => {
    await newMission({ autoRun: true, status: 'in_progress', assigneeId: member.id })
    const still = await newMission()
    moveMission(board.document, still, 'in_progress', 0)
    await board.acknowledged()
    expect(await worker().claim(1)).toBeNull()
    const id = await newMission({ autoRun: true })
    moveMission(board.document, id, 'in_progress', 0)
    await worker().holding(await claimed(5)).succeed('Once')
    await board.until('in review', () => statusOf(id) === 'review')
    setAutoRun(board.document, id, true)
    await board.acknowledged()
    expect(await worker().claim(1)).toBeNull()
  })

  test.each<[string, string, (id: MissionId) => void]>([
    ['given to somebody else', 'The mission was given to somebody else.', (id) => assignMission(board.document, id, member.id)],
    ['given to nobody', 'The mission was given to somebody else.', (id) => assignMission(board.document, id, null)],
    ['archived', 'The mission was archived.', (id) => archiveMission(board.document, id, 1)],
    ['moved to Done', 'The mission was moved to Done.', (id) => moveMission(board.document, id, 'done', 0)],
    ['deleted', 'The mission was deleted.', (id) => missionsOf(board.document).delete(id)],
  ])('[RUN4] a run ends when its mission is %s', async (_, reason, change) => {
    const id = await newMission()
    const runId = await started(id)
    const claim = await claimed()
    await board.until('in progress', () => statusOf(id) === 'in_progress')
    change(id)
    await eventually('the run to end', async () => (await row(runId)).state === 'cancelled', 3_000)
    expect(await row(runId)).toMatchObject({ reason })
    expect(await worker().holding(claim).heartbeat()).toBe(410)
  })
})

describe('a server that is killed', () => {
  test('finds its runs again; a worker that lived on goes on with its lease', async () => {
    const id = await newMission()
    const runId = await started(id)
    const claim = await claimed()
    const record = await open(lease(claim), runDocument(runId))
    await here.server.kill()
    await here.server.restart()
    // However long the restart took: the lease counts from here.
    await here.db.updateTable('runs').set({ lease_until: Date.now() + leaseMs }).where('id', '=', runId).where('attempt', '=', 1).where('state', '=', 'running').execute()
    if (await worker().holding(claim).heartbeat() === 200) {
      await record.acknowledged()
      appendEntries(record.document, [{ ...line, seq: 0, text: 'Still here' }])
      await record.acknowledged()
      expect(await worker().holding(claim).succeed('In spite of it')).toBe(200)
      await board.until('in review', () => statusOf(id) === 'review')
    } else {
      expect(await claimed(5)).toMatchObject({ runId, attempt: 2 })
    }
  }, 30_000)

  test('just after a mission was moved still starts its run', async () => {
    const id = await newMission({ autoRun: true })
    moveMission(board.document, id, 'in_progress', 0)
    await board.acknowledged()
    await here.server.kill()
    await here.server.restart()
    await board.synced()
    expect(await claimed(5)).toMatchObject({ missionId: id })
  }, 30_000)

  test('just after a run ended still tells of it', async () => {
    const id = await newMission()
    const runId = await started(id)
    await claimed()
    await here.server.stop()
    // As a crash between the row and the documents leaves it.
    await here.db.updateTable('runs').set({ state: 'failed', reason: 'The crash came between.', ended_at: Date.now(), lease_until: null, lease_hash: null }).where('id', '=', runId).execute()
    await here.server.restart()
    await board.until('told', () => readFacts(board.document, id).run?.state === 'failed')
    expect(readRuns((await open(member, missionDocument(id))).document)).toMatchObject([{ id: runId, state: 'failed', reason: 'The crash came between.' }])
  }, 30_000)
})

describe('the agent worker', () => {
  /** Collects what a process prints. */
  function agent() {
    const child = spawn(process.execPath, ['server/runs/worker/main.ts', '--url', here.server.url, '--token', staff.token, '--name', 'beside'], { env: bareEnvironment() })
    let printed = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => { printed += chunk })
    return { child, printed: () => printed }
  }

  test('as a process of its own works off the queue, and leaves when it is told to', async () => {
    const id = await newMission()
    await here.api(member, 'POST', `/missions/${id}/files?name=prices.csv`, 'day,price\nmonday,3\ntuesday,4\nwednesday,5\n')
    const { child, printed } = agent()
    const runId = await started(id)
    await eventually(`the run to end (${printed()})`, async () => (await row(runId)).state === 'succeeded', 40_000)
    await board.until('in review', () => statusOf(id) === 'review')
    expect((await row(runId)).summary).not.toBe('')
    expect(readFiles((await open(member, missionDocument(id))).document).filter(({ kind }) => kind === 'artifact').length).toBeGreaterThan(0)
    expect(readEntries((await open(member, runDocument(runId))).document).length).toBeGreaterThan(2)
    expect((await row(runId)).worker).toBe('beside')
    const exit = once(child, 'exit')
    child.kill('SIGTERM')
    expect(await exit).toEqual([0, null])
  }, 60_000)

  test('inside a server that is killed is followed by the next attempt, which ends in Review', async () => {
    const own = await harbour({ env: { LOG_LEVEL: 'error' } })
    try {
      const person = await own.member('member')
      const id = 'embedded' as MissionId
      const watcher = own.connect(person, own.board)
      await watcher.synced()
      const [{ id: staffId }] = await own.db.selectFrom('staff').select('id').execute() as [{ id: ActorId }]
      createMission(watcher.document, { id, title: 'What do the prices say?', assigneeId: staffId }, person.id, 1)
      await watcher.acknowledged()
      await own.api(person, 'POST', `/missions/${id}/files?name=prices.csv`, `day,price\n${Array.from({ length: 200 }, (_, n) => `2026-01-${1 + n % 28},${n}`).join('\n')}\n`)
      const { body } = await own.api<{ run: { id: RunId } }>(person, 'POST', `/missions/${id}/runs`, {})
      const record = own.connect(person, runDocument(body.run.id))
      await record.synced()
      await record.until('begun', () => readEntries(record.document).length > 0, 20_000)
      await own.server.kill()
      await own.server.restart()
      await watcher.until('in review', () => readMission(watcher.document, id)?.status === 'review', 40_000)
      const found = await own.db.selectFrom('runs').selectAll().where('id', '=', body.run.id).executeTakeFirstOrThrow()
      expect(found).toMatchObject({ state: 'succeeded', attempt: 2 })
      await eventually('the card', () => (factsOf(watcher.document).get(id) as { run?: { state: string } } | undefined)?.run?.state === 'succeeded')
      await record.until('told of it', () => readEntries(record.document).some(({ text }) => text.startsWith('Attempt 2')))
      expect(readRuns((await (async () => { const client = own.connect(person, missionDocument(id)); await client.synced(); return client })()).document)).toHaveLength(1)
    } finally {
      await own.end()
    }
  }, 90_000)
})
