import { createHash } from 'node:crypto'
import type { Selectable } from 'kysely'
import * as Y from 'yjs'
import { listed } from '#lib/wording.ts'
import { messagesOf, readMessages, readTurn, turnsOf, type Message, type Turn } from '#lib/board/chat.ts'
import type { ActorId, ChatId, FileId, MessageId, MissionId, WorkspaceId } from '#lib/board/ids.ts'
import { limits } from '#lib/board/limits.ts'
import type { Offer } from '#lib/board/offer.ts'
import type { Actor } from '#lib/board/policy.ts'
import { coo, fieldQuestion, readProposals } from '#lib/board/proposal.ts'
import { referenceUrl } from '#lib/board/reference.ts'
import { markdownLink } from '#lib/editor/escape-markdown.ts'
import { boardDocument, chatDocument } from '#lib/sync/document-names.ts'
import type { Log } from '../log.ts'
import { newId } from '../new-id.ts'
import type { Database } from '../store/database.ts'
import type { Tables } from '../store/tables.ts'
import type { Documents } from '../sync/documents.ts'
import type { Briefings } from './briefings.ts'
import type { Chats } from './chats.ts'
import { CooFailed, type CooEngine, type CooQuestion } from './coo-engine.ts'
import type { FileWords } from './file-words.ts'
import type { IntakeProposal } from './intake.ts'
import { intakeBeside } from './intake-beside.ts'
import { kindsOffered, writeOffers } from './offers/offers.ts'
import { placesFor, whatToOffer } from './offers/what-to-offer.ts'
import type { Proposals, Proposed } from './proposals.ts'
import type { CooTemplates } from './coo.ts'

export type ConversationOptions = {
  db: Database
  documents: Documents
  chats: Chats
  proposals: Proposals
  briefings: Pick<Briefings, 'of'>
  templates: CooTemplates
  /** What answers in a workspace, as it is set at the moment. */
  engineOf: (workspaceId: WorkspaceId) => Promise<CooEngine>
  wordsOf: (workspaceId: WorkspaceId, files: readonly FileId[]) => Promise<FileWords[]>
  search: (workspaceId: WorkspaceId, me: ActorId, words: string) => ReturnType<CooQuestion['search']>
  log: Log
  now: () => number
}

/** What somebody else says within this time, before the COO said a word, is answered together with what was said first. */
const gatherMs = 1_000
/** Words that come within this time are written together. */
const writeMs = 60
const mostBefore = 40
const zoneOfServer = Intl.DateTimeFormat().resolvedOptions().timeZone
/** An answer that comes at once is not announced: every page would draw twice, and the engine wait its turn meanwhile. */
const announceAfterMs = 150

/** `restart`: begins the answer anew, with what was said since; gone once a word of it was said. */
type Underway = { again: boolean; restart: (() => void) | null; done: Promise<void> }

