import * as Y from 'yjs'
import type { Refusal } from '#lib/sync/connection.ts'
import type { OpenDocument } from '#lib/sync/open-document.ts'
import { device } from '../support/device.ts'
import type { Somebody } from '../support/harbour.ts'
import type { Random } from '../support/random.ts'
import { Ledger } from './ledger.ts'
import { Network } from './network.ts'

const patience = { delay: 60, minDelay: 20, maxDelay: 250 }

/** Somebody with a device, a network of their own, and a page that comes and goes. */
export class Participant {
  readonly ledger = new Ledger()
  readonly network: Network
  readonly refusals: Refusal[] = []
  readonly label: string
  readonly somebody: Somebody
  crashes = 0
  #url: string
  #device = device()
  #page: Page | null = null
  #onAcknowledged: (document: string) => void

  constructor({ url, label, somebody, random, onAcknowledged = () => {} }: {
    url: string
    label: string
    somebody: Somebody
    random: Random
    onAcknowledged?: (document: string) => void
  }) {
    this.#url = url
    this.label = label
    this.somebody = somebody
    this.network = new Network(random)
    this.#onAcknowledged = onAcknowledged
    this.openPage()
  }

  get page() {
    return this.#page
  }

  get connection() {
    return this.#page?.connection ?? null
  }

  openPage() {
    if (this.#page) return
    const { connection } = this.#device.open(this.network.url(this.#url), this.somebody.token)
    connection.socket.setConfiguration(patience)
    connection.on('refused', (refusal) => {
      this.refusals.push(refusal)
      this.ledger.giveUp(refusal.document)
    })
    this.#page = { connection, documents: new Map() }
  }

  /** A document that this page has open from here on. */
  open(name: string): OpenDocument {
    const page = this.#page
    if (!page) throw new Error(`${this.label} has no page`)
    const known = page.documents.get(name)
    if (known) return known
    const document = page.connection.open(name)
    page.documents.set(name, document)
    document.on('change', () => {
      if (!document.synced || page.connection.waitingIn(name) > 0 || page !== this.#page) return
      this.ledger.acknowledge(name)
      this.#onAcknowledged(name)
    })
    return document
  }

  /** Edits a document here and now; `work` says which comment it deletes, if any. */
  edit(name: string, work: (doc: Y.Doc) => string | null | void) {
    const { doc } = this.open(name)
    let changed = false
    const note = () => { changed = true }
    doc.on('update', note)
    const gone = work(doc) ?? null
    doc.off('update', note)
    if (changed) this.ledger.note({ document: name, client: doc.clientID, clock: Y.getState(doc.store, doc.clientID), gone })
  }

  /** Resolves when nothing waits on this page. */
  async acknowledged() {
    await Promise.all([...this.#page?.documents.values() ?? []].map((document) => document.whenAcknowledged()))
  }

  /** The page is gone without a goodbye; what is on the device stays. */
  async crash() {
    const page = this.#page
    if (!page) return
    this.#page = null
    this.crashes++
    this.network.vanish()
    await page.connection.destroy()
  }

  async end() {
    await this.crash()
    this.network.end()
  }
}

type Page = { connection: ReturnType<ReturnType<typeof device>['open']>['connection']; documents: Map<string, OpenDocument> }
