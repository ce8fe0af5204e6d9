import type * as Y from 'yjs'
import { descriptionOf } from '#lib/board/mission-document.ts'
import { readMarkdown } from '#lib/editor/markdown.ts'

/** A text that is being typed is read when it pauses. */
const pauseMs = 600

/** The description as Markdown, live; `null` before it is known. The answer ends it. */
export class Described {
  text = $state.raw<string | null>(null)

  follow(doc: Y.Doc): () => void {
    const root = descriptionOf(doc)
    const read = () => (this.text = readMarkdown(root))
    let timer: ReturnType<typeof setTimeout> | undefined
    const changed = () => {
      clearTimeout(timer)
      timer = setTimeout(read, pauseMs)
    }
    root.observeDeep(changed)
    read()
    return () => {
      clearTimeout(timer)
      root.unobserveDeep(changed)
    }
  }
}
