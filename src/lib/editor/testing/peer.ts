import { createHeadlessEditor } from '@lexical/headless'
import { registerList } from '@lexical/list'
import { registerTablePlugin } from '@lexical/table'
import type { LexicalEditor } from 'lexical'
import { Awareness } from 'y-protocols/awareness'
import * as Y from 'yjs'
import { descriptionOf } from '../../board/mission-document.ts'
import { bindYjs, type Bound } from '../bind-yjs.ts'
import { keepShape } from '../keep-shape.ts'
import { editorNodes } from '../nodes.ts'

export type Peer = { doc: Y.Doc; root: Y.XmlElement; editor: LexicalEditor; bound: Bound; errors: Error[]; broken: () => boolean; close: () => void }

/** An editor without a screen, bound to a document as one in a browser is. */
export function openPeer(doc = new Y.Doc()): Peer {
  const errors: Error[] = []
  let told: Bound | null = null
  let isBroken = false
  const root = descriptionOf(doc)
  const awareness = new Awareness(doc)
  const editor = createHeadlessEditor({
    nodes: editorNodes,
    onError: (error) => {
      errors.push(error)
      told?.failed(error)
    },
  })
  const stop = [registerList(editor), registerTablePlugin(editor), keepShape(editor)]
  const bound: Bound = bindYjs({
    editor, doc, root, awareness,
    person: { name: 'A peer', colour: 'var(--teal)' },
    onBroken: () => {
      isBroken = true
    },
    onMended: () => {
      isBroken = false
    },
  })
  told = bound
  for (const error of errors) bound.failed(error)
  bound.ready()
  return {
    doc, root, editor, bound, errors,
    broken: () => isBroken,
    close: () => {
      bound.release()
      for (const each of stop) each()
      awareness.destroy()
    },
  }
}
