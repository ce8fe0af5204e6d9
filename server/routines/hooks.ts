import { createHash, randomBytes } from 'node:crypto'
import { routineLimits } from '#lib/routines/routine.ts'
import type { Secrets } from '../staff/secrets.ts'
import type { Database } from '../store/database.ts'
import type { Events } from './events.ts'
import { isSigned } from './signature.ts'

/** So old, or so far ahead, may the time be that a call was signed with. */
const skewMs = 5 * 60_000

export const hookAbout = (id: string) => `routine/${id}/hook`
export const newSecret = () => `whs_${randomBytes(32).toString('base64url')}`

type HookCall = { id: string; timestamp: string; signature: string; body: Uint8Array }
type HookAnswer = { ok: true } | { ok: false; status: 401 | 409 | 413 | 429; code: string; message: string }

const refused = (status: 401 | 409 | 413 | 429, code: string, message: string): HookAnswer => ({ ok: false, status, code, message })

/** Takes calls from outside that set routines off. Whoever does not know the secret learns nothing, not even whether there is such a routine. */
export function createHooks({ db, secrets, now, enqueue }: { db: Database; secrets: Secrets; now: () => number; enqueue: Events['enqueue'] }) {
  // Compared with where there is nothing to compare with.
  const nobodys = newSecret()

  return async ({ id, timestamp, signature, body }: HookCall): Promise<HookAnswer> => {
    if (body.byteLength > routineLimits.payload) return refused(413, 'too_large', `The body is larger than ${routineLimits.payload / 1024} KiB.`)
    const routine = await db.selectFrom('routines').innerJoin('workspaces', 'workspaces.id', 'routines.workspace_id').selectAll('routines')
      .where('hook_id', '=', id).where('routines.deleted_at', 'is', null).where('workspaces.deleted_at', 'is', null).executeTakeFirst()
    const secret = routine?.kind === 'webhook' && routine.hook_secret ? secrets.decrypt(routine.hook_secret, hookAbout(routine.id)) : null
    if (!isSigned(secret ?? nobodys, timestamp, body, signature) || !routine || !secret) {
      return refused(401, 'bad_signature', 'The signature is not right. x-missions-signature is v1= and the HMAC-SHA256 of "<x-missions-timestamp>.<body>" with the secret of this routine, in hex.')
    }
    if (!/^\d{1,12}$/.test(timestamp) || Math.abs(now() - Number(timestamp) * 1000) > skewMs) {
      return refused(401, 'too_old', 'x-missions-timestamp is not within five minutes of now. It counts seconds since 1970; see that the clock of the sender is right, and sign each call anew.')
    }
    if (routine.enabled !== 1) return refused(409, 'switched_off', 'This routine is switched off.')
    const text = new TextDecoder().decode(body)
    const outcome = await enqueue(routine, 'webhook', `hook/${createHash('sha256').update(signature).digest('hex')}`, {
      ...text && { arrived: { kind: 'body', type: isJson(text) ? 'json' : 'text', text } },
    })
    if (outcome.ok) return { ok: true }
    return outcome.code === 'replayed' ? refused(409, 'replayed', 'This call was received before. Sign each call anew.') : refused(429, 'too_many', `This routine takes nothing at the moment. ${outcome.message}`)
  }
}


function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
