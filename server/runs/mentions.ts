import { sql } from 'kysely'
import type { ActorId, CommentId, MissionId, WorkspaceId } from '#lib/board/ids.ts'
import { referencesIn } from '#lib/board/reference.ts'
import type { Accepted } from '../sync/accepted.ts'
import { activeStates, type RunsContext } from './context.ts'
import type { Speak } from './speak.ts'
import type { Start } from './start.ts'

/** Staff that one comment wakes at most. */
const mostWoken = 5

type Mention = { workspaceId: WorkspaceId; missionId: MissionId; commentId: CommentId; by: ActorId; staffIds: readonly ActorId[] }

const staffIn = (body: unknown) => new Set(typeof body === 'string' ? referencesIn(body).flatMap((reference) => (reference.kind === 'staff' ? [reference.id] : [])) : [])

/** The staff that an edit mentions in comments of a person, where it did not before. */
export function mentionsIn({ name, author, changes }: Accepted): Mention[] {
  if (name.kind !== 'mission' || author.kind !== 'person' || !author.id) return []
  const mentions: Mention[] = []
  for (const change of changes) {
    if (change.kind !== 'value' || change.path[0] !== 'comments') continue
    const [, commentId, field] = change.path
    const made = change.path.length === 2 && change.before === undefined
    const rewritten = field === 'body' && change.path.length === 3 && typeof change.before === 'string'
    if (!commentId || (!made && !rewritten)) continue
    const body = made ? (change.after as { body?: unknown } | null)?.body : change.after
    const staffIds = [...staffIn(body).difference(staffIn(rewritten ? change.before : ''))].slice(0, mostWoken)
    if (staffIds.length > 0) mentions.push({ workspaceId: author.workspaceId, missionId: name.id, commentId: commentId as CommentId, by: author.id, staffIds })
  }
  return mentions
}

/** Whoever is mentioned in a comment begins, or says in an answer why not. */
export function createMentions({ db, log }: RunsContext, { start, say }: { start: Start } & Pick<Speak, 'say'>) {
  async function busyWords(missionId: MissionId, staffId: ActorId, name: string): Promise<string> {
    const run = await db.selectFrom('runs').innerJoin('staff', 'staff.id', 'runs.staff_id').select(['runs.staff_id', 'state', 'reason', 'staff.name'])
      .where('mission_id', '=', missionId).where('state', 'in', activeStates).executeTakeFirst()
    if (run && run.staff_id !== staffId) return `${run.name} is at work on this mission. Mention ${name} again when that run has ended.`
    if (run?.state === 'waiting') return `${name} is at work on it already, and waits for an answer in its run: ${run.reason}`
    return `${name} is at work on it already; what you wrote is read by its next run.`
  }

  async function wake({ workspaceId, missionId, commentId, by }: Mention, staffId: ActorId) {
    const staff = await db.selectFrom('staff').select('name').where('id', '=', staffId).where('workspace_id', '=', workspaceId).executeTakeFirst()
    if (!staff) return
    // A comment that was deleted and is brought back has been followed already.
    const followed = await db.selectFrom('runs').select('id').where('mission_id', '=', missionId).where('staff_id', '=', staffId)
      .where(sql<string>`json_extract(cause, '$.commentId')`, '=', commentId).executeTakeFirst()
    if (followed) return
    const started = await start({ missionId, staffId, note: '', cause: { kind: 'mention', commentId, by } })
    if (started.ok) return
    const words = started.code === 'already_running' ? await busyWords(missionId, staffId, staff.name) : `Not started. ${started.message}`
    await say({ workspaceId, missionId, staffId }, words, commentId)
  }

  /** One after the other: of several that are mentioned together the first one has the mission. */
  return async (mentions: readonly Mention[]) => {
    for (const mention of mentions) {
      for (const staffId of mention.staffIds) {
        await wake(mention, staffId).catch((error: unknown) => log.error({ err: error, comment: mention.commentId, staff: staffId }, 'mention not followed'))
      }
    }
  }
}
