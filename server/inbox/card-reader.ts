import { missionsOf } from '#lib/board/board-document.ts'
import type { ActorId, AskId, MissionId, RunId, WorkspaceId } from '#lib/board/ids.ts'
import { isActive, statusNames, type Member, type Mission } from '#lib/board/mission.ts'
import { readReviews } from '#lib/board/review.ts'
import { boardDocument, missionDocument } from '#lib/sync/document-names.ts'
import { formerRole } from '../auth/directory.ts'
import { nextTurn } from '../next-turn.ts'
import type { Database } from '../store/database.ts'
import type { Documents } from '../sync/documents.ts'
import { fieldAuthor } from '../sync/field-author.ts'
import { cardReasons, type CardRun, type OpenAsk } from './card-reasons.ts'
import { settleSource, type KeepReasons, type Settled } from './keep-reasons.ts'

/** Edits take their turn between. */
const cardsAtOnce = 20

type Members = ReadonlyMap<ActorId, Member>

/** What the cards of missions and their runs give people to do. */
export function createCardReader({ db, documents, authorsOf, members, projected, keep, now, changed }: {
  db: Database
  documents: Documents
  authorsOf: (document: string) => Promise<ReadonlyMap<number, string>>
  members: (workspaceId: WorkspaceId) => Promise<Members>
  projected: () => Promise<void>
  keep: KeepReasons
  now: () => number
  changed: (workspaceId: WorkspaceId, userId: ActorId) => void
}) {
  /** What runs ask and nobody has answered, oldest first. */
  async function openAsks(ids: readonly RunId[]): Promise<Map<RunId, OpenAsk[]>> {
    const rows = ids.length === 0 ? [] : await db.selectFrom('run_asks').select(['id', 'run_id', 'kind', 'question']).where('run_id', 'in', ids).where('answered_at', 'is', null).orderBy('asked_at').execute()
    return Map.groupBy(rows, ({ run_id }) => run_id)
  }

  async function assigners(workspaceId: WorkspaceId, ids: readonly MissionId[]): Promise<Map<MissionId, ActorId>> {
    if (ids.length === 0) return new Map()
    const name = boardDocument(workspaceId)
    const authors = await authorsOf(name)
    return await documents.read(name, (board) => new Map(ids.flatMap((id) => {
      const author = fieldAuthor(missionsOf(board).get(id), 'assigneeId', authors)?.author
      return author ? [[id, author as ActorId]] : []
    })))
  }

  async function whySettled(gone: Settled, card: Pick<Mission, 'status'> & { archived_at: number | null; assignee_id: ActorId | null } | undefined, everybody: Members): Promise<string> {
    const nameOf = (id: ActorId | null) => (id === gone.user_id ? 'You' : (id && everybody.get(id)?.name) || 'Somebody')
    if (!card || !gone.mission_id) return 'The mission was deleted.'
    if (card.archived_at !== null) return 'The mission was archived.'
    if (gone.kind === 'review' || card.status === 'done') {
      const review = await documents.read(missionDocument(gone.mission_id), (doc) => readReviews(doc).findLast(({ withdrawnAt, createdAt }) => withdrawnAt === null && createdAt >= gone.since - 5_000))
      if (review) return review.verdict === 'approved' ? `${nameOf(review.by)} approved it.` : `${nameOf(review.by)} asked for changes.`
      if (card.status === 'done') return 'The mission is done.'
      return card.status === 'review' ? 'Somebody else is asked for this review, or there is a newer run.' : `The mission was moved to ${statusNames[card.status]}.`
    }
    if (gone.kind === 'assignment') return card.assignee_id ? `The mission was given to ${card.assignee_id === gone.user_id ? 'you by yourself' : nameOf(card.assignee_id)}.` : 'The mission is assigned to nobody.'
    if (gone.kind === 'failure') return 'It was run again.'
    const ask = gone.kind === 'question' || gone.kind === 'approval' ? await db.selectFrom('run_asks').selectAll().where('id', '=', gone.reason.slice('ask:'.length) as AskId).executeTakeFirst() : undefined
    if (ask?.answered_at != null) return ask.verdict === null ? `${nameOf(ask.answered_by)} answered.` : ask.verdict === 'declined' ? `${nameOf(ask.answered_by)} declined it.` : `${nameOf(ask.answered_by)} approved it.`
    return 'The run does not wait any more.'
  }

  async function readSome(workspaceId: WorkspaceId, ids: readonly MissionId[]) {
    await projected()
    const rows = await db.selectFrom('missions').selectAll().where('workspace_id', '=', workspaceId).where('id', 'in', ids).execute()
    const runs = new Map((await db.selectFrom('runs').select(['id', 'mission_id', 'staff_id', 'state', 'requested_by', 'summary', 'reason', 'attempt']).where('mission_id', 'in', ids).where('workspace_id', '=', workspaceId)
      .orderBy('created_at').orderBy('id').execute()).map((row) => [row.mission_id, row]))
    const asks = await openAsks([...runs.values()].filter(({ state }) => isActive(state)).map(({ id }) => id))
    const everybody = await members(workspaceId)
    const assigned = await assigners(workspaceId, rows.filter(({ assignee_id }) => assignee_id && everybody.get(assignee_id)?.kind === 'person').map(({ id }) => id))
    const reasons = rows.flatMap((row) => {
      const run = runs.get(row.id)
      const newest: CardRun | null = run ? { id: run.id, staffId: run.staff_id, state: run.state, requestedBy: run.requested_by, summary: run.summary, reason: run.reason, attempt: run.attempt, asks: asks.get(run.id) ?? [] } : null
      const card = { id: row.id, title: row.title, status: row.status, assigneeId: row.assignee_id, reviewerId: row.reviewer_id, createdBy: row.created_by, archivedAt: row.archived_at }
      return cardReasons(card, newest, { members: everybody, assignedBy: assigned.get(row.id) ?? null })
    })
    const cards = new Map(rows.map((row) => [row.id, row]))
    await keep({
      workspaceId, reasons, source: ({ missionId }) => `card/${missionId}`, sources: ids.map((id) => `card/${id}`),
      why: (gone) => whySettled(gone, gone.mission_id ? cards.get(gone.mission_id) : undefined, everybody),
    })
    for (const id of ids) if (!cards.has(id)) await settleSource(db, keep, missionDocument(id), 'The mission was deleted.')
  }

  async function read(workspaceId: WorkspaceId, ids: readonly MissionId[]) {
    for (let at = 0; at < ids.length; at += cardsAtOnce) {
      await readSome(workspaceId, ids.slice(at, at + cardsAtOnce))
      await nextTurn()
    }
  }

  /** Nothing waits for whoever is not here any more. */
  async function settleOfFormer(workspaceId: WorkspaceId) {
    const present = [...(await members(workspaceId)).values()].filter(({ kind, role }) => kind === 'person' && role !== formerRole).map(({ id }) => id)
    const rows = await db.updateTable('inbox').set({ settled_at: now(), settled_why: 'You left the workspace.' })
      .where('workspace_id', '=', workspaceId).where('settled_at', 'is', null).where('user_id', 'not in', present).returning('user_id').execute()
    for (const userId of new Set(rows.map(({ user_id }) => user_id))) changed(workspaceId, userId)
  }

  return {
    read,

    /** Of all that may give somebody something to do, or did. */
    async readAll(workspaceId: WorkspaceId) {
      await projected()
      await settleOfFormer(workspaceId)
      const busy = await db.selectFrom('missions').select('id').where('workspace_id', '=', workspaceId).where('archived_at', 'is', null).where('status', '<>', 'done')
        .where((eb) => eb.or([
          eb('status', '=', 'review'), eb('assignee_id', 'is not', null),
          eb('id', 'in', eb.selectFrom('runs').select('mission_id').where('workspace_id', '=', workspaceId).where('state', 'in', ['failed', 'waiting'])),
        ])).execute()
      const open = await db.selectFrom('inbox').select('mission_id as id').where('workspace_id', '=', workspaceId).where('settled_at', 'is', null).where('source', 'like', 'card/%').distinct().execute()
      await read(workspaceId, [...new Set([...busy, ...open].flatMap(({ id }) => (id ? [id] : [])))])
    },
  }
}
