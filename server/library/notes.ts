import { createHash } from 'node:crypto'
import { archiveDoc, createDoc } from '#lib/board/doc-edits.ts'
import { docsOf } from '#lib/board/board-document.ts'
import { bodyOf } from '#lib/board/doc.ts'
import type { ActorId, DocId, NoteId, RunId, WorkspaceId } from '#lib/board/ids.ts'
import { referenceUrl } from '#lib/board/reference.ts'
import { writeMarkdown } from '#lib/editor/markdown.ts'
import type { Note } from '#lib/library/note.ts'
import { boardDocument, docDocument } from '#lib/sync/document-names.ts'
import type { Happening } from '../activity/happening.ts'
import { newId } from '../new-id.ts'
import type { ServerTools, ToolAnswer } from '../runs/protocol.ts'
import type { Database } from '../store/database.ts'
import type { Documents } from '../sync/documents.ts'
import type { GivenContext } from './given.ts'

/** So many may one run propose, and may wait of one staff member: more are not read by anybody. */
const [mostOfRun, mostWaiting] = [10, 50]
const longestTitle = 80

type By = { id: ActorId }
type Decided = { ok: true; note: Note } | { ok: false; code: 'not_found' | 'decided'; message: string }

/** The same words are the same note, whatever stands between them. */
const hashOf = (text: string) => createHash('sha256').update(text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, ' ').trim()).digest('hex')
/** The first line, as far as a title goes. */
export function titleOf(text: string): string {
  const line = text.replace(/^[#>\s*-]+/, '').split('\n')[0]?.replace(/[*_`]/g, '').trim() ?? ''
  return line.length <= longestTitle ? line : `${line.slice(0, longestTitle).replace(/\s+\S*$/, '')} …`
}

/**
 * What staff would remember. A note is a row until a person accepts it; then it is a doc that everybody can edit, and that is given to the staff
 * member. What was declined or forgotten is not proposed again in the same words.
 */
export function createNotes({ db, documents, given, now, record, changed, follow }: {
  db: Database
  documents: Documents
  given: GivenContext
  now: () => number
  record: (happening: Happening) => void
  changed: (workspaceId: WorkspaceId) => void
  /** What waits for people because of the notes of this staff member may be something else now. */
  follow: (workspaceId: WorkspaceId, staffId: ActorId) => void
}) {
  const rows = () => db.selectFrom('notes').leftJoin('missions', 'missions.id', 'notes.mission_id').selectAll('notes').select('missions.title')
  type Row = Awaited<ReturnType<ReturnType<typeof rows>['execute']>>[number]
  const find = (id: NoteId) => rows().where('notes.id', '=', id).executeTakeFirst()
  const shown = (row: Row): Note => ({
    id: row.id, staffId: row.staff_id, mission: { id: row.mission_id, title: row.title ?? '' }, runId: row.run_id, text: row.text, why: row.why, state: row.state,
    at: row.at, decidedBy: row.decided_by, decidedAt: row.decided_at, docId: row.doc_id,
  })

  async function note(kind: Happening['kind'], row: Row, actor: Happening['actor']) {
    const staff = await db.selectFrom('staff').select('name').where('id', '=', row.staff_id).executeTakeFirst()
    record({
      workspaceId: row.workspace_id, kind, actor, subject: { kind: 'mission', id: row.mission_id }, missionId: row.mission_id, runId: kind === 'note.proposed' ? row.run_id : null,
      details: { to: titleOf(row.text), staff: { id: row.staff_id, name: staff?.name ?? '' } },
    })
    changed(row.workspace_id)
    follow(row.workspace_id, row.staff_id)
  }

  /** Of two who decide at once one was first. */
  async function decide(id: NoteId, from: Note['state'], to: Note['state'], by: By, fields: { doc_id?: DocId } = {}): Promise<{ ok: true; row: Row } | Extract<Decided, { ok: false }>> {
    const decided = await db.updateTable('notes').set({ state: to, decided_by: by.id, decided_at: now(), ...fields }).where('id', '=', id).where('state', '=', from).returning('id').executeTakeFirst()
    const row = await find(id)
    if (!row) return { ok: false, code: 'not_found', message: 'There is no such note any more.' }
    if (decided) return { ok: true, row }
    return { ok: false, code: 'decided', message: row.state === 'proposed' ? 'The note was not accepted yet.' : `The note was ${row.state} already${row.decided_by === by.id ? ' by you' : ''}.` }
  }

  async function takeBack(row: Pick<Row, 'workspace_id' | 'staff_id'>, docId: DocId, by: By) {
    await given.take({ kind: 'staff', id: row.staff_id }, referenceUrl({ kind: 'doc', id: docId }), by.id, { quiet: true })
    await documents.edit(boardDocument(row.workspace_id), (board) => archiveDoc(board, docId, now()))
  }

  return {
    workspaceOf: async (id: NoteId) => (await db.selectFrom('notes').select('workspace_id').where('id', '=', id).executeTakeFirst())?.workspace_id ?? null,

    /** What waits for a person, and what is remembered: the newest first. */
    async of(staffId: ActorId): Promise<Note[]> {
      return (await rows().where('staff_id', '=', staffId).where('state', 'in', ['proposed', 'accepted']).orderBy('at', 'desc').orderBy('notes.id').execute()).map(shown)
    },

    /** Puts a note before people, for a run that asks for it. */
    async propose(run: { id: RunId; workspaceId: WorkspaceId; staffId: ActorId }, { text, why }: ServerTools['remember']): Promise<ToolAnswer> {
      const said = await db.selectFrom('notes').select('state').where('staff_id', '=', run.staffId).where('hash', '=', hashOf(text)).executeTakeFirst()
      if (said?.state === 'accepted') return { ok: true, result: 'You remember this already.' }
      if (said?.state === 'proposed') return { ok: true, result: 'This was proposed already, and waits for a person.' }
      if (said) return { ok: false, message: 'People decided that you do not remember this. Do not propose it again.' }
      const count = (condition: Promise<{ n: number }>) => condition.then(({ n }) => Number(n))
      const counting = () => db.selectFrom('notes').select((eb) => eb.fn.countAll<number>().as('n'))
      if (await count(counting().where('run_id', '=', run.id).executeTakeFirstOrThrow()) >= mostOfRun) return { ok: false, message: `This run proposed ${mostOfRun} notes already, which is the most.` }
      if (await count(counting().where('staff_id', '=', run.staffId).where('state', '=', 'proposed').executeTakeFirstOrThrow()) >= mostWaiting) return { ok: false, message: `${mostWaiting} notes wait for people already. Say it in your answer instead.` }
      const of = await db.selectFrom('runs').select('mission_id').where('id', '=', run.id).executeTakeFirstOrThrow()
      const id = newId<NoteId>()
      await db.insertInto('notes').values({
        id, workspace_id: run.workspaceId, staff_id: run.staffId, run_id: run.id, mission_id: of.mission_id, text, why, hash: hashOf(text), state: 'proposed', at: now(), decided_by: null, decided_at: null, doc_id: null,
      }).onConflict((conflict) => conflict.doNothing()).execute()
      const row = await find(id)
      if (row) await note('note.proposed', row, { kind: 'staff', id: run.staffId })
      return { ok: true, result: 'The note waits for a person. Once it is accepted, you are given it in every run.' }
    },

    /** Makes a doc of it, in the words that the person gave it, and gives that to the staff member. Whatever came between, it can be done again. */
    async accept(id: NoteId, by: By, words?: string): Promise<Decided> {
      const before = await find(id)
      const docId = id as string as DocId
      if (before?.state === 'proposed') {
        const text = words?.trim() || before.text
        await documents.edit(boardDocument(before.workspace_id), (board) => {
          if (!docsOf(board).has(docId)) createDoc(board, { id: docId, title: titleOf(text), projectId: null }, by.id, now())
        })
        await documents.edit(docDocument(docId), (doc) => {
          if (bodyOf(doc).length === 0) writeMarkdown(bodyOf(doc), text)
        })
        await given.give({ kind: 'staff', id: before.staff_id }, referenceUrl({ kind: 'doc', id: docId }), by.id, { quiet: true })
      }
      const decided = await decide(id, 'proposed', 'accepted', by, { doc_id: docId })
      if (!decided.ok) {
        if (before?.state === 'proposed' && (await find(id))?.state === 'declined') await takeBack(before, docId, by)
        return decided
      }
      await note('note.accepted', decided.row, { kind: 'person', id: by.id })
      return { ok: true, note: shown(decided.row) }
    },

    async decline(id: NoteId, by: By): Promise<Decided> {
      const decided = await decide(id, 'proposed', 'declined', by)
      if (!decided.ok) return decided
      await note('note.declined', decided.row, { kind: 'person', id: by.id })
      return { ok: true, note: shown(decided.row) }
    },

    /** Takes an accepted note away from the staff member; its doc is deleted, and can be brought back. */
    async forget(id: NoteId, by: By): Promise<Decided> {
      const decided = await decide(id, 'accepted', 'forgotten', by)
      if (!decided.ok) return decided
      const { row } = decided
      if (row.doc_id) await takeBack(row, row.doc_id, by)
      await note('note.forgotten', row, { kind: 'person', id: by.id })
      return { ok: true, note: shown(row) }
    },
  }
}

export type Notes = ReturnType<typeof createNotes>