/** Answers what people say in chats, one answer at a time in each. The server died over one: it is answered after the next start. */
export function createConversation({ db, documents, chats, proposals, briefings, templates, engineOf, wordsOf, search, log, now }: ConversationOptions) {
  const underway = new Map<ChatId, Underway>()
  const stop = new AbortController()

  /** Of people, and not answered yet, oldest first; what failed waits until somebody asks again. */
  const pendingIn = (chat: Y.Doc) => readMessages(chat).filter(({ id, by }) => {
    const turn = readTurn(chat, id)
    return by !== coo.id && (turn === null || turn.state === 'working')
  })

  const setTurns = (chat: Y.Doc, messages: readonly Pick<Message, 'id'>[], turn: Omit<Turn, 'at'>) => {
    for (const { id } of messages) turnsOf(chat).set(id, { ...turn, at: now() } satisfies Turn)
  }

  /** What an engine is asked, with all that it may know. */
  async function questionOf({ id: chatId, workspace_id: workspaceId, project_id: projectId }: Selectable<Tables['chats']>, pending: readonly Message[], before: readonly Message[]): Promise<Omit<CooQuestion, 'signal'>> {
    const by = pending.at(-1)!.by
    const [{ knowledge, everybody, records, recent }, person, usable, files, offered, open] = await Promise.all([
      briefings.of(workspaceId),
      db.selectFrom('users').select('time_zone').where('id', '=', by).executeTakeFirst(),
      templates.usable(workspaceId),
      wordsOf(workspaceId, pending.flatMap((message) => message.files)),
      chats.offeredBeside(chatId, workspaceId),
      documents.read(boardDocument(workspaceId), (board) => readProposals(board).filter(({ state, origin }) => state === 'open' && origin.kind === 'chat' && origin.chatId === chatId)),
    ])
    const timeZone = person?.time_zone ?? zoneOfServer
    return {
      request: {
        text: pending.map(({ body }) => body).join('\n\n'), files, now: now(), timeZone, by, projectId,
        people: knowledge.people, staff: knowledge.staff, projects: knowledge.projects, missions: knowledge.missions,
        templates: usable.map(({ id, name, content }) => ({ id, name, fields: content.fields })),
      },
      templates: usable, world: await templates.world(workspaceId, by, timeZone),
      before: before.map((message) => ({ who: everybody.get(message.by)?.name ?? coo.name, coo: message.by === coo.id, body: message.body })),
      open, offered, board: knowledge.board,
      records, recent,
      search: (asked) => search(workspaceId, by, asked),
    }
  }

  async function answerOnce(chatId: ChatId, entry: Underway): Promise<boolean> {
    const row = await chats.find(chatId)
    if (!row) return false
    const name = chatDocument(chatId)
    const { pending, before } = await documents.read(name, (chat) => {
      const waiting = pendingIn(chat)
      const ids = new Set(waiting.map(({ id }) => id))
      return { pending: waiting, before: readMessages(chat).filter(({ id }) => !ids.has(id)).slice(-mostBefore) }
    })
    const last = pending.at(-1)
    if (!last) return false
    const answer = newId<MessageId>()
    const anew = new AbortController()
    const signal = AbortSignal.any([stop.signal, anew.signal])
    const begun = performance.now()
    entry.restart = () => {
      if (performance.now() - begun < gatherMs) anew.abort()
    }
    let by = ''
    let shown: Promise<void> | null = null
    const show = () => shown ??= documents.edit(name, (chat) => {
      // What a server that died had said of it.
      for (const { id } of pending) messagesOf(chat).delete(readTurn(chat, id)?.answer ?? '')
      setTurns(chat, pending, { state: 'working', reason: '', answer })
      messagesOf(chat).set(answer, new Y.Map<unknown>([
        ['by', coo.id], ['body', new Y.Text()], ['createdAt', Math.max(now(), last.createdAt + 1)], ['editedAt', null], ['engine', by],
      ]))
    })
    const words = writer(name, answer, show)
    const say = (more: string) => {
      entry.restart = null
      words.say(more)
    }
    try {
      const [engine, asked] = await Promise.all([engineOf(row.workspace_id), questionOf(row, pending, before)])
      signal.throwIfAborted()
      by = engine.name
      const announcing = setTimeout(() => show().catch((error: unknown) => log.error({ err: error, chat: chatId }, 'an answer is not announced')), announceAfterMs)
      const { proposals: made, offers, told = [] } = await engine.answer({ ...asked, signal }, say).finally(() => clearTimeout(announcing))
      await show()
      signal.throwIfAborted()
      entry.restart = null
      const proposed = asProposals(made, { chatId, messageId: last.id, context: pending.flatMap(({ quotes, files }) => [...quotes, ...files.map((file) => `missions://file/${file}`)]) })
      await proposals.propose(row.workspace_id, proposed, { kind: 'staff', name: coo.name })
      await words.settled()
      const have = new Set([...asked.offered, ...await documents.read(name, kindsOffered)])
      const wanted = offers?.filter(({ kind }) => !have.has(kind)).map((offer) => ({ ...offer, proposals: placesFor(offer, made) })) ?? whatToOffer(asked.request, made, have)
      const first = await chats.firstToOffer(chatId, new Set(wanted.map(({ kind }) => kind)))
      await documents.edit(name, (chat) => {
        const ids = proposed.map(({ id }) => id)
        messagesOf(chat).get(answer)?.set('proposals', ids)
        writeOffers(chat, answer, [...wanted.filter(({ kind }) => first.has(kind)), ...told.map((words) => ({ kind: 'mission' as const, name: words, template: '', why: '', proposals: [] }))], ids)
        setTurns(chat, pending, { state: 'answered', reason: '', answer })
      })
    } catch (error) {
      if (stop.signal.aborted) return false
      await shown
      // What was begun of it goes when it is begun anew.
      if (anew.signal.aborted) return true
      if (!(error instanceof CooFailed)) log.error({ err: error, chat: chatId }, 'the COO could not answer')
      await words.settled().catch(() => {})
      await documents.edit(name, (chat) => {
        const message = messagesOf(chat).get(answer)
        const body = message?.get('body')
        // What was said before it failed is kept; nothing is not.
        const kept = body instanceof Y.Text && body.length > 0
        if (!kept) messagesOf(chat).delete(answer)
        setTurns(chat, pending, { state: 'failed', reason: error instanceof CooFailed ? error.message : 'Something went wrong on the server. Try again in a moment.', answer: kept ? answer : null })
      })
    }
    await chats.said(chatId, coo.id, words.said(), now())
    return true
  }

  /** `begun`: the message that it writes into is there. */
  function writer(name: string, answer: MessageId, begun: () => Promise<void>) {
    let [waiting, all] = ['', '']
    let timer: NodeJS.Timeout | undefined
    let work: Promise<void> | null = null
    const failed = (error: unknown) => log.error({ err: error }, 'what the COO says is not written')
    const flush = () => {
      clearTimeout(timer)
      timer = undefined
      const next = waiting
      waiting = ''
      if (next) work = (work ?? begun()).then(() => documents.edit(name, (chat) => {
        const body = messagesOf(chat).get(answer)?.get('body')
        if (body instanceof Y.Text) body.insert(body.length, next)
      }))
      return work ?? Promise.resolve()
    }
    return {
      say(more: string) {
        const isFirst = all === ''
        waiting += more
        all += more
        // Whoever waits sees the first word at once.
        if (isFirst) flush().catch(failed)
        else timer ??= setTimeout(() => flush().catch(failed), writeMs)
      },
      settled: flush,
      said: () => all,
    }
  }

  /** Somebody said something. */
  function follow(chatId: ChatId): void {
    if (stop.signal.aborted) return
    const known = underway.get(chatId)
    if (known) {
      known.again = true
      known.restart?.()
      return
    }
    const entry: Underway = { again: false, restart: null, done: Promise.resolve() }
    underway.set(chatId, entry)
    entry.done = (async () => {
      do {
        entry.again = false
        while (await answerOnce(chatId, entry));
      } while (entry.again)
    })().catch((error: unknown) => log.error({ err: error, chat: chatId }, 'a chat is not answered')).finally(() => underway.delete(chatId))
  }

  return {
    follow,

    /** Makes a proposal of what was taken as news, in the name of whoever wants it; again after a crash it is the same. */
    async proposeTold(actor: Actor, chatId: ChatId, { id, messageId, name: body }: Offer): Promise<MissionId | null> {
      const row = await chats.find(chatId)
      if (!row) return null
      const asked = await documents.read(chatDocument(chatId), (chat) => readMessages(chat).findLast((message) => readTurn(chat, message.id)?.answer === messageId))
      const said: Message = { id: messageId, by: actor.id, createdAt: now(), editedAt: null, quotes: [], proposals: [], engine: null, ...asked, body, files: [] }
      const { request } = await questionOf(row, [said], [])
      const { proposals: made } = await intakeBeside({ ...request, isMission: true }, stop.signal)
      const proposed = asProposals(made.slice(0, 1), { chatId, messageId: said.id, context: said.quotes, of: id })
      await proposals.propose(row.workspace_id, proposed.map((one) => ({ ...one, by: actor.id })), { kind: 'person', name: actor.name })
      return proposed[0]?.id ?? null
    },

    /** Tries a message again whose answer failed. */
    async again(chatId: ChatId, messageId: MessageId) {
      await documents.edit(chatDocument(chatId), (chat) => {
        if (readTurn(chat, messageId)?.state === 'failed') turnsOf(chat).delete(messageId)
      })
      follow(chatId)
    },

    /** What was said before the server stopped, and not answered. */
    async catchUp() {
      for (const { id } of await chats.unanswered(coo.id)) follow(id)
    },

    async stop() {
      stop.abort()
      await Promise.all([...underway.values()].map(({ done }) => done))
    },
  }
}

