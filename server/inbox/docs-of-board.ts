import * as Y from 'yjs'
import { isId, type ProjectId } from '#lib/board/ids.ts'

/** Titles of docs, and their projects. */
export const docsOfBoard = (board: Y.Doc) => new Map([...board.getMap<unknown>('docs').entries()].flatMap(([id, doc]) => {
  if (!(doc instanceof Y.Map)) return []
  const [title, projectId] = [doc.get('title'), doc.get('projectId')]
  return [[id, { title: typeof title === 'string' ? title : '', projectId: isId(projectId) ? projectId as ProjectId : null }] as const]
}))
