import { sql } from 'kysely'
import { missionsOf } from '#lib/board/board-document.ts'
import type { ActorId, AskId, DocId, MissionId, RoutineId, RunId, WorkspaceId } from '#lib/board/ids.ts'
import type { Member, Mission } from '#lib/board/mission.ts'
import { isActive, statusNames } from '#lib/board/mission.ts'
import { readReviews } from '#lib/board/review.ts'
import { boardDocument, missionDocument, parseDocumentName, type DocumentName } from '#lib/sync/document-names.ts'
import { formerRole } from '../auth/directory.ts'
import type { Log } from '../log.ts'
import type { Database } from '../store/database.ts'
import { documentHead } from '../store/document-head.ts'
import type { Documents } from '../sync/documents.ts'
import { fieldAuthor } from '../sync/field-author.ts'
import { cardReasons, type CardRun, type OpenAsk } from './card-reasons.ts'
import { noteReasons, whyNoteSettled } from './note-reasons.ts'
import { keepReasons, type Settled } from './keep-reasons.ts'
import { createRoutineReader } from './routine-reasons.ts'
import { textReasons, whyTalkSettled, type Place } from './text-reasons.ts'

export type FollowerOptions = {
  db: Database
  documents: Documents
  authorsOf: (document: string) => Promise<ReadonlyMap<number, string>>
  workspaceOf: (document: DocumentName) => Promise<WorkspaceId | null>
  members: (workspaceId: WorkspaceId) => Promise<ReadonlyMap<ActorId, Member>>
  /** Resolves when the tables say what the boards say. */
  projected: () => Promise<void>
  log: Log
  now: () => number
  changed: (workspaceId: WorkspaceId, userId: ActorId) => void
}

export type Follower = ReturnType<typeof createFollower>

/** Edits come in bursts: what is typed is read when it pauses, at the latest after so many of these. */
const soonMs = 250
/** Reading may take so much of the time at most: a long text that is being typed is read less often. */
const shareOfTime = 10
const dearMs = soonMs / shareOfTime
/** Edits take their turn between. */
const cardsAtOnce = 20
/** How far a document was read is noted so often: each time, it would be written to the disk with every few letters. */
const noteEveryMs = 10_000
const notedAtOnce = 100

/**
 * Finds what waits for whom, by reading what changed: a mission's card and runs from the tables, texts and talk from their
 * documents. It looks at how things are, not at what happened, so nothing is found twice, and what was missed is found later.
 */
