import type { beforeSyncPayload, Extension } from '@hocuspocus/server'
import * as Y from 'yjs'
import { maxMessageBytes } from '#lib/board/limits.ts'
import type { Actor } from '#lib/board/policy.ts'
import { policyReason, type RefusalCode } from '#lib/sync/close-reasons.ts'
import type { Log } from '../log.ts'
import type { UpdateLog } from '../store/update-log.ts'
import type { SyncContext } from './authenticate.ts'
import { MalformedUpdate, resolveUpdate } from './resolve-update.ts'
import type { Refusal, Rules } from './rules/rule.ts'

/** Thrown out of a Hocuspocus hook: it closes the document for this client, with the reason. */
export class Refused extends Error {
  readonly reason: string
  constructor(reason: string) {
    // Hocuspocus prints hooks' errors that have a message; the gate logs for itself.
    super('')
    this.reason = reason
  }
}

const [askForState, stateAnswer] = [0, 1]

type Verdict =
  | { verdict: 'nothing new' }
  | { verdict: 'wait' }
  | { verdict: 'refused'; refusal: Refusal }
  | { verdict: 'allowed'; claims: number[] }

export type Gate = {
  extension: Extension<SyncContext>
  /** The owners of a document's client ids, kept as long as it is loaded. */
  owners: Map<string, Map<number, string>>
}

/**
 * Decides what a client may write, and stores it, before Hocuspocus applies, broadcasts and acknowledges it.
 * Hocuspocus awaits `beforeSync` for each message of a connection in turn; everything that is judged from the
 * document's state is judged synchronously, right before the append.
 */
export function createGate({ updates, rulesFor, log, now }: {
  updates: UpdateLog
  rulesFor: (document: string) => Rules | null
  log: Log
  now: () => number
}): Gate {
  const owners: Gate['owners'] = new Map()

  function judge(actor: Actor, name: string, doc: Y.Doc, update: Uint8Array, firstSyncDone: boolean): Verdict {
    if (update.byteLength > maxMessageBytes) return refused('too_large')
    const rules = rulesFor(name)
    if (!rules) return refused('unknown_field')
    let resolved
    try {
      resolved = resolveUpdate(doc, update)
    } catch (error) {
      if (!(error instanceof MalformedUpdate)) throw error
      return refused('malformed', `The edit could not be read: ${error.message}.`)
    }
    // Yjs would keep what is pending and apply it later, inside somebody else's transaction. It is honest only
    // before this connection's first state answer, which brings the same edits again.
    if (resolved.pending) return firstSyncDone ? refused('resync') : { verdict: 'wait' }
    if (resolved.ops.length === 0 && resolved.newClients.size === 0) return { verdict: 'nothing new' }

    const claims: number[] = []
    const known = owners.get(name)
    for (const client of resolved.newClients) {
      const owner = known?.get(client)
      if (owner === actor.id) continue
      if (owner !== undefined || Y.getState(doc.store, client) > 0) return refused('foreign_client')
      claims.push(client)
    }
    const refusal = rules(actor, doc, resolved.ops)
    return refusal ? { verdict: 'refused', refusal } : { verdict: 'allowed', claims }
  }

  async function beforeSync({ connection, context, document, documentName, type, payload }: beforeSyncPayload<SyncContext>) {
    if (type === askForState) return
    const { actor } = context
    const verdict = judge(actor, documentName, document, payload, context.firstSyncDone)
    if (type === stateAnswer) context.firstSyncDone = true
    switch (verdict.verdict) {
      case 'nothing new':
        return
      case 'wait':
        // The payload is a view into the message: zeros are an empty update.
        payload.fill(0)
        return
      case 'refused': {
        const { code, message } = verdict.refusal
        log.warn({ document: documentName, actor: actor.id, code, message }, 'update refused')
        throw new Refused(policyReason(code, message))
      }
      case 'allowed': {
        if (connection.readOnly) throw new Refused(policyReason('not_allowed'))
        const known = owners.get(documentName)
        for (const client of verdict.claims) known?.set(client, actor.id)
        try {
          await updates.append({ doc: documentName, data: payload.slice(), actor: actor.id, at: now(), claims: verdict.claims })
        } catch (error) {
          for (const client of verdict.claims) known?.delete(client)
          log.error({ err: error, document: documentName }, 'update not stored')
          throw new Refused('store:failed')
        }
      }
    }
  }

  return { owners, extension: { extensionName: 'gate', beforeSync } }
}

const refused = (code: RefusalCode, message?: string): Verdict =>
  ({ verdict: 'refused', refusal: { code, message: message ?? '' } })
