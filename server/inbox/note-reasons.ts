import type { ActorId, NoteId, WorkspaceId } from '#lib/board/ids.ts'
import type { Member } from '#lib/board/mission.ts'
import { responsibleFor } from '#lib/board/reviewers.ts'
import { withoutMarks } from '../files/extract/extract-markdown.ts'
import type { Database } from '../store/database.ts'
import type { KeepReasons, Settled } from './keep-reasons.ts'
import { excerpt, type Reason } from './reason.ts'

type Members = ReadonlyMap<ActorId, Member>

/** The notes of a staff member that wait for a person: whoever asked for the run, or made the mission. Of one that is archived none does. */
async function noteReasons(db: Database, staffId: ActorId, members: Members): Promise<Reason[]> {
  const rows = await db.selectFrom('notes').innerJoin('staff', 'staff.id', 'notes.staff_id').leftJoin('missions', 'missions.id', 'notes.mission_id').leftJoin('runs', 'runs.id', 'notes.run_id')
    .select(['notes.id', 'notes.mission_id', 'notes.text', 'missions.created_by', 'requested_by']).where('notes.staff_id', '=', staffId).where('notes.state', '=', 'proposed').where('staff.archived_at', 'is', null).execute()
  return rows.flatMap(({ id, mission_id: missionId, text, created_by: createdBy, requested_by: requestedBy }) =>
    responsibleFor({ createdBy }, { requestedBy }, (actor) => members.get(actor) ?? null, [...members.values()]).people.map((userId): Reason => ({
      userId, kind: 'note', reason: `note:${id}`, missionId, docId: null, place: `note/${id}`, by: staffId, words: excerpt(withoutMarks(text)),
    })))
}

async function whySettled(db: Database, gone: Settled, members: Members): Promise<string> {
  const note = await db.selectFrom('notes').select(['state', 'decided_by']).where('id', '=', gone.reason.slice('note:'.length) as NoteId).executeTakeFirst()
  const who = note?.decided_by === gone.user_id ? 'You' : (note?.decided_by && members.get(note.decided_by)?.name) || 'Somebody'
  if (note?.state === 'accepted' || note?.state === 'forgotten') return `${who} accepted it.`
  return note?.state === 'declined' ? `${who} declined it.` : 'It does not wait for you any more.'
}

/** What staff would remember, and whom it waits for. */
export function createNoteReader({ db, members, keep }: { db: Database; members: (workspaceId: WorkspaceId) => Promise<Members>; keep: KeepReasons }) {
  async function read(workspaceId: WorkspaceId, staffId: ActorId) {
    const source = `notes/${staffId}`
    const everybody = await members(workspaceId)
    await keep({ workspaceId, reasons: await noteReasons(db, staffId, everybody), source: () => source, sources: [source], why: (gone) => whySettled(db, gone, everybody) })
  }

  return {
    read,
    /** Those that are proposed, in a workspace or in all. */
    async readProposed(workspaceId?: WorkspaceId) {
      const proposed = await db.selectFrom('notes').select(['workspace_id', 'staff_id']).distinct().where('state', '=', 'proposed')
        .$if(workspaceId !== undefined, (query) => query.where('workspace_id', '=', workspaceId!)).execute()
      for (const { workspace_id, staff_id } of proposed) await read(workspace_id, staff_id)
    },
  }
}