export function createFollower({ db, documents, authorsOf, workspaceOf, members, projected, log, now, changed }: FollowerOptions) {
  let work: Promise<void> = Promise.resolve()
  const due = new Map<string, { timer: NodeJS.Timeout; run: () => Promise<void> }>()
  const costs = new Map<string, number>()
  const changedCards = new Map<WorkspaceId, Set<MissionId>>()
  /** Workspaces whose cards were read since the start. */
  const read = new Set<WorkspaceId>()
  /** How far documents were read, and it is not noted yet: what a crash makes forget is read once more. */
  const followed = new Map<string, number>()
  let stopped = false

  const enqueue = (task: () => Promise<void>) => {
    work = work.then(task).catch((error: unknown) => log.error({ err: error }, 'inboxes not brought up to date'))
    return work
  }
  const keep = keepReasons({ db, now, changed })
  const routines = createRoutineReader({ db, members, keep })

  function schedule(key: string, work: () => Promise<void>, soon = soonMs) {
    if (stopped || due.has(key)) return
    const run = () => {
      due.delete(key)
      return enqueue(async () => {
        const began = performance.now()
        await work()
        const cost = performance.now() - began
        if (cost > dearMs) costs.set(key, cost)
        else costs.delete(key)
      })
    }
    due.set(key, { timer: setTimeout(() => void run(), Math.max(soon, (costs.get(key) ?? 0) * shareOfTime)), run })
  }

  /** What the cards of these missions give people to do. */
  async function readCards(workspaceId: WorkspaceId, ids: readonly MissionId[]) {
    read.add(workspaceId)
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
      why: (gone) => whyCardSettled(gone, gone.mission_id ? cards.get(gone.mission_id) : undefined, everybody),
    })
    for (const id of ids) if (!cards.has(id)) await settleAll(missionDocument(id), 'The mission was deleted.')
  }

  /** As `readCards`, of all that may give somebody something to do, a few at a time. */
  async function readAllCards(workspaceId: WorkspaceId) {
    await projected()
    const gone = await settleOf(workspaceId, [...(await members(workspaceId)).values()].filter(({ kind, role }) => kind === 'person' && role !== formerRole).map(({ id }) => id))
    for (const userId of gone) changed(workspaceId, userId)
    const busy = await db.selectFrom('missions').select('id').where('workspace_id', '=', workspaceId).where('archived_at', 'is', null).where('status', '<>', 'done')
      .where((eb) => eb.or([
        eb('status', '=', 'review'), eb('assignee_id', 'is not', null),
        eb('id', 'in', eb.selectFrom('runs').select('mission_id').where('workspace_id', '=', workspaceId).where('state', 'in', ['failed', 'waiting'])),
      ])).execute()
    const open = await db.selectFrom('inbox').select('mission_id as id').where('workspace_id', '=', workspaceId).where('settled_at', 'is', null).where('source', 'like', 'card/%').distinct().execute()
    const ids = [...new Set([...busy, ...open].flatMap(({ id }) => (id ? [id] : [])))]
    await readSome(workspaceId, ids)
  }

  async function readSome(workspaceId: WorkspaceId, ids: readonly MissionId[]) {
    for (let at = 0; at < ids.length; at += cardsAtOnce) {
      await readCards(workspaceId, ids.slice(at, at + cardsAtOnce))
      await new Promise((resolve) => setImmediate(resolve))
    }
  }

  /** What a staff member would remember, and whom it waits for. */
  async function readNotes(workspaceId: WorkspaceId, staffId: ActorId) {
    const source = `notes/${staffId}`
    const everybody = await members(workspaceId)
    await keep({ workspaceId, reasons: await noteReasons(db, staffId, everybody), source: () => source, sources: [source], why: (gone) => whyNoteSettled(db, gone, everybody) })
  }

  async function readAllNotes(workspaceId: WorkspaceId) {
    const open = await db.selectFrom('notes').select('staff_id').distinct().where('workspace_id', '=', workspaceId).where('state', '=', 'proposed').execute()
    for (const { staff_id } of open) await readNotes(workspaceId, staff_id)
  }

  /** Nothing waits for whoever is not here any more. */
  async function settleOf(workspaceId: WorkspaceId, present: readonly ActorId[]): Promise<Set<ActorId>> {
    const rows = await db.updateTable('inbox').set({ settled_at: now(), settled_why: 'You left the workspace.' })
      .where('workspace_id', '=', workspaceId).where('settled_at', 'is', null).where('user_id', 'not in', present).returning('user_id').execute()
    return new Set(rows.map(({ user_id }) => user_id))
  }

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

  async function whyCardSettled(gone: Settled, card: Pick<Mission, 'status'> & { archived_at: number | null; assignee_id: ActorId | null } | undefined, everybody: ReadonlyMap<ActorId, Member>): Promise<string> {
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

  /** What is said in a mission or a doc, and to whom. */
  async function readText(name: DocumentName & { kind: 'mission' | 'doc' }) {
    const document = `${name.kind}/${name.id}`
    const head = await documentHead(db, document)
    const workspaceId = await workspaceOf(name)
    if (workspaceId) {
      const everybody = await members(workspaceId)
      const authors = await authorsOf(document)
      const place: Place = name.kind === 'mission' ? { missionId: name.id, docId: null, root: 'description' } : { missionId: null, docId: name.id as DocId, root: 'body' }
      const reasons = await documents.read(document, (doc) => textReasons(doc, place, { members: everybody, authors }))
      await keep({
        workspaceId, reasons, source: () => document, sources: [document],
        why: (gone) => documents.read(document, (doc) => {
          const [kind, id = ''] = gone.place.split('/')
          return kind === 'comment' ? whyTalkSettled(doc, id, gone.user_id) : 'The text does not mention you any more.'
        }),
      })
    } else await settleAll(document, 'It was deleted.')
    followed.set(document, head)
    schedule('followed', noteFollowed, noteEveryMs)
  }

  async function noteFollowed() {
    const rows = [...followed].map(([doc, seq]) => ({ doc, seq }))
    followed.clear()
    for (let at = 0; at < rows.length; at += notedAtOnce) {
      await db.insertInto('inbox_followed').values(rows.slice(at, at + notedAtOnce))
        .onConflict((conflict) => conflict.column('doc').doUpdateSet((eb) => ({ seq: eb.ref('excluded.seq') }))).execute()
    }
  }

  /** A mission or doc that is gone: nothing in it waits. */
  async function settleAll(document: string, why: string) {
    const row = await db.selectFrom('inbox').select('workspace_id').where('source', '=', document).where('settled_at', 'is', null).executeTakeFirst()
    if (row) await keep({ workspaceId: row.workspace_id, reasons: [], source: () => document, sources: [document], why: async () => why })
  }

  /** How far the log of each document goes. From one name to the next: the rows between are many. */
  async function storedHeads(): Promise<{ doc: string; seq: number }[]> {
    const { rows } = await sql<{ doc: string; seq: number }>`
      with recursive names(doc) as (
        select (select min(doc) from updates) union all select (select min(doc) from updates where updates.doc > names.doc) from names where names.doc is not null)
      select doc, (select max(seq) from updates where updates.doc = names.doc) as seq from names where doc is not null
      union all select doc, upto_seq from snapshots`.execute(db)
    return rows
  }

  function cardChanged(workspaceId: WorkspaceId, missionId: MissionId) {
    const cards = changedCards.get(workspaceId) ?? new Set()
    changedCards.set(workspaceId, cards.add(missionId))
    // Those of a board together: who is here, and most of the asking, is the same for all of them.
    schedule(`cards/${workspaceId}`, async () => {
      const ids = [...changedCards.get(workspaceId) ?? []]
      changedCards.delete(workspaceId)
      await readSome(workspaceId, ids)
    })
  }

  return {
    /** A mission was changed on its board. */
    card: cardChanged,

    /** A document was changed. */
    document(name: DocumentName) {
      if (name.kind !== 'mission' && name.kind !== 'doc') return
      schedule(`${name.kind}/${name.id}`, async () => {
        await readText(name)
        if (name.kind !== 'mission') return
        // Its runs stand in it, too.
        const place = await workspaceOf(name)
        if (place) cardChanged(place, name.id)
      })
    },

    /** Whoever came, went or became something else may be waited for now, or not any more. */
    people(workspaceId: WorkspaceId) {
      schedule(`people/${workspaceId}`, async () => {
        await readAllCards(workspaceId)
        await readAllNotes(workspaceId)
        await routines.readEnded(workspaceId)
      })
    },

    /** A staff member would remember something, or somebody decided about that. */
    notes(workspaceId: WorkspaceId, staffId: ActorId) {
      schedule(`notes/${staffId}`, () => readNotes(workspaceId, staffId))
    },

    /** A routine ended by itself, or does not any more. */
    routine({ id, workspace_id: workspaceId }: { id: RoutineId; workspace_id: WorkspaceId }) {
      schedule(`routine/${id}`, () => routines.read(workspaceId, [id]))
    },

    /** What was written when nobody listened: between the last edit and a crash, or beside the server. */
    catchUp: () => enqueue(async () => {
      await routines.readEnded()
      const before = new Map((await db.selectFrom('inbox_followed').selectAll().execute()).map(({ doc, seq }) => [doc, seq]))
      for (const { doc, seq } of await storedHeads()) {
        if (stopped) return
        const name = parseDocumentName(doc)
        if (!name || seq <= (before.get(doc) ?? 0)) continue
        if (name.kind === 'mission' || name.kind === 'doc') await readText(name)
        else if (name.kind === 'board') {
          await readAllCards(name.id)
          followed.set(doc, seq)
        }
      }
      for (const { workspace_id } of await db.selectFrom('notes').select('workspace_id').distinct().where('state', '=', 'proposed').execute()) await readAllNotes(workspace_id)
      await noteFollowed()
    }),

    /** Resolves when everything that is due has been read. */
    async settled() {
      for (let last; due.size > 0 || last !== work;) {
        for (const { timer, run } of [...due.values()]) {
          clearTimeout(timer)
          void run()
        }
        await (last = work)
      }
    },

    /** Reads what is due, and notes how far: what nobody changes until the next start is not read then. */
    async stop() {
      const heads = await Promise.all([...read].map(async (workspaceId) => [boardDocument(workspaceId), await documentHead(db, boardDocument(workspaceId))] as const))
      await projected()
      await this.settled()
      stopped = true
      for (const [board, head] of heads) followed.set(board, head)
      await enqueue(noteFollowed)
    },
  }
}

