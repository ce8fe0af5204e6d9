import * as Y from 'yjs'
import type { ActorId, DocId, ProjectId } from './ids.ts'

/** A page of a project: its title and its place in the tree. What it says is in a document of its own, `doc/<id>`. */
export type Doc = {
  id: DocId
  title: string
  projectId: ProjectId | null
  /** The doc that it stands under; `null` at the top of the project. */
  parentId: DocId | null
  /** Order among the docs of one parent. */
  rank: string
  createdBy: ActorId | null
  createdAt: number
  /** Deleted, and can be brought back. */
  archivedAt: number | null
}

/** The rich text of `doc/<id>`: a page, or a project's brief. */
export const bodyOf = (document: Y.Doc) => document.get('body', Y.XmlElement) as Y.XmlElement
