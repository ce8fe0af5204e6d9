import type * as Y from 'yjs'
import { filesOf, readFiles, type MissionFile } from '#lib/board/mission-document.ts'
import { LiveDocument } from '#lib/workspace/live-document.ts'

/** A document of rich text as components read it: a doc, or a project's brief with the project's own files. */
export class LiveDoc extends LiveDocument<'files'> {
  #files: readonly MissionFile[] = []

  /** Oldest first. */
  get files(): readonly MissionFile[] {
    this.signals.track('files')
    return this.#files
  }

  protected observe(doc: Y.Doc) {
    const files = filesOf(doc)
    const read = () => {
      this.#files = readFiles(doc)
      this.signals.changed('files')
    }
    files.observeDeep(read)
    read()
    return () => files.unobserveDeep(read)
  }
}
