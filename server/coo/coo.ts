import type { Entry } from '#lib/activity/entry.ts'
import { messagesOf, say } from '#lib/board/chat.ts'
import type { ActorId, ChatId, FileId, MessageId, MissionId, ProjectId, WorkspaceId } from '#lib/board/ids.ts'
import type { Member } from '#lib/board/mission.ts'
import type { Actor } from '#lib/board/policy.ts'
import { coo } from '#lib/board/proposal.ts'
import type { World } from '#lib/templates/fill.ts'
import type { Template } from '#lib/templates/template.ts'
import { textOf, type SearchResult } from '#lib/search/result.ts'
import { chatDocument } from '#lib/sync/document-names.ts'
import type { Happening } from '../activity/happening.ts'
import type { Log } from '../log.ts'
import type { EngineTasks } from '../staff/engine-tasks.ts'
import type { StaffVerbs } from '../staff/staff.ts'
import type { Database } from '../store/database.ts'
import type { Accepted } from '../sync/accepted.ts'
import type { Documents } from '../sync/documents.ts'
import type { Sync } from '../sync/sync.ts'
import { newId } from '../new-id.ts'
import { createApprovers } from './approvers.ts'
import { createBriefings } from './briefings.ts'
import { createChats } from './chats.ts'
import { createConversation, type ConversationOptions } from './conversation.ts'
import type { CooEngine } from './coo-engine.ts'
import { endIntake } from './intake-beside.ts'
import { entryInWords, recordInWords } from './in-words.ts'
import { createOffers } from './offers/offers.ts'
import { offlineCoo } from './offline-coo.ts'
import { createProposals } from './proposals.ts'
import { createRefine } from './refine/refine.ts'

export type CooTemplates = {
  usable: (workspaceId: WorkspaceId) => Promise<Template[]>
  world: (workspaceId: WorkspaceId, me: ActorId | null, zone: string) => Promise<World>
}

/** A project is pointed at through its brief, the doc by the same id. */
const referenceOf = ({ kind, item, mission, doc, project, file }: SearchResult) =>
  kind === 'file' && file ? `missions://file/${file.id}` : doc ? `missions://doc/${doc.id}` : mission ? `missions://mission/${mission.id}` : `missions://doc/${project?.id ?? item}`

const mostRecent = 30

/** `begins`: the chat is made, under the id that whoever asks gave it, if any. */
type Asking = { chatId: ChatId | null; begins: boolean; projectId: ProjectId | null; messageId: MessageId | null; text: string; quotes: readonly string[]; files: readonly FileId[] }

