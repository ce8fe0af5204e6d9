import type * as Y from 'yjs'
import { messagesOf, readMessage, readTurn, turnsOf, type Message, type Turn } from '#lib/board/chat.ts'
import type { ChatId, MessageId } from '#lib/board/ids.ts'
import type { Connection } from '#lib/sync/connection.ts'
import { chatDocument } from '#lib/sync/document-names.ts'
import type { OpenDocument } from '#lib/sync/open-document.ts'
import { Signals } from '#lib/workspace/signals.ts'

type Key = 'state' | 'messages' | 'turns' | `message ${MessageId}`

const byAge = (a: Message, b: Message) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1)

/** A chat's document as components read it: a message that grows renders itself again, and nothing else. */
export class LiveChat {
  readonly id: ChatId
  #signals = new Signals<Key>()
  #document: OpenDocument | null = null
  #messages = new Map<MessageId, Message>()
  #order: readonly MessageId[] = []
  #turns = new Map<MessageId, Turn>()
  #unobserve = () => {}

  constructor(id: ChatId) {
    this.id = id
  }

  /** Goes live; the answer ends it. */
  open(connection: Connection): () => void {
    const document = this.#document = connection.open(chatDocument(this.id))
    const changed = () => this.#signals.changed('state')
    const replaced = () => this.#observe(document.doc)
    document.on('change', changed)
    document.on('replaced', replaced)
    this.#observe(document.doc)
    return () => {
      this.#unobserve()
      document.off('change', changed)
      document.off('replaced', replaced)
      this.#document = null
      connection.close(document)
      changed()
    }
  }

  /** The open document; `null` before the page is live. Its `doc` is another one after an edit was refused. */
  get document(): OpenDocument | null {
    this.#signals.track('state')
    return this.#document
  }

  get doc(): Y.Doc | null {
    return this.document?.doc ?? null
  }

  /** What is empty here is truly empty. */
  get ready(): boolean {
    return this.document?.ready ?? false
  }

  /** The server said that there is no such chat, or not for us. */
  get denied(): boolean {
    return this.document?.denied ?? false
  }

  /** Oldest first. */
  get messages(): readonly MessageId[] {
    this.#signals.track('messages')
    return this.#order
  }

  message(id: MessageId): Message | null {
    this.#signals.track(`message ${id}`)
    return this.#messages.get(id) ?? null
  }

  /** What the COO does about a message. */
  turn(id: MessageId): Turn | null {
    this.#signals.track('turns')
    return this.#turns.get(id) ?? null
  }

  /** The message that an answer is to, with how far it is. */
  turnOf(answer: MessageId): { asked: MessageId; turn: Turn } | null {
    this.#signals.track('turns')
    for (const [asked, turn] of this.#turns) if (turn.answer === answer) return { asked, turn }
    return null
  }

  #observe(doc: Y.Doc) {
    this.#unobserve()
    const messages = messagesOf(doc)
    const turns = turnsOf(doc)
    const onMessages = (events: Y.YEvent<Y.AbstractType<unknown>>[]) => {
      const ids = new Set<string>()
      for (const event of events) {
        if (event.target === messages) for (const id of event.keys.keys()) ids.add(id)
        else ids.add(String(event.path[0]))
      }
      this.#readMessages(doc, ids)
    }
    const onTurns = () => this.#readTurns(doc)
    messages.observeDeep(onMessages)
    turns.observe(onTurns)
    this.#unobserve = () => {
      messages.unobserveDeep(onMessages)
      turns.unobserve(onTurns)
      this.#unobserve = () => {}
    }
    this.#readTurns(doc)
    this.#readMessages(doc, new Set([...this.#messages.keys(), ...messages.keys()]))
    this.#signals.changed('state')
  }

  #readMessages(doc: Y.Doc, ids: ReadonlySet<string>) {
    let listed = false
    for (const id of ids as ReadonlySet<MessageId>) {
      const before = this.#messages.get(id)
      const message = readMessage(doc, id)
      if (message) this.#messages.set(id, message)
      else this.#messages.delete(id)
      listed ||= before?.createdAt !== message?.createdAt
      this.#signals.changed(`message ${id}`)
    }
    if (!listed) return
    this.#order = [...this.#messages.values()].sort(byAge).map(({ id }) => id)
    this.#signals.changed('messages')
  }

  #readTurns(doc: Y.Doc) {
    this.#turns.clear()
    for (const id of turnsOf(doc).keys() as IterableIterator<MessageId>) {
      const turn = readTurn(doc, id)
      if (turn) this.#turns.set(id, turn)
    }
    this.#signals.changed('turns')
  }
}
