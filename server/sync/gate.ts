import type { beforeSyncPayload, Extension } from '@hocuspocus/server'
import type * as Y from 'yjs'
import type { Actor } from '#lib/board/policy.ts'
import { policyReason, serverReloading, storeFailing, type RefusalCode } from '#lib/sync/close-reasons.ts'
import { parseDocumentName } from '#lib/sync/document-names.ts'
import type { Log } from '../log.ts'
import type { Metrics } from '../metrics.ts'
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
/** Copies of edits that are longer give their memory back as soon as they are stored. */
const freedAtOnceBytes = 1_024

/**
 * How long what was said in a chat waits on the server before its other readers are told, in ms. The COO is asked meanwhile: were they all to draw it
 * first, the question would wait for them where their devices, or the server's own work of telling them, take the processor.
 */
const tellAfterMs = 12

/** Who owns the client ids of each loaded document. */
export type Owners = WeakMap<Y.Doc, Map<number, string>>
/** How much each loaded document takes in the store, in bytes: never less than it does. */
export type Sizes = WeakMap<Y.Doc, number>
/** What the server itself wrote into a loaded document and is not on disk yet: nobody may see it before. */
type OwnEdits = WeakMap<Y.Doc, ReadonlySet<Promise<void>>>

type Allowed = Extract<Verdict, { verdict: 'allowed' }>

/** An update that was allowed, while it is on its way through the log into the document. */
type UnderWay = Pick<Allowed, 'clients' | 'makes'> & { applied: Promise<void> }

/**
 * Decides what a client may write, and stores it, before Hocuspocus applies, broadcasts and acknowledges it. While the store fails
 * an update stays here, unacknowledged, until it is stored.
 * Hocuspocus awaits `beforeSync` for each message of a connection in turn; everything that is judged from the
 * document's state is judged synchronously, right before the append.
 */
export function createGate({ updates, owners, ownEdits, sizes, makeRoom, mostBytes, judge, metrics, log, now }: {
  updates: UpdateLog
  owners: Owners
  ownEdits: OwnEdits
  sizes: Sizes
  /** Frees what a document takes in the store for what is not in it any more. */
  makeRoom: (document: Y.Doc, name: string) => Promise<void>
  /** The largest document, as it is stored, in bytes. */
  mostBytes: number
  judge: Judge
  metrics: Metrics
  log: Log
  now: () => number
}): Extension<SyncContext> {
  const underWay = new WeakMap<Y.Doc, Set<UnderWay>>()

  /**
   * Something under way that could make the verdict another one: structs of the same clients, a record that is just being made or
   * taken away, or, for an update that repeats what is known, anything at all. A connection's messages are handled one after the
   * other, so hardly anybody waits here.
   */
  function inTheWay(doc: Y.Doc, verdict: Verdict): Promise<void> | undefined {
    if (verdict.verdict !== 'allowed') return undefined
    for (const { clients, makes, applied } of underWay.get(doc) ?? []) {
      if (verdict.overlaps || !clients.isDisjointFrom(verdict.clients) || verdict.touches.some((record) => makes.has(record))) return applied
    }
    return undefined
  }

  const isFull = (doc: Y.Doc, update: Uint8Array, verdict: Allowed) =>
    // What only deletes makes it smaller in the end.
    verdict.clients.size > 0 && (sizes.get(doc) ?? 0) + update.byteLength > mostBytes

  function refuse(name: string, actor: Actor, code: RefusalCode, message?: string): never {
    metrics.refused(code)
    log.warn({ document: name, actor: actor.id, code, message }, 'update refused')
    throw new Refused(policyReason(code, message))
  }

  async function append(actor: Actor, name: string, doc: Y.Doc, data: Uint8Array, claims: number[]) {
    const known = owners.get(doc)
    for (const client of claims) known?.set(client, actor.id)
    sizes.set(doc, (sizes.get(doc) ?? 0) + data.byteLength)
    try {
      await updates.append({ doc: name, data, actor: actor.id, at: now(), claims })
    } catch (error) {
      for (const client of claims) known?.delete(client)
      metrics.notStored()
      log.error({ err: error, document: name }, 'update not stored')
      throw new Refused(storeFailing)
    }
    metrics.accepted()
  }

  async function beforeSync({ connection, context, document, documentName, type, payload }: beforeSyncPayload<SyncContext>) {
    // Hocuspocus let this client in while it unloaded the document: whoever comes again gets the one that lives.
    if (document.isDestroyed) {
      connection.webSocket.close(serverReloading.code, serverReloading.reason)
      throw new Refused(serverReloading.reason)
    }
    if (type === askForState) {
      await Promise.all(ownEdits.get(document) ?? [])
      return
    }
    const { actor } = context
    if (type === stateAnswer) context.firstSyncDone = true
    const ask = () => judge({ actor, name: documentName, doc: document, update: payload, firstSyncDone: context.firstSyncDone })
    let verdict = ask()
    for (let madeRoom = false; ;) {
      const other = inTheWay(document, verdict)
      if (other) await other
      else if (!madeRoom && verdict.verdict === 'allowed' && isFull(document, payload, verdict)) {
        // Much of what was counted may have been written over since, faster than the log is compacted by itself.
        madeRoom = true
        await makeRoom(document, documentName)
      } else break
      verdict = ask()
    }
    switch (verdict.verdict) {
      case 'nothing new':
        metrics.nothingNew()
        return
      case 'wait':
        // The payload is a view into the message: zeros are an empty update.
        payload.fill(0)
        return
      case 'refused':
        return refuse(documentName, actor, verdict.refusal.code, verdict.refusal.message)
      case 'allowed': {
        if (connection.readOnly) return refuse(documentName, actor, 'not_allowed')
        if (isFull(document, payload, verdict)) return refuse(documentName, actor, 'document_full')
        const { promise: applied, resolve } = Promise.withResolvers<void>()
        const entry = { clients: verdict.clients, makes: verdict.makes, applied }
        const all = underWay.get(document) ?? new Set()
        underWay.set(document, all.add(entry))
        context.handled = () => {
          all.delete(entry)
          resolve()
        }
        const copy = payload.slice()
        await append(actor, documentName, document, copy, verdict.claims)
        if (parseDocumentName(documentName)?.kind === 'chat') document.flushDelay = tellAfterMs
        // V8 would let what is kept no longer lie until it is 64 MB of it.
        if (copy.byteLength > freedAtOnceBytes) copy.buffer.transfer(0)
      }
    }
  }

  return {
    extensionName: 'gate',
    beforeSync,
    // Runs when the message was applied, and when it was not.
    async afterHandleMessage({ context, document }) {
      const edited = context.handled !== null
      release(context)
      if (!edited) return
      // What the server writes itself waits for nobody.
      if (document.flushDelay) document.flushDelay = 0
      // Without another turn of the event loop; edits that were stored together go out together.
      else if (!underWay.get(document)?.size) document.flush()
    },
    // Where a hook before ours threw, the one above did not run: others must not wait for ever.
    async beforeHandleMessage({ context }) {
      release(context)
    },
    async onDisconnect({ context }) {
      release(context)
    },
  }
}

function release(context: SyncContext) {
  context.handled?.()
  context.handled = null
}
