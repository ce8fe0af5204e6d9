import * as Y from 'yjs'
import { missionsOf, readMission } from '#lib/board/board-document.ts'
import type { ActorId, MissionId, ReviewId, WorkspaceId } from '#lib/board/ids.ts'
import { readFiles, readRuns } from '#lib/board/mission-document.ts'
import { addApprovalByMove, judgedRun, producedBy, readReviews, withdrawReview, type Review } from '#lib/board/review.ts'
import { boardDocument, missionDocument } from '#lib/sync/document-names.ts'
import type { Log } from '../log.ts'
import type { Database } from '../store/database.ts'
import type { Documents } from '../sync/documents.ts'
import { fieldAuthor } from '../sync/field-author.ts'

/** An approval that somebody wrote themselves just before they moved the mission is the approval of this move. */
const justNowMs = 10 * 60_000

export type Approvals = ReturnType<typeof createApprovals>

/**
 * Whoever moves a mission to Done approves it, by whatever way: the server writes the review in their name, once for each move. When
 * they take it out of Done again, the record says that it was withdrawn. The board says who moved; a table says which moves were followed.
 */
export function createApprovals({ db, documents, authorsOf, isPerson, log, now }: {
  db: Database
  documents: Documents
  authorsOf: (document: string) => Promise<ReadonlyMap<number, string>>
  isPerson: (workspaceId: WorkspaceId, id: ActorId) => Promise<boolean>
  log: Log
  now: () => number
}) {
  let work: Promise<void> = Promise.resolve()

  /** Who put the mission where it is, and by which edit; `null` for one that is gone. */
  async function placed(workspaceId: WorkspaceId, missionId: MissionId) {
    const name = boardDocument(workspaceId)
    const authors = await authorsOf(name)
    return await documents.read(name, (board) => {
      const mission = readMission(board, missionId)
      return mission && { status: mission.status, by: fieldAuthor(missionsOf(board).get(missionId), 'status', authors) }
    })
  }

  async function approve(workspaceId: WorkspaceId, missionId: MissionId, by: ActorId, edit: string): Promise<ReviewId> {
    let id = `move-${edit}` as ReviewId
    await documents.edit(missionDocument(missionId), (doc) => {
      const reviews = readReviews(doc)
      const run = judgedRun(readRuns(doc))
      const own = reviews.findLast((review) => isOwnApproval(review, by) && review.runId === (run?.id ?? null) && review.createdAt > now() - justNowMs)
      if (own) id = own.id
      else if (!reviews.some((review) => review.id === id)) {
        const files = producedBy(readFiles(doc), run?.id ?? null).map(({ id, version, hash, name }) => ({ id, version, hash, name }))
        addApprovalByMove(doc, { id, by, runId: run?.id ?? null, files }, now())
      }
    }, { kind: 'person', id: by, workspaceId, runId: null })
    return id
  }

  async function follow(workspaceId: WorkspaceId, missionId: MissionId) {
    const row = await db.selectFrom('approvals').selectAll().where('mission_id', '=', missionId).executeTakeFirst()
    const place = await placed(workspaceId, missionId)
    const author = place?.by?.author as ActorId | null | undefined
    const mover = author && await isPerson(workspaceId, author) ? author : null
    if (place?.status === 'done') {
      const edit = place.by?.edit ?? null
      if (row && row.edit === edit) return
      // From before moves were followed. What is made in Done was not moved there, and nobody has judged it. What somebody moves out and in again at once is their approval still.
      const known = row !== undefined && row.edit === null
      const judges = !known && mover && place.by && !place.by.first && !(row?.review_id && await isBy(missionId, row.review_id, mover))
      const reviewId = judges ? await approve(workspaceId, missionId, mover, place.by!.edit) : row?.review_id ?? null
      await db.insertInto('approvals').values({ mission_id: missionId, workspace_id: workspaceId, review_id: reviewId, edit })
        .onConflict((conflict) => conflict.column('mission_id').doUpdateSet({ review_id: reviewId, edit })).execute()
      return
    }
    if (!row) return
    if (place && mover && row.review_id) await withdraw(workspaceId, missionId, row.review_id, mover)
    await db.deleteFrom('approvals').where('mission_id', '=', missionId).execute()
  }

  const isBy = (missionId: MissionId, id: ReviewId, by: ActorId) =>
    documents.read(missionDocument(missionId), (doc) => readReviews(doc).some((review) => review.id === id && review.by === by && review.withdrawnAt === null))

  const withdraw = (workspaceId: WorkspaceId, missionId: MissionId, id: ReviewId, by: ActorId) => documents.edit(missionDocument(missionId), (doc) => {
    // Who reopens what another has approved takes nothing back in their name.
    if (readReviews(doc).some((review) => review.id === id && review.by === by)) withdrawReview(doc, id, now())
  }, { kind: 'person', id: by, workspaceId, runId: null })

  const enqueue = (workspaceId: WorkspaceId, missionId: MissionId) => {
    work = work.then(() => follow(workspaceId, missionId)).catch((error: unknown) => log.error({ err: error, mission: missionId }, 'move not followed by its approval'))
    return work
  }

  return {
    /** A mission may have come to Done, or left it. */
    follow: enqueue,

    /** Follows what was moved when nobody listened: a crash came between a move and its record. */
    async catchUp(workspaceId: WorkspaceId) {
      const done = await documents.read(boardDocument(workspaceId), (board) =>
        // Of a large board no more than is needed is read.
        [...missionsOf(board).entries()].flatMap(([id, mission]) => (mission instanceof Y.Map && mission.get('status') === 'done' ? [id as MissionId] : [])))
      const known = await db.selectFrom('approvals').select('mission_id').where('workspace_id', '=', workspaceId).execute()
      const followed = new Set(known.map(({ mission_id }) => mission_id))
      const odd = new Set(done).symmetricDifference(followed)
      for (const missionId of odd) await enqueue(workspaceId, missionId)
    },

    /** Resolves when what was to be followed so far is. */
    settled: () => work,
  }
}

const isOwnApproval = ({ by, verdict, byMove, withdrawnAt }: Review, person: ActorId) =>
  by === person && verdict === 'approved' && !byMove && withdrawnAt === null
