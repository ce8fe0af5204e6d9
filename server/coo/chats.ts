import type { ActorId, ChatId, ProjectId, WorkspaceId } from '#lib/board/ids.ts'
import { offerKinds, type OfferKind } from '#lib/board/offer.ts'
import type { Chat } from '#lib/coo/answers.ts'
import { sql, type Selectable } from 'kysely'
import { withoutMarks } from '../files/extract/extract-markdown.ts'
import { newId } from '../new-id.ts'
import type { Database } from '../store/database.ts'
import type { Tables } from '../store/tables.ts'

const longestWords = 160
const longestTitle = 60

/** What makes a list of lines, a title or a talk of them is no word of what they say. */
const lineMarks = /^[ \t]*(?:[-*+•]\s+(?:\[[ xX]?\]\s+)?|\(?\d{1,3}[.)]\s+|\(?[a-z]\)\s+|#{1,6}\s+|>\s?|\[?\d{1,2}:\d{2}\]?\s+)/gm

/** Whole words, as far as they go. */
const titleOf = (words: string) => words.length <= longestTitle ? words : `${words.slice(0, longestTitle).replace(/\s+\S*$/, '')} …`

const chatOf = (row: Omit<Selectable<Tables['chats']>, 'offered'>): Chat => ({
  id: row.id, title: row.title, projectId: row.project_id, createdBy: row.created_by, createdAt: row.created_at,
  lastAt: row.last_at, lastBy: row.last_by, lastWords: row.last_words, archivedAt: row.archived_at,
})

/** The chats of workspaces: what they are called and what was said last. What is said is in their documents. */
export function createChats({ db, now, changed }: { db: Database; now: () => number; /** The list of a workspace is another one, by this chat. */ changed: (workspaceId: WorkspaceId, chatId: ChatId) => void }) {
  const find = (id: ChatId) => db.selectFrom('chats').selectAll().where('id', '=', id).executeTakeFirst()
  return {
    find,
    shown: chatOf,

    /** Newest first; `projectId` of one project alone. One in which nothing was said is not there for anybody yet, unless it has a title. */
    async of(workspaceId: WorkspaceId, { projectId, archived = false }: { projectId?: ProjectId; archived?: boolean } = {}): Promise<Chat[]> {
      let query = db.selectFrom('chats').selectAll().where('workspace_id', '=', workspaceId).orderBy('last_at', 'desc').orderBy('id')
      if (projectId) query = query.where('project_id', '=', projectId)
      query = query.where((eb) => eb.or([eb('last_by', 'is not', null), eb('title', '<>', '')]))
      if (!archived) query = query.where('archived_at', 'is', null)
      return (await query.execute()).map(chatOf)
    },

    async create({ id = newId<ChatId>(), workspaceId, projectId = null, title = '', by }: { id?: ChatId; workspaceId: WorkspaceId; projectId?: ProjectId | null; title?: string; by: ActorId }): Promise<Chat> {
      const row = {
        id, workspace_id: workspaceId, project_id: projectId, title, created_by: by, created_at: now(), archived_at: null,
        last_at: now(), last_by: null, last_words: '',
      }
      // Whoever begins one without the network gives it its id, and may ask twice.
      await db.insertInto('chats').values(row).onConflict((conflict) => conflict.column('id').doNothing()).execute()
      changed(workspaceId, row.id)
      return chatOf(row)
    },

    async change(id: ChatId, { title, archived }: { title?: string; archived?: boolean }): Promise<Chat | null> {
      const row = await db.updateTable('chats')
        .set({ ...title === undefined ? {} : { title }, ...archived === undefined ? {} : { archived_at: archived ? now() : null } })
        .where('id', '=', id).returningAll().executeTakeFirst()
      if (row) changed(row.workspace_id, id)
      return row ? chatOf(row) : null
    },

    /** Notes what was said last. A chat that has no title is called by the first words of a person. */
    async said(id: ChatId, by: ActorId, words: string, at: number) {
      const short = withoutMarks(words.slice(0, 4 * longestWords).replace(lineMarks, '')).trim().slice(0, longestWords)
      const row = await db.updateTable('chats').set((eb) => ({
        last_at: at, last_by: by, last_words: short,
        title: eb.case().when('title', '=', '').then(titleOf(short)).else(eb.ref('title')).end(),
      })).where('id', '=', id).where('last_at', '<=', at).returning('workspace_id').executeTakeFirst()
      if (row) changed(row.workspace_id, id)
    },

    /** Of these kinds those that no other chat of the workspace offered, whatever became of it; they are this chat's from now on. */
    async firstToOffer(id: ChatId, kinds: ReadonlySet<OfferKind>): Promise<ReadonlySet<OfferKind>> {
      const first = new Set<OfferKind>()
      for (const kind of kinds) {
        const { numUpdatedRows } = await db.updateTable('chats').set({ offered: sql<string>`replace(offered, ${`${kind} `}, '') || ${`${kind} `}` }).where('id', '=', id)
          .where(({ not, exists, selectFrom }) => not(exists(selectFrom('chats as other').select('other.id').whereRef('other.workspace_id', '=', 'chats.workspace_id').where('other.id', '<>', id).where('other.offered', 'like', `%${kind} %`))))
          .executeTakeFirst()
        if (numUpdatedRows > 0n) first.add(kind)
      }
      return first
    },

    /** What other chats of the workspace offered. */
    async offeredBeside(id: ChatId, workspaceId: WorkspaceId): Promise<ReadonlySet<OfferKind>> {
      const rows = await db.selectFrom('chats').select('offered').where('workspace_id', '=', workspaceId).where('id', '<>', id).where('offered', '<>', '').execute()
      return new Set(offerKinds.filter((kind) => rows.some(({ offered }) => offered.includes(`${kind} `))))
    },

    /** Chats in which a person had the last word: the COO may owe an answer. */
    unanswered: (coo: ActorId) => db.selectFrom('chats').innerJoin('workspaces', 'workspaces.id', 'chats.workspace_id').select('chats.id')
      .where('deleted_at', 'is', null).where('last_by', 'is not', null).where('last_by', '<>', coo).execute(),
  }
}

export type Chats = ReturnType<typeof createChats>
