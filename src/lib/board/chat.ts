import * as Y from 'yjs'
import { instant } from './board-document.ts'
import { ownEdit } from './edits.ts'
import { isId, type ActorId, type FileId, type MessageId, type MissionId } from './ids.ts'

export { filesOf, readFiles, type WorkFile } from './files.ts'

/** The roots of `chat/<id>`; all but `messages` are the server's. */
export const chatRoots = ['messages', 'turns', 'files', 'offers'] as const

export const messagesOf = (chat: Y.Doc) => chat.getMap<Y.Map<unknown>>('messages')
export const turnsOf = (chat: Y.Doc) => chat.getMap<unknown>('turns')

/** `body` is Markdown; of the COO's it grows while it is written. `proposals`: what the COO made of it, in order. `quotes`: what it is about, `missions://<kind>/<id>`. */
export type Message = {
  id: MessageId
  by: ActorId
  body: string
  createdAt: number
  editedAt: number | null
  quotes: readonly string[]
  files: readonly FileId[]
  proposals: readonly MissionId[]
  /** What wrote it, where the COO did: `offline`, or a model's name. */
  engine: string | null
}

/** What the COO does about a message of a person. */
export type Turn = { state: 'working' | 'answered' | 'failed'; at: number; /** Why it failed, in words. */ reason: string; answer: MessageId | null }

const text = (value: unknown) => (typeof value === 'string' ? value : '')
const ids = <T extends string>(value: unknown) => (Array.isArray(value) ? value.filter(isId) as T[] : [])

export function readMessage(chat: Y.Doc, id: string): Message | null {
  const map = messagesOf(chat).get(id)
  if (!(map instanceof Y.Map)) return null
  const body = map.get('body')
  const quotes = map.get('quotes')
  return {
    id: id as MessageId,
    by: text(map.get('by')) as ActorId,
    body: body instanceof Y.Text ? body.toString() : text(body),
    createdAt: instant(map.get('createdAt')) ?? 0,
    editedAt: instant(map.get('editedAt')),
    quotes: Array.isArray(quotes) ? quotes.filter((quote): quote is string => typeof quote === 'string') : [],
    files: ids<FileId>(map.get('files')),
    proposals: ids<MissionId>(map.get('proposals')),
    engine: typeof map.get('engine') === 'string' ? text(map.get('engine')) : null,
  }
}

/** Oldest first. */
export const readMessages = (chat: Y.Doc): Message[] =>
  [...messagesOf(chat).keys()]
    .map((id) => readMessage(chat, id))
    .filter((message): message is Message => message !== null)
    .sort((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1))

export function readTurn(chat: Y.Doc, id: MessageId): Turn | null {
  const value = turnsOf(chat).get(id)
  if (typeof value !== 'object' || value === null) return null
  const { state, at, reason, answer } = value as Record<string, unknown>
  return state === 'working' || state === 'answered' || state === 'failed'
    ? { state, at: instant(at) ?? 0, reason: text(reason), answer: isId(answer) ? answer as MessageId : null } : null
}

type NewMessage = Pick<Message, 'id' | 'by' | 'body'> & Partial<Pick<Message, 'quotes' | 'files'>>

/** Says something in a chat; the COO answers what people say. */
export function say(chat: Y.Doc, { id, by, body, quotes, files }: NewMessage, now: number) {
  chat.transact(() => {
    messagesOf(chat).set(id, new Y.Map(Object.entries({
      by, body, createdAt: now, editedAt: null, ...quotes?.length ? { quotes } : {}, ...files?.length ? { files } : {},
    })))
  }, ownEdit)
}

export function editMessage(chat: Y.Doc, id: MessageId, body: string, now: number) {
  chat.transact(() => {
    const message = messagesOf(chat).get(id)
    if (!(message instanceof Y.Map)) return
    message.set('body', body)
    message.set('editedAt', now)
  }, ownEdit)
}

export const deleteMessage = (chat: Y.Doc, id: MessageId) => chat.transact(() => messagesOf(chat).delete(id), ownEdit)