export type Conversation = ReturnType<typeof createConversation>

/** `of`: what of the message they are made of, where it is not all of it. */
function asProposals(made: readonly IntakeProposal[], { chatId, messageId, context, of = messageId }: { chatId: ChatId; messageId: MessageId; context: readonly string[]; of?: string }): Proposed[] {
  // Of an answer that is given again after a crash they are the same: what was proposed by then is not proposed twice.
  const ids = made.map((_, at) => createHash('sha256').update(`${chatId} ${of} ${at}`).digest('base64url').slice(0, 21) as MissionId)
  return made.map(({ blockedBy, questions, together = [], context: more = [], ...proposal }, at): Proposed => ({
    ...proposal,
    description: withTogether(proposal.description, together.flatMap((place) => made[place] && ids[place] ? [{ title: made[place].title, id: ids[place] }] : [])),
    id: ids[at]!, by: coo.id, origin: { kind: 'chat', chatId, messageId }, context: [...new Set([...context, ...more])].slice(0, limits.references),
    blockedBy: blockedBy.flatMap((place) => ids[place] ?? []),
    questions: questions.map(({ field, ...question }, number) => ({ id: field ? fieldQuestion(field) : `q${number}`, ...question })),
  }))
}

/** Names what was asked for together with it, linked: one leads to the others, also once they are missions. */
const withTogether = (description: string, others: readonly { title: string; id: MissionId }[]) => others.length === 0 ? description
  : `${description}\n\nAsked for together with ${listed(others.map(({ title, id }) => markdownLink(title, referenceUrl({ kind: 'mission', id }))))}.`
