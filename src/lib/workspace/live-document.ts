import type * as Y from 'yjs'
import type { Connection } from '#lib/sync/connection.ts'
import type { OpenDocument } from '#lib/sync/open-document.ts'
import { Signals } from './signals.ts'

/** A document as components read it, part by part: `Key` names what they can follow apart. */
export abstract class LiveDocument<Key extends string> {
  readonly name: string
  protected readonly signals = new Signals<Key | 'state'>()
  #document: OpenDocument | null = null
  #unobserve = () => {}

  constructor(name: string) {
    this.name = name
  }

  /** Reads the parts of a document and follows them; the answer ends that. */
  protected abstract observe(doc: Y.Doc): () => void

  /** Goes live; the answer ends it. */
  open(connection: Connection): () => void {
    const document = this.#document = connection.open(this.name)
    const changed = () => this.signals.changed('state')
    const replaced = () => {
      this.#unobserve()
      this.#unobserve = this.observe(document.doc)
      changed()
    }
    document.on('change', changed)
    document.on('replaced', replaced)
    replaced()
    return () => {
      this.#unobserve()
      this.#unobserve = () => {}
      document.off('change', changed)
      document.off('replaced', replaced)
      this.#document = null
      connection.close(document)
      changed()
    }
  }

  /** The open document; `null` before the page is live. Its `doc` is another one after an edit was refused. */
  get document(): OpenDocument | null {
    this.signals.track('state')
    return this.#document
  }

  get doc(): Y.Doc | null {
    return this.document?.doc ?? null
  }

  /** What is empty here is truly empty. */
  get ready(): boolean {
    return this.document?.ready ?? false
  }

  /** The server said that there is no such document, or not for us. */
  get denied(): boolean {
    return this.document?.denied ?? false
  }
}
