import { createContext } from 'svelte'
import type { ActorId, ChatId, CommentId, ProjectId } from '#lib/board/ids.ts'
import type { Chat } from '#lib/coo/answers.ts'
import { chatDocument } from '#lib/sync/document-names.ts'
import { Fresh } from '#lib/workspace/fresh.svelte.ts'
import type { Workspace } from '#lib/workspace/workspace.svelte.ts'
import { listChats } from './chat-calls.ts'

/** What was said last, as marks know what was seen. */
const lastSaid = ({ lastAt, lastBy }: Chat) => ({ id: `at${lastAt}` as CommentId, by: lastBy ?? '' as ActorId, createdAt: lastAt })

/** The chats of a workspace, newest first; as they were last, where the server cannot be asked. */
export class ChatList {
  #workspace: Workspace
  #fresh: Fresh<Chat[]>

  constructor(workspace: Workspace) {
    this.#workspace = workspace
    this.#fresh = new Fresh<Chat[]>(null, async () => {
      const answered = await listChats(workspace.id)
      if (!answered.ok) return answered
      this.#keep(answered.value.chats)
      return { ok: true, value: answered.value.chats }
    })
  }

  /** `null` before they are known. */
  get all(): readonly Chat[] | null {
    return this.#fresh.value
  }

  get problem(): string | null {
    return this.#fresh.problem
  }

  /** Those that are not archived. */
  get current(): readonly Chat[] {
    return (this.all ?? []).filter(({ archivedAt }) => archivedAt === null)
  }

  /** Whether somebody said something there that one has not seen. */
  isNew = (chat: Chat) => this.#workspace.marks.isNew(chatDocument(chat.id), lastSaid(chat))

  /** One has read a chat to its end. */
  see(chat: Chat) {
    const last = lastSaid(chat)
    if (this.isNew(chat)) this.#workspace.marks.see(chatDocument(chat.id), [last], new Set([last.id]))
  }

  of = (project: ProjectId) => this.current.filter(({ projectId }) => projectId === project)
  chat = (id: ChatId): Chat | null => this.all?.find((chat) => chat.id === id) ?? null
  refresh = () => this.#fresh.refresh()

  /** Reads them now and on news; the answer ends it. */
  follow(): () => void {
    this.#fresh.value ??= this.#kept()
    return this.#fresh.follow(this.#workspace, 'chats')
  }

  /** The name begins as all does that is deleted when the person signs out. */
  get #key() {
    return `missions/${this.#workspace.me.id}/chats/${this.#workspace.id}`
  }

  #kept(): Chat[] | null {
    try {
      const kept: unknown = JSON.parse(localStorage.getItem(this.#key) ?? 'null')
      return Array.isArray(kept) ? kept as Chat[] : null
    } catch {
      return null
    }
  }

  #keep(chats: readonly Chat[]) {
    try {
      localStorage.setItem(this.#key, JSON.stringify(chats.slice(0, 200)))
    } catch {
      // Storage is full or forbidden: without the network the list is then not there.
    }
  }
}

export const [useChatList, provideChatList] = createContext<ChatList>()
