import { expect } from 'vitest'
import { createMission, setProject } from '#lib/board/edits.ts'
import type { ActorId, MissionId, ProjectId, RunId } from '#lib/board/ids.ts'
import { draftOf, readEntries } from '#lib/board/run-document.ts'
import type { Ask, AskVerdict } from '#lib/board/run-record.ts'
import type { Staff } from '#lib/board/staff.ts'
import { runDocument } from '#lib/sync/document-names.ts'
import type { Client } from './client.ts'
import { eventually, harbour, type Harbour, type Somebody } from './harbour.ts'
import { scriptedModel, type Reply, type ScriptedModel, type Turn } from './model.ts'

type Begun = { model: ScriptedModel; here: Harbour; member: Somebody }
type Start = Parameters<typeof harbour>[0]

/** What the server has in its environment. */
const serverKey = 'sk-of-the-environment'

/**
 * A server whose staff are driven by a scripted model, and a member; its worker is the server's own, unless it is told otherwise. With `onlyKey`
 * the model takes no key but the server's.
 */
export function modelDesk({ env = {}, onlyKey = false, ...start }: NonNullable<Start> & { onlyKey?: boolean } = {}) {
  let begun: Begun | null = null
  let board: Client | null = null
  let ids = 0
  const now = (): Begun => {
    if (!begun) throw new Error('The desk was not begun')
    return begun
  }
  const row = (id: RunId) => now().here.db.selectFrom('runs').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
  const open = async (name: string, somebody = now().member) => {
    const client = now().here.connect(somebody, name)
    await client.synced()
    return client
  }
  async function openBoard(): Promise<Client> {
    board ??= await open(now().here.board)
    return board
  }
  const entriesOf = async (id: RunId) => readEntries((await open(runDocument(id))).document)
  const asksOf = async (id: RunId) => (await now().here.api<{ asks: Ask[] }>(now().member, 'GET', `/runs/${id}`)).body.asks

  return {
    get model() { return now().model },
    get here() { return now().here },
    get member() { return now().member },
    /** The member's, once something was put on it. */
    get board() {
      if (!board) throw new Error('Nobody has opened the board')
      return board
    },
    row, open, openBoard, entriesOf, asksOf,

    async begin() {
      const model = await scriptedModel(onlyKey ? { key: serverKey } : {})
      const here = await harbour({ ...start, env: { LOG_LEVEL: 'error', RUN_LEASE_SECONDS: '4', OPENAI_BASE_URL: model.baseUrl, OPENAI_API_KEY: serverKey, ...env } })
      begun = { model, here, member: await here.member('member') }
    },
    /** A run that a test left would go on beside the next one. */
    async clear() {
      const { here, member } = now()
      for (const { id } of await here.db.selectFrom('runs').select('id').where('state', 'in', ['queued', 'running', 'waiting']).execute()) await here.api(member, 'POST', `/runs/${id}/cancel`)
      here.leave()
      board = null
    },
    async end() {
      await begun?.here.end()
      await begun?.model.stop()
    },

    /** A staff member with a model of its own, and so a script of its own. `id`: one that is there already. */
    async staffWith(turns: readonly (Turn | Reply)[], { id, ...fields }: Record<string, unknown> & { id?: ActorId } = {}, options: { forever?: boolean } = {}): Promise<Staff & { script: string }> {
      const { here, model } = now()
      const script = `model-${ids++}`
      model.script(script, turns, options)
      const given = { engine: 'openai', model: script, autonomy: 'autonomous', ...fields }
      const { status, body, text } = id ? await here.api<{ staff: Staff }>(here.owner, 'PATCH', `/staff/${id}`, given)
        : await here.api<{ staff: Staff }>(here.owner, 'POST', `/workspaces/${here.workspaceId}/staff`, { name: `Staff ${ids}`, ...given })
      expect(status, text).toBe(id ? 200 : 201)
      return { ...body.staff, script }
    },

    async missionFor(staff: { id: ActorId } | null, { title = 'What do the prices say?', projectId = null }: { title?: string; projectId?: ProjectId | null } = {}): Promise<MissionId> {
      const id = `mission-${ids++}` as MissionId
      const { document, acknowledged } = await openBoard()
      createMission(document, { id, title, assigneeId: staff?.id ?? null }, now().member.id, 1)
      if (projectId) setProject(document, id, projectId)
      await acknowledged()
      return id
    },
    async start(id: MissionId): Promise<RunId> {
      const { status, body, text } = await now().here.api<{ run: { id: RunId } }>(now().member, 'POST', `/missions/${id}/runs`, {})
      expect(status, text).toBe(201)
      return body.run.id
    },

    /** Resolves with the run once it is in this state; rejects when it ended otherwise. */
    async until(id: RunId, state: 'succeeded' | 'failed' | 'waiting' | 'cancelled', ms = 30_000) {
      await eventually(`the run ${state} (${now().here.server.logs()})`, async () => {
        const { state: is, reason, code } = await row(id)
        if (is !== state && (is === 'succeeded' || is === 'failed')) throw new Error(`The run ended ${is}: ${reason}`)
        // What a waiting run waits for is said a moment after it let go.
        return is === state && (state !== 'waiting' || code !== '')
      }, ms)
      return await row(id)
    },
    /** Resolves with somebody who watches, once the run has drafted so many characters. */
    async streaming(id: RunId, characters = 10): Promise<Client> {
      const watcher = await open(runDocument(id))
      await watcher.until('streaming', () => draftOf(watcher.document).length > characters, 30_000)
      return watcher
    },
    resultsOf: async (id: RunId) => (await entriesOf(id)).flatMap(({ data }) => (data?.of === 'result' ? [data] : [])),

    /** Answers what a run has asked and nobody has answered yet. */
    async answer(runId: RunId, given: { answer?: string; verdict?: AskVerdict }) {
      const ask = (await asksOf(runId)).find(({ answeredAt }) => answeredAt === null)
      expect(ask, 'an open question').toBeDefined()
      const { status, text } = await now().here.api(now().member, 'POST', `/asks/${ask!.id}/answer`, given)
      expect(status, text).toBe(200)
    },
  }
}
