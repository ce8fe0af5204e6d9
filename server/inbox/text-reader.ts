import type { ActorId, DocId, WorkspaceId } from '#lib/board/ids.ts'
import type { Member } from '#lib/board/mission.ts'
import type { DocumentName } from '#lib/sync/document-names.ts'
import type { Database } from '../store/database.ts'
import { documentHead } from '../store/document-head.ts'
import type { Documents } from '../sync/documents.ts'
import { settleSource, type KeepReasons } from './keep-reasons.ts'
import { textReasons, whyTalkSettled, type Place } from './text-reasons.ts'

export type TextName = DocumentName & { kind: 'mission' | 'doc' }

/** What is said in missions and docs, and to whom. */
export function createTextReader({ db, documents, authorsOf, workspaceOf, members, keep }: {
  db: Database
  documents: Documents
  authorsOf: (document: string) => Promise<ReadonlyMap<number, string>>
  workspaceOf: (document: DocumentName) => Promise<WorkspaceId | null>
  members: (workspaceId: WorkspaceId) => Promise<ReadonlyMap<ActorId, Member>>
  keep: KeepReasons
}) {
  return {
    /** Answers how far the log of the document went when it was read. */
    async read(name: TextName): Promise<{ doc: string; seq: number }> {
      const doc = `${name.kind}/${name.id}`
      const seq = await documentHead(db, doc)
      const workspaceId = await workspaceOf(name)
      if (!workspaceId) {
        await settleSource(db, keep, doc, 'It was deleted.')
        return { doc, seq }
      }
      const everybody = await members(workspaceId)
      const authors = await authorsOf(doc)
      const place: Place = name.kind === 'mission' ? { missionId: name.id, docId: null, root: 'description' } : { missionId: null, docId: name.id as DocId, root: 'body' }
      const reasons = await documents.read(doc, (text) => textReasons(text, place, { members: everybody, authors }))
      await keep({
        workspaceId, reasons, source: () => doc, sources: [doc],
        why: (gone) => documents.read(doc, (text) => {
          const [kind, id = ''] = gone.place.split('/')
          return kind === 'comment' ? whyTalkSettled(text, id, gone.user_id) : 'The text does not mention you any more.'
        }),
      })
      return { doc, seq }
    },
  }
}
