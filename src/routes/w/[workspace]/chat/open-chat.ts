import { createContext } from 'svelte'
import type { ChatId, MessageId } from '#lib/board/ids.ts'
import type { Chat } from '#lib/coo/answers.ts'
import type { Workspace } from '#lib/workspace/workspace.svelte.ts'
import type { ChatList } from './chat-list.svelte.ts'
import { LiveChat } from './live-chat.ts'

/** The chat that a page shows: its document, and what the list says of it. */
export class OpenChat {
  readonly id: ChatId
  readonly workspace: Workspace
  readonly live: LiveChat
  #list: ChatList

  constructor(workspace: Workspace, list: ChatList, id: ChatId) {
    this.workspace = workspace
    this.id = id
    this.live = new LiveChat(id)
    this.#list = list
  }

  /** `null`: not known yet. */
  get listed(): Chat | null {
    return this.#list.chat(this.id)
  }

  get title(): string {
    return this.listed?.title || 'New chat'
  }

  get mayWrite(): boolean {
    return this.workspace.can('edit', 'chat') && this.listed?.archivedAt == null
  }

  get online(): boolean {
    return this.workspace.status === 'connected'
  }

  /** The newest message that came with proposals: those are shown whole, older ones folded. */
  get newestProposing(): MessageId | null {
    return this.live.messages.findLast((id) => (this.live.message(id)?.proposals.length ?? 0) > 0) ?? null
  }
}

export const [useChat, provideChat] = createContext<OpenChat>()
