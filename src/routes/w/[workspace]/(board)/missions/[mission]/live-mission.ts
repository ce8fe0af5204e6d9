import type * as Y from 'yjs'
import type { MissionId } from '#lib/board/ids.ts'
import {
  commentsOf, filesOf, readComments, readFiles, readReviews, readRuns, reviewsOf, runsOf,
  type Comment, type MissionFile, type Review, type RunSummary,
} from '#lib/board/mission-document.ts'
import type { Connection } from '#lib/sync/connection.ts'
import { missionDocument } from '#lib/sync/document-names.ts'
import type { OpenDocument } from '#lib/sync/open-document.ts'
import { Signals } from '#lib/workspace/signals.ts'

type Key = 'state' | 'comments' | 'files' | 'runs' | 'reviews'

/** A mission's document as components read it: whoever reads the comments is rendered again by a comment, not by a run. */
export class LiveMission {
  readonly id: MissionId
  #signals = new Signals<Key>()
  #document: OpenDocument | null = null
  #comments: readonly Comment[] = []
  #files: readonly MissionFile[] = []
  #runs: readonly RunSummary[] = []
  #reviews: readonly Review[] = []
  #unobserve = () => {}

  constructor(id: MissionId) {
    this.id = id
  }

  /** Goes live; the answer ends it. */
  open(connection: Connection): () => void {
    const document = this.#document = connection.open(missionDocument(this.id))
    const changed = () => this.#signals.changed('state')
    const replaced = () => this.#observe(document.doc)
    document.on('change', changed)
    document.on('replaced', replaced)
    this.#observe(document.doc)
    return () => {
      this.#unobserve()
      document.off('change', changed)
      document.off('replaced', replaced)
      this.#document = null
      connection.close(document)
      changed()
    }
  }

  /** The open document; `null` before the page is live. Its `doc` is another one after an edit was refused. */
  get document(): OpenDocument | null {
    this.#signals.track('state')
    return this.#document
  }

  get doc(): Y.Doc | null {
    return this.document?.doc ?? null
  }

  /** What is empty here is truly empty. */
  get ready(): boolean {
    return this.document?.ready ?? false
  }

  /** The server said that there is no such mission, or not for us. */
  get denied(): boolean {
    return this.document?.denied ?? false
  }

  /** Oldest first, as are all of these. */
  get comments(): readonly Comment[] {
    this.#signals.track('comments')
    return this.#comments
  }

  get files(): readonly MissionFile[] {
    this.#signals.track('files')
    return this.#files
  }

  get runs(): readonly RunSummary[] {
    this.#signals.track('runs')
    return this.#runs
  }

  get reviews(): readonly Review[] {
    this.#signals.track('reviews')
    return this.#reviews
  }

  #observe(doc: Y.Doc) {
    this.#unobserve()
    const read = {
      comments: () => (this.#comments = readComments(doc)),
      files: () => (this.#files = readFiles(doc)),
      runs: () => (this.#runs = readRuns(doc)),
      reviews: () => (this.#reviews = readReviews(doc)),
    }
    const parts = { comments: commentsOf(doc), files: filesOf(doc), runs: runsOf(doc), reviews: reviewsOf(doc) }
    const stops = (Object.keys(parts) as (keyof typeof parts)[]).map((part) => {
      const follow = () => {
        read[part]()
        this.#signals.changed(part)
      }
      parts[part].observeDeep(follow)
      follow()
      return () => parts[part].unobserveDeep(follow)
    })
    this.#unobserve = () => {
      for (const stop of stops) stop()
      this.#unobserve = () => {}
    }
    this.#signals.changed('state')
  }
}
