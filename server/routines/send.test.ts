import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import { once } from 'node:events'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { MissionId, RunId, WorkspaceId } from '#lib/board/ids.ts'
import { isPublicAddress } from '../runs/tools/guarded-fetch.ts'
import { createSecrets } from '../staff/secrets.ts'
import { temporaryAuth, workspaceOfAnn, type TestAuth } from '../../tests/support/auth.ts'
import { addRoutine, addStaff, staffId } from '../../tests/support/routines.ts'
import { firingValues } from './due.ts'
import { createSend, mostTries, sendAbout } from './send.ts'
import type { FiringRow, RoutineRow } from './routine-row.ts'
import { isSigned } from './signature.ts'

let server: Server
let port: number
let status = 200
let received: { headers: IncomingHttpHeaders; body: Buffer; method: string }[] = []
beforeAll(async () => {
  server = createServer(async (request, response) => {
    const pieces: Buffer[] = []
    for await (const piece of request) pieces.push(piece as Buffer)
    received.push({ headers: request.headers, body: Buffer.concat(pieces), method: request.method ?? '' })
    response.writeHead(status, status === 302 ? { location: 'http://www.example.com/elsewhere' } : {}).end('ok')
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  port = (server.address() as { port: number }).port
})
afterAll(() => new Promise((resolve) => {
  server.closeAllConnections()
  server.close(resolve)
}))

let here: TestAuth
let workspaceId: WorkspaceId
let routine: RoutineRow
let firing: FiringRow
const run = { id: 'run1' as RunId, staffId, state: 'succeeded' as const, summary: 'Sales rose by 4 %.', reason: '' }
beforeEach(async () => {
  received = []
  status = 200
  here = await temporaryAuth()
  workspaceId = (await workspaceOfAnn(here.auth)).workspaceId
  await addStaff(here.store.db, workspaceId)
  routine = await addRoutine(here.store.db, workspaceId, 'digest', { kind: 'webhook' }, here.clock.now)
  firing = { ...firingValues(routine, here.clock.now, { key: 'k', cause: 'person', due_at: here.clock.now }), mission_id: 'm1' as MissionId } as FiringRow
  await here.store.db.updateTable('workspaces').set({ fetch_allowed: JSON.stringify(['www.example.com', 'private.example.com']) }).execute()
})
afterEach(() => here.end())

// The test's own server is on this machine, so its address passes for a public one; what names resolve to is the test's word.
const names: Record<string, string[]> = { 'www.example.com': ['127.0.0.1'], 'private.example.com': ['10.0.0.5'], 'elsewhere.org': ['127.0.0.1'] }
const sending = () => createSend({
  db: here.store.db, secrets: createSecrets(here.dataDir, null), now: () => here.clock.now, address: () => 'https://missions.example.org',
  internet: { resolve: async (host) => names[host] ?? [], isPublic: (address) => address === '127.0.0.1' || isPublicAddress(address) },
})
const send = (host = 'www.example.com', changes: Partial<FiringRow> = {}) => sending().send(routine, { ...firing, ...changes }, `http://${host}:${port}/hook`, run, new AbortController().signal)

describe('[ROUTINE7] results that are sent', () => {
  test('tell what was made, under an id of their own, and are signed with the secret of the routine', async () => {
    const secret = 'whs_very-secret'
    routine = { ...routine, send_secret: createSecrets(here.dataDir, null).encrypt(secret, sendAbout(routine.id)) }
    expect(await send()).toEqual({ ok: true })
    const [{ headers, body, method }] = received as [typeof received[0]]
    expect(method).toBe('POST')
    expect(JSON.parse(body.toString())).toMatchObject({ delivery: firing.id, routine: { name: 'digest' }, run: { summary: 'Sales rose by 4 %.' }, mission: { url: `https://missions.example.org/w/${workspaceId}/missions/m1` } })
    expect(headers['x-missions-delivery']).toBe(firing.id)
    expect(isSigned(secret, String(headers['x-missions-timestamp']), body, String(headers['x-missions-signature']))).toBe(true)
    expect(isSigned('another', String(headers['x-missions-timestamp']), body, String(headers['x-missions-signature']))).toBe(false)
  })

  test('are tried again with growing pauses while a server does not take them, and then given up', async () => {
    status = 503
    const pauses: (number | null)[] = []
    for (let tries = 0; tries < mostTries; tries++) {
      const sent = await send('www.example.com', { tries })
      expect(sent).toMatchObject({ ok: false, reason: `www.example.com:${port} answered 503.` })
      pauses.push(sent.ok ? 0 : sent.tryAgainAt && sent.tryAgainAt - here.clock.now)
    }
    expect(pauses).toEqual([10_000, 60_000, 300_000, 1_800_000, 7_200_000, null])
    status = 404
    expect(await send()).toMatchObject({ ok: false, tryAgainAt: null })
  })

  test('go to no host that an owner did not allow, to no private address, and nowhere else by a redirect', async () => {
    expect(await send('elsewhere.org')).toMatchObject({ ok: false, reason: expect.stringContaining('not among the hosts that an owner allowed'), tryAgainAt: null })
    expect(await send('private.example.com')).toMatchObject({ ok: false, reason: expect.stringContaining('leads to a private address'), tryAgainAt: null })
    expect(received).toEqual([])
    status = 302
    expect(await send()).toMatchObject({ ok: false, reason: expect.stringContaining('answered 302') })
    expect(received).toHaveLength(1)
  })
})
