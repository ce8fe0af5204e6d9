import { messagesOf, say, turnsOf } from '#lib/board/chat.ts'
import { archiveMission } from '#lib/board/edits.ts'
import type { ChatId, DocId, FileId, MessageId, MissionId } from '#lib/board/ids.ts'
import { referenceUrl } from '#lib/board/reference.ts'
import { escapeMarkdown, markdownLink } from '#lib/editor/escape-markdown.ts'
import { boardDocument, chatDocument, docDocument } from '#lib/sync/document-names.ts'
import { timeZoneOf } from '#lib/routines/routine.ts'
import type { Coo } from '../coo/coo.ts'
import type { RunEdits } from '../staff/run-edits.ts'
import type { Database } from '../store/database.ts'
import type { Documents } from '../sync/documents.ts'
import { authorOf } from './begin.ts'
import { triggerOf, type FiringRow, type RoutineRow } from './routine-row.ts'
import type { RunEnded } from './settle.ts'

type Delivered = { ok: true } | { ok: false; reason: string }
export type Made = { id: FileId; name: string; version: number; type: string; size: number }

/** What runs of a mission left on it, the newest version of each. */
export const artifactsOf = async (db: Database, missionId: MissionId): Promise<Made[]> => {
  const rows = await db.selectFrom('files').innerJoin('file_versions', 'file_versions.file_id', 'files.id').select(['files.id', 'files.name', 'version', 'type', 'size'])
    .where('mission_id', '=', missionId).where('kind', '=', 'artifact').where('deleted_at', 'is', null).orderBy('files.created_at').orderBy('version').execute()
  return [...new Map(rows.map((row) => [row.id, row])).values()]
}

/** Brings a result where it was asked to go within the workspace. Done again after a crash, nothing is there twice. */
export function createDeliver({ db, documents, runEdits, chats, now }: { db: Database; documents: Documents; runEdits: Pick<RunEdits, 'edit'>; chats: Coo['chats']; now: () => number }) {
  async function told(routine: RoutineRow, firing: FiringRow, run: RunEnded): Promise<string> {
    const made = await artifactsOf(db, firing.mission_id)
    const links = [...made.map(({ id, name }) => `- ${markdownLink(name, referenceUrl({ kind: 'file', id }))}`), `- [The mission](${referenceUrl({ kind: 'mission', id: firing.mission_id })})`]
    return `${run.summary || `${escapeMarkdown(routine.name)} has run.`}\n\n${links.join('\n')}`
  }

  async function intoDoc(routine: RoutineRow, firing: FiringRow, run: RunEnded, docId: DocId): Promise<Delivered> {
    const place = await db.selectFrom('docs').select('archived_at').where('id', '=', docId).where('workspace_id', '=', routine.workspace_id).executeTakeFirst()
    const staff = await db.selectFrom('staff').select('name').where('id', '=', run.staffId).executeTakeFirst()
    if (!place || place.archived_at !== null || !staff) return { ok: false, reason: 'The doc that the result goes to is not there any more. The result is on its mission; choose another doc.' }
    const day = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeZone: timeZoneOf(triggerOf(routine)) }).format(firing.due_at)
    const markdown = `## ${escapeMarkdown(routine.name)}, ${day}\n\n${await told(routine, firing, run)}`
    const actor = { kind: 'staff', id: run.staffId, name: staff.name, workspaceId: routine.workspace_id, lease: null, tool: 'edit_doc' } as const
    const edited = await runEdits.edit({ runId: run.id, workspaceId: routine.workspace_id }, actor, docDocument(docId), `routine ${firing.id}`, { markdown })
    return edited.ok ? { ok: true } : { ok: false, reason: `The result could not be added to the doc: ${edited.message}` }
  }

  async function intoChat(routine: RoutineRow, firing: FiringRow, run: RunEnded, chatId: ChatId): Promise<Delivered> {
    const chat = await chats.find(chatId)
    if (!chat || chat.workspace_id !== routine.workspace_id || chat.archived_at !== null) return { ok: false, reason: 'The chat that the result goes to is not there any more. The result is on its mission; choose another chat.' }
    const id = firing.id as string as MessageId
    const body = `**${escapeMarkdown(routine.name)}**\n\n${await told(routine, firing, run)}`
    let isNew = false
    await documents.edit(chatDocument(chatId), (doc) => {
      if (messagesOf(doc).has(id)) return
      isNew = true
      say(doc, { id, by: run.staffId, body }, now())
      // It asks nothing of anybody.
      turnsOf(doc).set(id, { state: 'answered', at: now(), reason: '', answer: null })
    })
    if (isNew) await chats.said(chatId, run.staffId, body, now())
    return { ok: true }
  }

  return {
    toDoc: intoDoc,
    toChat: intoChat,

    /** What has been delivered elsewhere is not in the way on the board. */
    putAway: (routine: RoutineRow, firing: FiringRow) =>
      documents.edit(boardDocument(routine.workspace_id), (board) => archiveMission(board, firing.mission_id, now()), authorOf(routine)),
  }
}

export type Deliver = ReturnType<typeof createDeliver>
