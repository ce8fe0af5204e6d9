import type * as Y from 'yjs'
import type { MissionId } from '#lib/board/ids.ts'
import {
  commentsOf, filesOf, readComments, readFiles, readReviews, readRuns, reviewsOf, runsOf,
  type Comment, type MissionFile, type Review, type RunSummary,
} from '#lib/board/mission-document.ts'
import { missionDocument } from '#lib/sync/document-names.ts'
import { LiveDocument } from '#lib/workspace/live-document.ts'

/** A mission's document as components read it: whoever reads the comments is rendered again by a comment, not by a run. */
export class LiveMission extends LiveDocument<'comments' | 'files' | 'runs' | 'reviews'> {
  readonly id: MissionId
  #comments: readonly Comment[] = []
  #files: readonly MissionFile[] = []
  #runs: readonly RunSummary[] = []
  #reviews: readonly Review[] = []

  constructor(id: MissionId) {
    super(missionDocument(id))
    this.id = id
  }

  /** Oldest first, as are all of these. */
  get comments(): readonly Comment[] {
    this.signals.track('comments')
    return this.#comments
  }

  get files(): readonly MissionFile[] {
    this.signals.track('files')
    return this.#files
  }

  get runs(): readonly RunSummary[] {
    this.signals.track('runs')
    return this.#runs
  }

  get reviews(): readonly Review[] {
    this.signals.track('reviews')
    return this.#reviews
  }

  protected observe(doc: Y.Doc) {
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
        this.signals.changed(part)
      }
      parts[part].observeDeep(follow)
      follow()
      return () => parts[part].unobserveDeep(follow)
    })
    return () => {
      for (const stop of stops) stop()
    }
  }
}
