import type { beforeSyncPayload, Extension } from '@hocuspocus/server'
import * as Y from 'yjs'
import { maxMessageBytes } from '#lib/board/limits.ts'
import type { Actor } from '#lib/board/policy.ts'
import { policyReason, serverReloading, type RefusalCode } from '#lib/sync/close-reasons.ts'
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
  | { verdict: 'allowed'; clients: ReadonlySet<number>; claims: number[]; overlaps: boolean }

/** Who owns the client ids of each loaded document. */
export type Owners = WeakMap<Y.Doc, Map<number, string>>

export type Gate = { extension: Extension<SyncContext>; owners: Owners }

/** An update that was allowed, while it is on its way through the log into the document. */
type UnderWay = { clients: ReadonlySet<number>; applied: Promise<void> }

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
  const owners: Owners = new WeakMap()
  const underWay = new WeakMap<Y.Doc, Set<UnderWay>>()

  function judge(actor: Actor, name: string, doc: Y.Doc, update: Uint8Array, firstSyncDone: boolean): Verdict {
    if (update.byteLength > maxMessageBytes) return refused('too_large')
    const rules = rulesFor(name)
    if (!rules) return refused('unknown_field')
    const resolved = resolveUpdate(doc, update)
    // Yjs would keep what is pending and apply it later, inside somebody else's transaction. It is honest only
    // before this connection's first state answer, which brings the same edits again.
    if (resolved.pending) return firstSyncDone ? refused('resync') : { verdict: 'wait' }
    if (resolved.ops.length === 0 && resolved.newClients.size === 0) return { verdict: 'nothing new' }

    const claims: number[] = []
    for (const client of resolved.newClients) {
      const owner = owners.get(doc)?.get(client)
      if (owner === actor.id) continue
      if (owner !== undefined || Y.getState(doc.store, client) > 0) return refused('foreign_client')
      claims.push(client)
    }
    const refusal = rules(actor, doc, resolved.ops)
    return refusal ? { verdict: 'refused', refusal } : { verdict: 'allowed', clients: resolved.newClients, claims, overlaps: resolved.overlaps }
  }

  /** Whatever an update makes the judge stumble over: it is not let in, and its sender is told. */
  function judgeAnything(...asked: Parameters<typeof judge>): Verdict {
    try {
      return judge(...asked)
    } catch (error) {
      if (error instanceof MalformedUpdate) return refused('malformed', `The edit could not be read: ${error.message}.`)
      log.error({ err: error, document: asked[1], actor: asked[0].id }, 'update not understood')
      return refused('malformed')
    }
  }

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
    const ask = () => judgeAnything(actor, documentName, document, payload, context.firstSyncDone)
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
    owners,
    extension: {
      extensionName: 'gate',
      beforeSync,
      // Runs when the message was applied, and when it was not.
      async afterHandleMessage({ context }) {
        context.handled?.()
        context.handled = null
      },
    },
  }
}

const refused = (code: RefusalCode, message?: string): Verdict =>
  ({ verdict: 'refused', refusal: { code, message: message ?? '' } })
