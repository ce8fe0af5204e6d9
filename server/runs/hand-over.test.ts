import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ActorId, MissionId, RunId, WorkspaceId } from '#lib/board/ids.ts'
import type { Chain } from '#lib/board/run-record.ts'
import { removeFolder, temporaryFolder } from '../../tests/support/server.ts'
import { openStore, type Store } from '../store/database.ts'
import type { RunsContext } from './context.ts'
import { createHandOver } from './hand-over.ts'

const folder = temporaryFolder('hand-over')
const [harbour, elsewhere] = ['harbour', 'elsewhere'] as WorkspaceId[]
let store: Store
let runs = 0

beforeAll(async () => {
  store = await openStore(folder, 'process')
  for (const id of [harbour!, elsewhere!]) await store.db.insertInto('workspaces').values({ id, name: id, created_at: 1, deleted_at: null }).execute()
  for (const [name, fields] of [['a', {}], ['b', {}], ['c', {}], ['d', {}], ['e', {}], ['f', {}], ['paused', { paused_at: 1 }], ['archived', { archived_at: 1 }], ['foreign', { workspace_id: elsewhere! }]] as const) {
    await store.db.insertInto('staff').values({ id: name as ActorId, workspace_id: harbour!, name: name.toUpperCase(), role: '', instructions: '', engine: 'offline', created_at: 1, ...fields }).execute()
  }
})
afterAll(async () => {
  await store.close()
  removeFolder(folder)
})

/** A run by the last of these, which the others led to. */
async function runAfter(...names: string[]) {
  const id = `run${runs++}` as RunId
  const chain: Chain = names.slice(0, -1).map((name, n) => ({ runId: `before${n}` as RunId, staffId: name as ActorId }))
  await store.db.insertInto('runs').values({
    id, workspace_id: harbour!, mission_id: id as string as MissionId, staff_id: names.at(-1) as ActorId, state: 'running', attempt: 1, requested_by: 'mia' as ActorId, note: '', created_at: 1,
    started_at: 1, ended_at: null, lease_hash: null, lease_until: null, worker: null, summary: '', reason: '', manifest: null, chain: JSON.stringify(chain),
  }).execute()
  const find = (runId: RunId) => store.db.selectFrom('runs').selectAll().where('id', '=', runId).executeTakeFirst()
  const { handOver, handedBy } = createHandOver({ db: store.db, find } as RunsContext)
  return { to: (name: string) => handOver(id, name as ActorId, 'Go on'), next: async () => handedBy((await find(id))!) }
}

describe('[RUN11] handing over', () => {
  test('is remembered, with the chain that led there', async () => {
    const run = await runAfter('a', 'b')
    expect(await run.to('c')).toEqual({ ok: true, result: expect.stringContaining('C takes over') as string })
    expect(await run.next()).toMatchObject({ staffId: 'c', note: 'Go on', cause: { kind: 'hand_over', from: 'b' }, requestedBy: 'mia', chain: [{ staffId: 'a' }, { staffId: 'b' }] })
  })

  test.each([
    ['oneself', ['a'], 'a', 'This is you'],
    ['whoever was before', ['a', 'b'], 'a', 'in a circle'],
    ['whoever was long before', ['a', 'b', 'c', 'd'], 'b', 'in a circle'],
    ['anybody, when it went on long enough', ['a', 'b', 'c', 'd', 'e'], 'f', 'handed on 4 times'],
    ['somebody who is paused', ['a'], 'paused', 'is paused'],
    ['somebody who left', ['a'], 'archived', 'no such staff member'],
    ['somebody of another workspace', ['a'], 'foreign', 'no such staff member'],
    ['nobody', ['a'], 'nobody', 'no such staff member'],
  ])('to %s is refused with words for the model', async (_, chain, to, words) => {
    const run = await runAfter(...chain)
    expect(await run.to(to)).toEqual({ ok: false, message: expect.stringContaining(words) as string })
    expect(await run.next()).toBeNull()
  })
})
