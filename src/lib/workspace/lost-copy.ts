import * as Y from 'yjs'
import { boardRoots } from '#lib/board/board-document.ts'
import { missionRoots } from '#lib/board/mission-document.ts'
import { runRoots } from '#lib/board/run-document.ts'
import { parseDocumentName } from '#lib/sync/document-names.ts'

const roots = { board: boardRoots, mission: missionRoots, run: runRoots, doc: ['body'] } as const
const richText = new Set(['description', 'body'])
const plainText = new Set(['draft'])
const lists = new Set(['entries'])

/** What a person keeps of a document whose edits were refused: a name for the file, and all of its content as JSON. */
export function lostCopy(document: string, update: Uint8Array): { name: string; json: string } {
  const kind = parseDocumentName(document)?.kind ?? 'doc'
  const doc = new Y.Doc()
  Y.applyUpdate(doc, update)
  const content: Record<string, unknown> = {}
  for (const root of roots[kind]) {
    content[root] = richText.has(root) ? paragraphs(doc.get(root, Y.XmlElement) as Y.XmlElement)
      : plainText.has(root) ? doc.getText(root).toJSON()
      : lists.has(root) ? doc.getArray(root).toJSON()
      : doc.getMap(root).toJSON()
  }
  doc.destroy()
  return { name: `${document.replace('/', '-')}.json`, json: JSON.stringify({ document, ...content }, null, 2) }
}

/** The words of rich text, a string for each block. */
const paragraphs = (root: Y.XmlElement): string[] =>
  root.toArray().map((block) => words(block)).filter((text) => text !== '')

function words(node: unknown): string {
  if (node instanceof Y.XmlText) {
    return (node.toDelta() as { insert: unknown }[]).map(({ insert }) => (typeof insert === 'string' ? insert : words(insert))).join('')
  }
  if (node instanceof Y.XmlElement) return node.toArray().map(words).filter((text) => text !== '').join('\n')
  return ''
}
