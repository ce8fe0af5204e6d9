import { createContext } from 'svelte'
import { isId, type ChatId, type FileId, type MessageId, type ProjectId } from '#lib/board/ids.ts'
import type { Workspace } from '#lib/workspace/workspace.svelte.ts'
import { ask } from './chat-calls.ts'

/** What begins a chat, as it will be sent; `problem`: why the server did not take it. */
export type WaitingRequest = {
  chatId: ChatId; messageId: MessageId; projectId: ProjectId | null; text: string; quotes?: readonly string[]; files?: readonly FileId[]; at: number; problem: string
}

const text = (value: unknown) => (typeof value === 'string' ? value : '')
const texts = (value: unknown) => (Array.isArray(value) ? value.filter((each): each is string => typeof each === 'string') : [])

/** Chats that were begun without the network: they wait on this device, and go out by themselves, each once. */
export class WaitingRequests {
  #workspace: Workspace
  #all = $state.raw<readonly WaitingRequest[]>([])
  #sending = false

  constructor(workspace: Workspace) {
    this.#workspace = workspace
  }

  /** Oldest first. */
  get all(): readonly WaitingRequest[] {
    return this.#all
  }

  recall() {
    this.#all = this.#kept()
  }

  /** Keeps it until the server can be reached; false where this device cannot keep it. */
  wait(request: WaitingRequest): boolean {
    return this.#keep([...this.#kept(), request])
  }

  takeBack(messageId: MessageId) {
    this.#keep(this.#kept().filter((each) => each.messageId !== messageId))
  }

  send = ({ at: _, problem: __, ...request }: WaitingRequest) => ask(this.#workspace.id, { ...request, begins: true })

  /** Sends what waits, oldest first; answers with the chats that began. */
  async sendAll(): Promise<ChatId[]> {
    if (this.#sending) return []
    this.#sending = true
    const begun: ChatId[] = []
    try {
      for (const request of this.#kept().filter(({ problem }) => problem === '')) {
        const answered = await this.send(request)
        if (answered.ok) {
          begun.push(request.chatId)
          this.takeBack(request.messageId)
        } else if (answered.code === 'unreachable') break
        else this.#keep(this.#kept().map((each) => (each.messageId === request.messageId ? { ...each, problem: answered.message } : each)))
      }
    } finally {
      this.#sending = false
    }
    return begun
  }

  /** The name begins as all does that is deleted when the person signs out. */
  get #key() {
    return `missions/${this.#workspace.me.id}/requests/${this.#workspace.id}`
  }

  #kept(): WaitingRequest[] {
    try {
      const kept: unknown = JSON.parse(localStorage.getItem(this.#key) ?? '[]')
      if (!Array.isArray(kept)) return []
      return kept.filter((each): each is Record<string, unknown> => typeof each === 'object' && each !== null).flatMap((each): WaitingRequest[] => {
        const { chatId, messageId, projectId, at } = each
        if (!isId(chatId) || !isId(messageId)) return []
        return [{
          chatId: chatId as ChatId, messageId: messageId as MessageId, projectId: isId(projectId) ? projectId as ProjectId : null, text: text(each.text), quotes: texts(each.quotes),
          files: texts(each.files).filter(isId) as FileId[], at: typeof at === 'number' ? at : 0, problem: text(each.problem),
        }]
      })
    } catch {
      return []
    }
  }

  #keep(requests: readonly WaitingRequest[]): boolean {
    try {
      if (requests.length === 0) localStorage.removeItem(this.#key)
      else localStorage.setItem(this.#key, JSON.stringify(requests))
    } catch {
      return false
    }
    this.#all = requests
    return true
  }
}

export const [useWaitingRequests, provideWaitingRequests] = createContext<WaitingRequests>()
