import type { ActorId, WorkspaceId } from '#lib/board/ids.ts'
import { includesMark, mergeMarks, nothingSeen, readMark, type ReadMark } from '#lib/board/read-mark.ts'
import type { Database } from '../store/database.ts'

/** So many of what was seen are told of each document at once: enough to know whether the newest comment was. */
const seenInList = 8

export type ReadMarks = {
  /** All marks of somebody in a workspace, shortened, and since when they are there: what was said before is no news to them. */
  list(workspaceId: WorkspaceId, actorId: ActorId): Promise<{ since: number; marks: Record<string, ReadMark> }>
  find(actorId: ActorId, doc: string): Promise<ReadMark>
  /** Takes over what was seen on one device, beside what others told before; answers with all of it, and whether there was anything that was not known. */
  put(workspaceId: WorkspaceId, actorId: ActorId, doc: string, mark: ReadMark): Promise<{ mark: ReadMark; isNews: boolean }>
}

const parse = (row: { since: number; seen: string } | undefined): ReadMark =>
  (row && readMark({ since: row.since, seen: row.seen.split(' ').filter(Boolean) })) ?? nothingSeen

/** What each has seen of what is said about missions and docs, for all of their devices. */
export function createReadMarks({ db, now }: { db: Database; now: () => number }): ReadMarks {
  const find = async (within: Pick<Database, 'selectFrom'>, actorId: ActorId, doc: string) =>
    parse(await within.selectFrom('read_marks').select(['since', 'seen']).where('actor_id', '=', actorId).where('doc', '=', doc).executeTakeFirst())

  return {
    async list(workspaceId, actorId) {
      const joined = await db.selectFrom('members').select('created_at').where('workspace_id', '=', workspaceId).where('user_id', '=', actorId).executeTakeFirst()
      const rows = await db.selectFrom('read_marks').select(['doc', 'since', 'seen']).where('actor_id', '=', actorId).where('workspace_id', '=', workspaceId).execute()
      return {
        since: joined?.created_at ?? 0,
        marks: Object.fromEntries(rows.map((row) => {
          const { since, seen } = parse(row)
          return [row.doc, { since, seen: seen.slice(0, seenInList) }]
        })),
      }
    },

    find: (actorId, doc) => find(db, actorId, doc),

    put: (workspaceId, actorId, doc, mark) => db.transaction().execute(async (transaction) => {
      const before = await find(transaction, actorId, doc)
      if (includesMark(before, mark)) return { mark: before, isNews: false }
      // The newer one first: where there is too much, what the older one alone knows goes.
      const merged = mergeMarks(mark, before)
      const row = { workspace_id: workspaceId, since: merged.since, seen: merged.seen.join(' '), at: now() }
      await transaction.insertInto('read_marks').values({ actor_id: actorId, doc, ...row })
        .onConflict((conflict) => conflict.columns(['actor_id', 'doc']).doUpdateSet(row)).execute()
      return { mark: merged, isNews: true }
    }),
  }
}
