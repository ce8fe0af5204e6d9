import type * as Y from 'yjs'
import { commentsOf, readComments, type Comment } from '#lib/board/comments.ts'
import type { OpenDocument } from '#lib/sync/open-document.ts'
import { Signals } from '#lib/workspace/signals.ts'
import type { Talked } from './open-talk.svelte.ts'

/** The comments of a document that somebody else has opened. */
export class LiveComments implements Talked {
  #signals = new Signals<'comments' | 'doc'>()
  #comments: readonly Comment[] = []
  #doc: Y.Doc | null = null
  #unobserve = () => {}

  get comments(): readonly Comment[] {
    this.#signals.track('comments')
    return this.#comments
  }

  get doc(): Y.Doc | null {
    this.#signals.track('doc')
    return this.#doc
  }

  /** Follows a document, whichever `doc` it has; the answer ends that. */
  follow(document: OpenDocument): () => void {
    const replaced = () => this.#observe(document.doc)
    document.on('replaced', replaced)
    this.#observe(document.doc)
    return () => {
      document.off('replaced', replaced)
      this.#unobserve()
      this.#unobserve = () => {}
      this.#doc = null
      this.#signals.changed('doc')
    }
  }

  #observe(doc: Y.Doc) {
    this.#unobserve()
    const comments = commentsOf(doc)
    const read = () => {
      this.#comments = readComments(doc)
      this.#signals.changed('comments')
    }
    comments.observeDeep(read)
    this.#unobserve = () => comments.unobserveDeep(read)
    this.#doc = doc
    read()
    this.#signals.changed('doc')
  }
}
