import * as Y from 'yjs'
import type { Actor } from '#lib/board/policy.ts'
import type { RefusalCode } from '#lib/sync/close-reasons.ts'
import type { Log } from '../log.ts'
import type { Owners } from './gate.ts'
import { MalformedUpdate, resolveUpdate, type Op } from './resolve-update.ts'
import type { Refusal, Rules } from './rules/rule.ts'

/**
 * What becomes of an update. `wait`: it builds on what the client is about to send. `allowed`: `clients` are the Yjs clients that
 * it adds structs of, `claims` those among them that nobody owns yet; `overlaps` when it repeats a part of what is known. `makes` are
 * the records that it makes or takes away, `touches` all those it writes to, each as root and key.
 */
export type Verdict =
  | { verdict: 'nothing new' }
  | { verdict: 'wait' }
  | { verdict: 'refused'; refusal: Refusal }
  | { verdict: 'allowed'; clients: ReadonlySet<number>; claims: number[]; overlaps: boolean; makes: ReadonlySet<string>; touches: readonly string[] }

export type Question = {
  actor: Actor
  /** The document's name. */
  name: string
  /** As it is before the update; it is only read. */
  doc: Y.Doc
  update: Uint8Array
  /** This connection's own state was received once: from then on nothing may be missing that an update builds on. */
  firstSyncDone: boolean
}

export type Judge = (question: Question) => Verdict

function recordsOf(ops: readonly Op[]): { makes: Set<string>; touches: string[] } {
  const makes = new Set<string>()
  const touches: string[] = []
  for (const { path: [root, key, ...rest] } of ops) {
    if (typeof key !== 'string') continue
    const record = `${root}/${key}`
    touches.push(record)
    if (rest.length === 0) makes.add(record)
  }
  return { makes, touches }
}

const refused = (code: RefusalCode, message = ''): Verdict => ({ verdict: 'refused', refusal: { code, message } })

/** Judges by the rules of the document, by who owns its client ids, and by what Yjs would do with the update. Never throws. */
export function createJudge({ owners, rulesFor, mostBytes, log }: {
  owners: Owners
  rulesFor: (document: string) => Rules | null
  /** The longest update, in bytes. */
  mostBytes: number
  log: Log
}): Judge {
  function judge({ actor, name, doc, update, firstSyncDone }: Question): Verdict {
    if (update.byteLength > mostBytes) return refused('too_large')
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
    if (refusal) return { verdict: 'refused', refusal }
    return { verdict: 'allowed', clients: resolved.newClients, claims, overlaps: resolved.overlaps, ...recordsOf(resolved.ops) }
  }

  // Whatever an update makes the judge stumble over: it is not let in, and its sender is told.
  return (question) => {
    try {
      return judge(question)
    } catch (error) {
      if (error instanceof MalformedUpdate) return refused('malformed', `The edit could not be read: ${error.message}.`)
      log.error({ err: error, document: question.name, actor: question.actor.id }, 'update not understood')
      return refused('malformed')
    }
  }
}
