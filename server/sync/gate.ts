import type { beforeSyncPayload, Extension } from '@hocuspocus/server'
import type * as Y from 'yjs'
import type { Actor } from '#lib/board/policy.ts'
import { policyReason, serverReloading } from '#lib/sync/close-reasons.ts'
import type { Log } from '../log.ts'
import type { UpdateLog } from '../store/update-log.ts'
import type { SyncContext } from './authenticate.ts'
import type { Judge, Verdict } from './judge.ts'

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

/** Who owns the client ids of each loaded document. */
export type Owners = WeakMap<Y.Doc, Map<number, string>>

/** An update that was allowed, while it is on its way through the log into the document. */
type UnderWay = { clients: ReadonlySet<number>; applied: Promise<void> }

/**
 * Decides what a client may write, and stores it, before Hocuspocus applies, broadcasts and acknowledges it.
 * Hocuspocus awaits `beforeSync` for each message of a connection in turn; everything that is judged from the
 * document's state is judged synchronously, right before the append.
 */
export function createGate({ updates, owners, judge, log, now }: {
  updates: UpdateLog
  owners: Owners
  judge: Judge
  log: Log
  now: () => number
}): Extension<SyncContext> {
  const underWay = new WeakMap<Y.Doc, Set<UnderWay>>()

  /**
   * Something under way that could make the verdict another one: structs of the same clients, or, for an update that repeats
   * what is known, anything at all. A connection's messages are handled one after the other, so hardly anybody waits here.
   */
  function inTheWay(doc: Y.Doc, verdict: Verdict): Promise<void> | undefined {
    if (verdict.verdict !== 'allowed') return undefined
    for (const { clients, applied } of underWay.get(doc) ?? []) {
      if (verdict.overlaps || !clients.isDisjointFrom(verdict.clients)) return applied
    }
    return undefined
  }

  async function append(actor: Actor, name: string, doc: Y.Doc, data: Uint8Array, claims: number[]) {
    const known = owners.get(doc)
    for (const client of claims) known?.set(client, actor.id)
    try {
      await updates.append({ doc: name, data, actor: actor.id, at: now(), claims })
    } catch (error) {
      for (const client of claims) known?.delete(client)
      log.error({ err: error, document: name }, 'update not stored')
      throw new Refused('store:failed')
    }
  }

  async function beforeSync({ connection, context, document, documentName, type, payload }: beforeSyncPayload<SyncContext>) {
    // Hocuspocus let this client in while it unloaded the document: whoever comes again gets the one that lives.
    if (document.isDestroyed) {
      connection.webSocket.close(serverReloading.code, serverReloading.reason)
      throw new Refused(serverReloading.reason)
    }
    if (type === askForState) return
    const { actor } = context
    if (type === stateAnswer) context.firstSyncDone = true
    const ask = () => judge({ actor, name: documentName, doc: document, update: payload, firstSyncDone: context.firstSyncDone })
    let verdict = ask()
    for (let other = inTheWay(document, verdict); other; other = inTheWay(document, verdict)) {
      await other
      verdict = ask()
    }
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
        const { promise: applied, resolve } = Promise.withResolvers<void>()
        const entry = { clients: verdict.clients, applied }
        const all = underWay.get(document) ?? new Set()
        underWay.set(document, all.add(entry))
        context.handled = () => {
          all.delete(entry)
          resolve()
        }
        await append(actor, documentName, document, payload.slice(), verdict.claims)
      }
    }
  }

  return {
    extensionName: 'gate',
    beforeSync,
    // Runs when the message was applied, and when it was not.
    async afterHandleMessage({ context }) {
      context.handled?.()
      context.handled = null
    },
  }
}
