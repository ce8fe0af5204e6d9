import { sql } from 'kysely'
import type { ActorId, CommentId, DocId, MissionId, ProjectId, WorkspaceId } from '#lib/board/ids.ts'
import { referencesIn } from '#lib/board/reference.ts'
import { docDocument, missionDocument } from '#lib/sync/document-names.ts'
import type { Accepted } from '../sync/accepted.ts'
import { activeStates, type RunsContext } from './context.ts'
import { missedMentions } from './missed-mentions.ts'
import type { Speak, Speaker } from './speak.ts'
import type { CreatedStart } from './start.ts'

/** Staff that one comment wakes at most. */
const mostWoken = 5

/** A doc by the id of a project is its brief. */
export type Place = { kind: 'mission'; id: MissionId } | { kind: 'doc'; id: DocId | ProjectId }
export type Mention = { workspaceId: WorkspaceId; place: Place; commentId: CommentId; by: ActorId; staffIds: readonly ActorId[] }

export const staffIn = (body: unknown) => new Set(typeof body === 'string' ? referencesIn(body).flatMap((reference) => (reference.kind === 'staff' ? [reference.id] : [])) : [])

export const documentOf = (place: Place) => (place.kind === 'mission' ? missionDocument(place.id) : docDocument(place.id as DocId))

/** The staff that an edit mentions in comments of a person, where it did not before. */
export function mentionsIn({ name, author, changes }: Pick<Accepted, 'name' | 'author' | 'changes'>): Mention[] {
  if ((name.kind !== 'mission' && name.kind !== 'doc') || author.kind !== 'person' || !author.id) return []
  const mentions: Mention[] = []
  for (const change of changes) {
    if (change.kind !== 'value' || change.path[0] !== 'comments') continue
    const [, commentId, field] = change.path
    const made = change.path.length === 2 && change.before === undefined
    const rewritten = field === 'body' && change.path.length === 3 && typeof change.before === 'string'
    if (!commentId || (!made && !rewritten)) continue
    const body = made ? (change.after as { body?: unknown } | null)?.body : change.after
    const staffIds = [...staffIn(body).difference(staffIn(rewritten ? change.before : ''))].slice(0, mostWoken)
    if (staffIds.length > 0) mentions.push({ workspaceId: author.workspaceId, place: name, commentId: commentId as CommentId, by: author.id, staffIds })
  }
  return mentions
}

/** Proposes the mission that a comment on a doc asks for; `null` where it did before. */
export type ProposeFromComment = (mention: Mention & { place: { kind: 'doc' } }, staffId: ActorId) => Promise<{ title: string } | null>

/** Whoever is mentioned in a comment begins, or says in an answer why not. */
export function createMentions(context: RunsContext, { start, mayNotStart, say, hasAnswered, propose }: CreatedStart & Pick<Speak, 'say' | 'hasAnswered'> & { propose: ProposeFromComment }) {
  const { db, log } = context

  async function busyWords(missionId: MissionId, staffId: ActorId, name: string): Promise<string> {
    const run = await db.selectFrom('runs').innerJoin('staff', 'staff.id', 'runs.staff_id').select(['runs.staff_id', 'state', 'reason', 'staff.name'])
      .where('mission_id', '=', missionId).where('state', 'in', activeStates).executeTakeFirst()
    if (run && run.staff_id !== staffId) return `${run.name} is at work on this mission. Mention ${name} again when that run has ended.`
    if (run?.state === 'waiting') return `${name} is at work on it already, and waits for an answer in its run: ${run.reason}`
    return `${name} is at work on it already; what you wrote is read by its next run.`
  }

  /** What there is to say; `null` where a run begins, or where it was followed before. */
  async function onMission(missionId: MissionId, { commentId, by }: Mention, staff: { id: ActorId; name: string }): Promise<string | null> {
    // A comment that was deleted and is brought back has been followed already.
    const followed = await db.selectFrom('runs').select('id').where('mission_id', '=', missionId).where('staff_id', '=', staff.id)
      .where(sql<string>`json_extract(cause, '$.commentId')`, '=', commentId).executeTakeFirst()
    if (followed) return null
    const started = await start({ missionId, staffId: staff.id, note: '', cause: { kind: 'mention', commentId, by } })
    if (started.ok) return null
    return started.code === 'already_running' ? await busyWords(missionId, staff.id, staff.name) : `Not started. ${started.message}`
  }

  /** Runs are of missions, and nothing comes onto the board unapproved: what is asked for in a doc is proposed. */
  async function onDoc(mention: Mention & { place: { kind: 'doc' } }, staffId: ActorId): Promise<string | null> {
    const refusal = await mayNotStart(staffId, mention.workspaceId)
    if (refusal) return `Not started. ${refusal.message}`
    const proposed = await propose(mention, staffId)
    return proposed && `I work on missions, so I have proposed one with what you wrote: “${proposed.title}”. I begin when somebody approves it, at the edge of the board.`
  }

  async function wake(mention: Mention, staffId: ActorId, since: number | null) {
    const { workspaceId, place, commentId } = mention
    const staff = await db.selectFrom('staff').select(['id', 'name']).where('id', '=', staffId).where('workspace_id', '=', workspaceId).executeTakeFirst()
    if (!staff) return
    const speaker: Speaker = { workspaceId, document: documentOf(place), staffId }
    if (since !== null && await hasAnswered(speaker, commentId, since)) return
    const words = place.kind === 'mission' ? await onMission(place.id, mention, staff) : await onDoc({ ...mention, place }, staffId)
    if (words !== null) await say(speaker, words, commentId)
  }

  /** One after the other: of several that are mentioned together the first one has the mission. `since`: when it was said, where that may have been followed already. */
  async function follow(mentions: readonly (Mention & { since?: number })[]) {
    for (const { since = null, ...mention } of mentions) {
      for (const staffId of mention.staffIds) {
        await wake(mention, staffId, since).catch((error: unknown) => log.error({ err: error, comment: mention.commentId, staff: staffId }, 'mention not followed'))
      }
    }
  }

  return {
    follow,
    /** A server that died may have accepted a comment, and not begun what it asks for. */
    missed: missedMentions(context, follow),
  }
}