/** The COO of every workspace: chats, what it answers, and the proposals that come of it. */
export function createCoo({ db, documents, editAs, authorsOf, engineTasks, staff, activity, give, members, settled, boardsWritten, search, templates, wordsOf, changed, record, log, now }: {
  db: Database
  documents: Documents
  editAs: Sync['editAs']
  authorsOf: Sync['authorsOf']
  engineTasks: EngineTasks
  staff: Pick<StaffVerbs, 'create' | 'recordOf'>
  /** The newest entries of the record. */
  activity: (workspaceId: WorkspaceId, limit: number) => Promise<readonly Entry[]>
  give: Parameters<typeof createProposals>[0]['give']
  members: (workspaceId: WorkspaceId) => Promise<ReadonlyMap<ActorId, Member>>
  settled: () => Promise<void>
  boardsWritten: (workspaceId: WorkspaceId) => number
  search: (workspaceId: WorkspaceId, me: ActorId, words: string) => Promise<readonly SearchResult[]>
  templates: CooTemplates
  wordsOf: ConversationOptions['wordsOf']
  /** The list of a workspace's chats is another one. */
  changed: (workspaceId: WorkspaceId, chatId: ChatId) => void
  record: (happening: Happening) => void
  log: Log
  now: () => number
}) {
  const chats = createChats({ db, now, changed })
  const proposals = createProposals({ db, documents, settled, give, now })

  let openai: Promise<typeof import('./openai-coo.ts')> | null = null
  /** Made anew when a workspace is set otherwise. */
  const engines = new Map<WorkspaceId, { madeFor: string; engine: CooEngine }>()
  async function engineOf(workspaceId: WorkspaceId): Promise<CooEngine> {
    const task = await engineTasks.engineOf({ workspace_id: workspaceId, engine: 'openai', model: '' }, true)
    if (task?.kind !== 'openai') return offlineCoo
    // The package takes memory that nobody needs who has no model.
    openai ??= import('./openai-coo.ts')
    const { openaiCoo } = await openai
    const madeFor = JSON.stringify(task)
    const known = engines.get(workspaceId)
    if (known?.madeFor === madeFor) return known.engine
    const engine = openaiCoo(task)
    engines.set(workspaceId, { madeFor, engine })
    return engine
  }

  const briefings = createBriefings({
    db, members, settled, boardsWritten, engineOf, now,
    records: (all) => Promise.all(all.map(async ({ id, name }) => ({ id, name, words: recordInWords(await staff.recordOf(id)) }))),
    recent: async (workspaceId) => (await activity(workspaceId, mostRecent)).map(entryInWords),
  })

  const conversation = createConversation({
    db, documents, chats, proposals, templates, briefings, engineOf, wordsOf, log, now,
    // What was said in chats, such as the question itself, is no source.
    search: async (workspaceId, me, words) => (await search(workspaceId, me, words)).filter(({ kind }) => kind !== 'chat').map((result) => ({ title: textOf(result.title), reference: referenceOf(result), excerpt: textOf(result.excerpt), kind: result.kind })),
  })

  const refine = createRefine({ db, documents, editAs, authorsOf, engineOf, templates, log, now })

  return {
    chats, proposals, conversation, refine, offers: createOffers({ documents, editAs, staff, engineTasks, proposeTold: conversation.proposeTold }), approvers: createApprovers({ db, record, members }),

    /** Somebody begins to write to the COO. */
    prepare: briefings.prepare,

    /** Takes note of what people said and answered. */
    accepted({ name, author, changes }: Accepted) {
      if (author.kind === 'server' || author.id === coo.id || author.id === null) return
      for (const change of changes) {
        if (change.kind !== 'value') continue
        const [root, id, field] = change.path
        if (name.kind === 'chat' && root === 'messages' && field === undefined && id !== undefined) {
          const said = change.after as { by?: unknown; body?: unknown; createdAt?: unknown } | null | undefined
          if (!said || typeof said.body !== 'string') continue
          const { body } = said
          conversation.follow(name.id as ChatId)
          chats.said(name.id as ChatId, author.id, body, now()).catch((error: unknown) => log.error({ err: error, chat: name.id }, 'what was said last is not noted'))
        } else if (name.kind === 'board' && root === 'proposals' && id !== undefined && field?.startsWith('answer_')) {
          refine.follow(author.workspaceId, id as MissionId)
        }
      }
    },

    async stop() {
      refine.stop()
      await conversation.stop()
      await endIntake()
    },

    /** Says something in a chat for somebody, once. */
    async ask(actor: Actor, { chatId, begins, projectId, messageId, text, quotes, files }: Asking) {
      const place = begins || chatId === null ? (await chats.create({ ...chatId && { id: chatId }, workspaceId: actor.workspaceId, projectId, by: actor.id })).id : chatId
      const id = messageId ?? newId<MessageId>()
      const said = await editAs(actor, chatDocument(place), (chat) => {
        // Somebody whose network was cut asks again.
        if (!messagesOf(chat).has(id)) say(chat, { id, by: actor.id, body: text, quotes, files }, now())
      })
      return said.ok ? { ok: true as const, chatId: place, messageId: id } : said
    },
  }
}

export type Coo = ReturnType<typeof createCoo>
