import { sql } from 'kysely'
import type * as Y from 'yjs'
import { commentsOf, newestComment } from '#lib/board/comments.ts'
import type { FileOwner } from '#lib/board/files.ts'
import type { DocId, MissionId, ProjectId, WorkspaceId } from '#lib/board/ids.ts'
import type { Facts as MissionFacts } from '#lib/board/mission.ts'
import type { Actor } from '#lib/board/policy.ts'
import { lastEntry } from '#lib/board/run-document.ts'
import { docDocument, missionDocument } from '#lib/sync/document-names.ts'
import type { Activity } from './activity/activity.ts'
import type { Auth } from './auth/auth.ts'
import type { Coo } from './coo/coo.ts'
import type { Files } from './files/files.ts'
import { turns } from './in-turn.ts'
import type { Inbox } from './inbox/inbox.ts'
import type { Library } from './library/library.ts'
import type { Log } from './log.ts'
import type { Approvals } from './reviews/approvals.ts'
import type { Routines } from './routines/automation.ts'
import type { Facts } from './runs/facts.ts'
import type { HotTail } from './runs/hot-tail.ts'
import type { Runs } from './runs/runs.ts'
import { hasEnded, type StartNext } from './runs/start-next.ts'
import type { Search } from './search/search.ts'
import type { Database } from './store/database.ts'
import type { MissionRow } from './store/projection.ts'
import type { Sync, SyncOptions } from './sync/sync.ts'
import type { AutomaticVersions } from './versions/automatic-versions.ts'

type Parts = {
  activity: Activity; approvals: Approvals; auth: Auth; coo: Coo; facts: Facts; files: Files; hotTail: HotTail
  inbox: Inbox; library: Library; routines: Routines; runs: Runs; search: Search; versions: Pick<AutomaticVersions, 'wrote'>
  startNext: StartNext['startNext']
}

