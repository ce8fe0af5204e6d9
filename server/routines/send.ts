import type { WorkspaceId } from '#lib/board/ids.ts'
import { guardedFetch, NotAllowed, NotFetched, type FetchRules } from '../runs/tools/guarded-fetch.ts'
import { isAllowed } from '../runs/tools/fetch-url.ts'
import type { Secrets } from '../staff/secrets.ts'
import type { Database } from '../store/database.ts'
import { artifactsOf } from './deliver.ts'
import type { FiringRow, RoutineRow } from './routine-row.ts'
import type { RunEnded } from './settle.ts'
import { signatureOf } from './signature.ts'

/** After each attempt that failed; then it is given up. */
const waits = [10_000, 60_000, 5 * 60_000, 30 * 60_000, 2 * 3_600_000]
export const mostTries = waits.length + 1
const answerMs = 15_000
/** What may be otherwise in a while. */
const mayPass = (status: number) => status >= 500 || [408, 409, 423, 425, 429].includes(status)

export const sendAbout = (id: string) => `routine/${id}/send`

/** `tryAgainAt`: when it is tried again; `null` where it is given up. */
export type Sent = { ok: true } | { ok: false; reason: string; tryAgainAt: number | null }

/** Sends results to other servers: to hosts that an owner allowed, at public addresses alone, signed. */
export function createSend({ db, secrets, now, address, internet = {} }: {
  db: Database
  secrets: Secrets
  now: () => number
  /** Where this server is, for links. */
  address: () => string
  internet?: Pick<FetchRules, 'resolve' | 'isPublic'>
}) {
  const allowedIn = async (workspaceId: WorkspaceId) =>
    JSON.parse((await db.selectFrom('workspaces').select('fetch_allowed').where('id', '=', workspaceId).executeTakeFirst())?.fetch_allowed ?? '[]') as string[]

  async function bodyOf(routine: RoutineRow, firing: FiringRow, run: RunEnded): Promise<string> {
    const counts = await db.selectFrom('runs').select(['input_tokens', 'output_tokens', 'micros']).where('id', '=', run.id).executeTakeFirst()
    const mission = await db.selectFrom('missions').select('title').where('id', '=', firing.mission_id).executeTakeFirst()
    const home = `${address()}/w/${routine.workspace_id}`
    return JSON.stringify({
      delivery: firing.id, routine: { id: routine.id, name: routine.name }, dueAt: new Date(firing.due_at).toISOString(),
      mission: { id: firing.mission_id, title: mission?.title ?? '', url: `${home}/missions/${firing.mission_id}` },
      run: { id: run.id, state: run.state, summary: run.summary, tokens: (counts?.input_tokens ?? 0) + (counts?.output_tokens ?? 0), micros: counts?.micros ?? null },
      artifacts: (await artifactsOf(db, firing.mission_id)).map(({ id, name, version, type, size }) => ({ id, name, version, type, size, url: `${address()}/api/v1/files/${id}/content?version=${version}` })),
    })
  }

  return {
    isAllowed: async (workspaceId: WorkspaceId, url: URL) => isAllowed(await allowedIn(workspaceId), url.hostname.replace(/\.$/, '')),

    async send(routine: RoutineRow, firing: FiringRow, url: string, run: RunEnded, signal: AbortSignal): Promise<Sent> {
      const failed = (reason: string, again: boolean): Sent => {
        const wait = waits[firing.tries]
        return { ok: false, reason, tryAgainAt: again && wait !== undefined ? now() + wait : null }
      }
      const secret = routine.send_secret && secrets.decrypt(routine.send_secret, sendAbout(routine.id))
      if (routine.send_secret && !secret) return failed('The secret that signs it cannot be read any more, since the key of this installation is another one. An owner makes a new one.', false)
      const body = await bodyOf(routine, firing, run)
      const timestamp = String(Math.floor(now() / 1000))
      const allowed = await allowedIn(routine.workspace_id)
      try {
        const { status } = await guardedFetch(url, {
          ...internet, signal, timeoutMs: answerMs, most: 10_000, mayAsk: ({ hostname }) => isAllowed(allowed, hostname.replace(/\.$/, '')),
          post: { body, headers: {
            'content-type': 'application/json', 'x-missions-delivery': firing.id, 'x-missions-timestamp': timestamp, ...secret && { 'x-missions-signature': signatureOf(secret, timestamp, Buffer.from(body)) },
          } },
        })
        if (status >= 200 && status < 300) return { ok: true }
        return failed(`${new URL(url).host} answered ${status}.`, mayPass(status))
      } catch (error) {
        if (!(error instanceof NotFetched)) throw error
        return failed(`The result could not be sent: ${error.message}`, !(error instanceof NotAllowed))
      }
    },
  }
}

export type Send = ReturnType<typeof createSend>
