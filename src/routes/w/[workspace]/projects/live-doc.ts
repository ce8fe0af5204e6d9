import { filesOf, readFiles, type MissionFile } from '#lib/board/mission-document.ts'
import type { Connection } from '#lib/sync/connection.ts'
import type { OpenDocument } from '#lib/sync/open-document.ts'
import { Signals } from '#lib/workspace/signals.ts'

/** A document of rich text as components read it: a doc, or a project's brief with the project's own files. */
export class LiveDoc {
  readonly name: string
  #signals = new Signals<'state' | 'files'>()
  #document: OpenDocument | null = null
  #files: readonly MissionFile[] = []
  #unobserve = () => {}

  constructor(name: string) {
    this.name = name
  }

  /** Goes live; the answer ends it. */
  open(connection: Connection): () => void {
    const document = this.#document = connection.open(this.name)
    const changed = () => this.#signals.changed('state')
    const replaced = () => this.#observe(document)
    document.on('change', changed)
    document.on('replaced', replaced)
    this.#observe(document)
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

  /** `null` before the page is live. Its `doc` is another one after an edit was refused. */
  get document(): OpenDocument | null {
    this.#signals.track('state')
    return this.#document
  }

  /** What is empty here is truly empty. */
  get ready(): boolean {
    return this.document?.ready ?? false
  }

  /** The server said that there is no such document, or not for us. */
  get denied(): boolean {
    return this.document?.denied ?? false
  }

  /** Oldest first. */
  get files(): readonly MissionFile[] {
    this.#signals.track('files')
    return this.#files
  }

  #observe({ doc }: OpenDocument) {
    this.#unobserve()
    const files = filesOf(doc)
    const read = () => {
      this.#files = readFiles(doc)
      this.#signals.changed('files')
    }
    files.observeDeep(read)
    this.#unobserve = () => files.unobserveDeep(read)
    read()
    this.#signals.changed('state')
  }
}