/** What happens to documents, told to everything that goes by it. */
export function followDocuments({ log, db, sync, parts, refreshDirectory }: {
  log: Log
  db: Database
  sync: () => Pick<Sync, 'projected'>
  parts: () => Parts
  refreshDirectory: (workspaceId: WorkspaceId) => Promise<void>
}) {
  /** What waits for somebody to open a board. */
  const arrivals = new Map<WorkspaceId, () => void>()
  const counted = new Map<MissionId, Pick<MissionFacts, 'comments' | 'lastComment'>>()
  const inTurn = turns()
  const lastLines = new WeakMap<object, string>()

  const said = (message: string, about: Record<string, unknown> = {}) => (error: unknown) => log.error({ err: error, ...about }, message)

  function noteVisit(by: Actor | null) {
    if (by?.kind === 'person') parts().auth.visited(by.workspaceId, by.id).catch((error: unknown) => log.warn({ err: error }, 'visit not noted'))
  }

  /** One after the other, each with what was counted last: of two at once the older count must not be the one that stays. */
  function countComments(id: MissionId, document: Y.Doc) {
    const newest = newestComment(document)
    counted.set(id, { comments: commentsOf(document).size, lastComment: newest && { id: newest.id, by: newest.by, at: newest.createdAt } })
    inTurn(id, async () => {
      // The mission may be so new that its board is not in the tables yet.
      await sync().projected()
      const mission = await db.selectFrom('missions').select('workspace_id').where('id', '=', id).executeTakeFirst()
      if (mission) await parts().facts.set(mission.workspace_id, id, { ...counted.get(id) })
    }).catch(said('comments not counted', { mission: id }))
  }

  /** A comment that was stored just before a crash, or before its document was put away, is in the document when it is loaded, and nobody has counted it. */
  async function countMissed(id: MissionId, document: Y.Doc) {
    const stated = await db.selectFrom('missions').select(sql<number>`facts ->> 'comments'`.as('comments')).where('id', '=', id).executeTakeFirst()
    if (stated && stated.comments !== commentsOf(document).size) countComments(id, document)
  }

  const handlers: Pick<SyncOptions, 'onMissionChanged' | 'onTextProjected' | 'onAccepted' | 'onDocumentChanged' | 'onConnected' | 'onWritingToCoo' | 'onDocumentLoaded'> = {
    onMissionChanged(workspaceId, before, after) {
      const { approvals, inbox, runs, search, startNext } = parts()
      const missionId = (after ?? before)?.id
      if (missionId && !isOnlyFacts(before, after)) {
        if (before?.status === 'done' || after?.status === 'done') void approvals.follow(workspaceId, missionId)
        inbox.follow.card(workspaceId, missionId)
        search.changed(missionDocument(missionId))
      }
      if (missionId && hasEnded(before, after)) startNext(workspaceId, missionId).catch(said('what waited for a mission is not moved on', { mission: missionId }))
      runs.onMissionChanged(before, after).catch(said('mission change not followed'))
    },
    onTextProjected: (id) => parts().search.changed(docDocument(id as DocId)),
    onAccepted(accepted) {
      const { activity, coo, library, routines, runs } = parts()
      activity.recordEdit(accepted)
      runs.onAccepted(accepted)
      coo.accepted(accepted)
      library.verdicts.accepted(accepted)
      routines.accepted(accepted)
    },
    onDocumentChanged(name, document, by) {
      const { hotTail, inbox, runs, search, versions } = parts()
      noteVisit(by)
      if (by && (name.kind === 'mission' || name.kind === 'doc')) versions.wrote(`${name.kind}/${name.id}`, by.id)
      inbox.follow.document(name)
      if (name.kind === 'mission' || name.kind === 'doc' || name.kind === 'chat') search.changed(`${name.kind}/${name.id}`)
      if (name.kind === 'mission') {
        if (counted.get(name.id)?.comments !== commentsOf(document).size) countComments(name.id, document)
      } else if (name.kind === 'run') {
        hotTail.follow(name.id, document)
        const line = lastEntry(document)?.text
        if (!line || lastLines.get(document) === line) return
        lastLines.set(document, line)
        runs.showLine(name.id, line).catch(said('line not shown', { run: name.id }))
      }
    },
    onConnected(name, _document, by) {
      noteVisit(by)
      if (name.kind !== 'board') return
      arrivals.get(name.id)?.()
      arrivals.delete(name.id)
    },
    onWritingToCoo(workspaceId) {
      parts().coo.prepare(workspaceId).catch(said('the COO is not made ready', { workspace: workspaceId }))
    },
    onDocumentLoaded(name, document) {
      const { approvals, coo, files, hotTail } = parts()
      // A project's brief has the project's id.
      const owner: FileOwner | null = name.kind === 'mission' ? { kind: 'mission', id: name.id } : name.kind === 'doc' ? { kind: 'project', id: name.id as string as ProjectId } : name.kind === 'chat' ? { kind: 'chat', id: name.id } : null
      if (name.kind === 'run') hotTail.follow(name.id, document)
      if (name.kind === 'mission') countMissed(name.id, document).catch(said('comments not counted', { mission: name.id }))
      if (owner) files.publishMissed(owner, document).catch(said('files not listed', { owner }))
      if (name.kind !== 'board') return
      // A new workspace, or one that an admin command changed while no server ran.
      refreshDirectory(name.id).catch(said('directory not written'))
      coo.refine.catchUp(name.id, document)
      approvals.catchUp(name.id).catch(said('moves to Done not followed'))
    },
  }
  return { handlers, onArrival: (id: WorkspaceId, callback: () => void) => void arrivals.set(id, callback) }
}

/** What the server itself states of a mission changes while it runs, several times a second, and gives nobody anything to do. */
const isOnlyFacts = (before: MissionRow | null, after: MissionRow | null) =>
  before !== null && after !== null && before.facts !== after.facts && Object.entries(after).every(([column, value]) => column === 'facts' || before[column as keyof MissionRow] === value)
