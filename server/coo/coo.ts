import { say } from '#lib/board/chat.ts'
import type { ActorId, ChatId, FileId, MessageId, MissionId, ProjectId, WorkspaceId } from '#lib/board/ids.ts'
import type { Member } from '#lib/board/mission.ts'
import type { Actor } from '#lib/board/policy.ts'
import { coo, fieldOfQuestion } from '#lib/board/proposal.ts'
import type { World } from '#lib/templates/fill.ts'
import type { Template } from '#lib/templates/template.ts'
import { textOf, type SearchResult } from '#lib/search/result.ts'
import { chatDocument } from '#lib/sync/document-names.ts'
import type { Log } from '../log.ts'
import type { EngineTasks } from '../staff/engine-tasks.ts'
import type { Database } from '../store/database.ts'
import type { Accepted } from '../sync/accepted.ts'
import type { Documents } from '../sync/documents.ts'
import type { createEditAs } from '../sync/edit-as.ts'
import { newId } from '../new-id.ts'
import { createChats } from './chats.ts'
import { createConversation } from './conversation.ts'
import type { CooEngine } from './coo-engine.ts'
import { offlineCoo } from './offline-coo.ts'
import { createProposals } from './proposals.ts'
import { fillAnswer } from './fill-answer.ts'
import { takeAnswers } from './take-answers.ts'

export type CooTemplates = {
  usable: (workspaceId: WorkspaceId) => Promise<Template[]>
  world: (workspaceId: WorkspaceId, me: ActorId | null, zone: string) => Promise<World>
}

const referenceOf = ({ kind, item, mission, doc, project, file }: SearchResult) =>
  kind === 'file' && file ? `missions://file/${file.id}` : doc ? `missions://doc/${doc.id}` : mission ? `missions://mission/${mission.id}` : project ? `missions://project/${project.id}` : `missions://mission/${item}`

/** The COO of every workspace: chats, what it answers, and the proposals that come of it. */
export function createCoo({ db, documents, editAs, engineTasks, members, settled, search, templates, changed, log, now }: {
  db: Database
  documents: Documents
  editAs: ReturnType<typeof createEditAs>
  engineTasks: EngineTasks
  members: (workspaceId: WorkspaceId) => Promise<ReadonlyMap<ActorId, Member>>
  settled: () => Promise<void>
  search: (workspaceId: WorkspaceId, me: ActorId, words: string) => Promise<readonly SearchResult[]>
  templates: CooTemplates
  /** The list of a workspace's chats is another one. */
  changed: (workspaceId: WorkspaceId, chatId: ChatId) => void
  log: Log
  now: () => number
}) {
  const chats = createChats({ db, now, changed })
  const proposals = createProposals({ db, documents, settled, now })

  async function engineOf(workspaceId: WorkspaceId): Promise<CooEngine> {
    const task = await engineTasks.engineOf({ workspace_id: workspaceId, engine: 'openai', model: '' }, true)
    if (task?.kind !== 'openai') return offlineCoo
    // The package takes memory that nobody needs who has no model.
    const { openaiCoo } = await import('./openai-coo.ts')
    return openaiCoo(task)
  }

  const conversation = createConversation({
    db, documents, chats, proposals, members, settled, templates, engineOf, log, now,
    search: async (workspaceId, me, words) => (await search(workspaceId, me, words)).map((result) => ({ title: textOf(result.title), reference: referenceOf(result), excerpt: textOf(result.excerpt) })),
  })

  return {
    chats, proposals, conversation,

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
          chats.said(name.id as ChatId, author.id, body, now()).catch((error: unknown) => log.error({ err: error, chat: name.id }, 'what was said last is not noted'))
          conversation.follow(name.id as ChatId)
        } else if (name.kind === 'board' && root === 'proposals' && id !== undefined && field?.startsWith('answer_')) {
          const question = fieldOfQuestion(field.slice('answer_'.length))
          const answered = question === null ? takeAnswers(documents, author.workspaceId, id as MissionId) : fillAnswer({ documents, templates }, author.workspaceId, id as MissionId, question, change.before)
          answered.catch((error: unknown) => log.error({ err: error, proposal: id }, 'an answer is not taken up'))
        }
      }
    },

    /** Says something in a chat for somebody; without `chatId` in a new one. */
    async ask(actor: Actor, { chatId, projectId, text, quotes, files }: { chatId: ChatId | null; projectId: ProjectId | null; text: string; quotes: readonly string[]; files: readonly FileId[] }) {
      const place = chatId ?? (await chats.create({ workspaceId: actor.workspaceId, projectId, by: actor.id })).id
      const messageId = newId<MessageId>()
      const said = await editAs(actor, chatDocument(place), (chat) => say(chat, { id: messageId, by: actor.id, body: text, quotes, files }, now()))
      return said.ok ? { ok: true as const, chatId: place, messageId } : said
    },
  }
}

export type Coo = ReturnType<typeof createCoo>
