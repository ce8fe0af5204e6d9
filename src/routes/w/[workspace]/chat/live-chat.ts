import type * as Y from 'yjs'
import { messagesOf, readMessage, readTurn, turnsOf, type Message, type Turn } from '#lib/board/chat.ts'
import type { ChatId, MessageId } from '#lib/board/ids.ts'
import { offersOf, readOffers, type Offer } from '#lib/board/offer.ts'
import { chatDocument } from '#lib/sync/document-names.ts'
import { LiveDocument } from '#lib/workspace/live-document.ts'

const byAge = (a: Message, b: Message) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1)

/** A chat's document as components read it: a message that grows renders itself again, and nothing else. */
export class LiveChat extends LiveDocument<'messages' | 'offers' | `message ${MessageId}` | `turn ${MessageId}`> {
  readonly id: ChatId
  #messages = new Map<MessageId, Message>()
  #order: readonly MessageId[] = []
  #turns = new Map<MessageId, Turn>()
  #offers: readonly Offer[] = []

  constructor(id: ChatId) {
    super(chatDocument(id))
    this.id = id
  }

  /** Oldest first. */
  get messages(): readonly MessageId[] {
    this.signals.track('messages')
    return this.#order
  }

  message(id: MessageId): Message | null {
    this.signals.track(`message ${id}`)
    return this.#messages.get(id) ?? null
  }

  /** What the COO offers to set up. */
  get offers(): readonly Offer[] {
    this.signals.track('offers')
    return this.#offers
  }

  /** What the COO does about a message. */
  turn(id: MessageId): Turn | null {
    this.signals.track(`turn ${id}`)
    return this.#turns.get(id) ?? null
  }

  /** The message that an answer is to, with how far it is. */
  turnOf(answer: MessageId): { asked: MessageId; turn: Turn } | null {
    this.signals.track(`turn ${answer}`)
    for (const [asked, turn] of this.#turns) if (turn.answer === answer) return { asked, turn }
    return null
  }

  protected observe(doc: Y.Doc) {
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
    const onTurns = ({ keysChanged }: Y.YMapEvent<unknown>) => this.#readTurns(doc, keysChanged as ReadonlySet<string>)
    const offers = offersOf(doc)
    const onOffers = () => {
      this.#offers = readOffers(doc)
      this.signals.changed('offers')
    }
    messages.observeDeep(onMessages)
    offers.observe(onOffers)
    turns.observe(onTurns)
    onOffers()
    this.#readTurns(doc, new Set([...this.#turns.keys(), ...turns.keys()]))
    this.#readMessages(doc, new Set([...this.#messages.keys(), ...messages.keys()]))
    return () => {
      messages.unobserveDeep(onMessages)
      turns.unobserve(onTurns)
      offers.unobserve(onOffers)
    }
  }

  #readMessages(doc: Y.Doc, ids: ReadonlySet<string>) {
    let listed = false
    for (const id of ids as ReadonlySet<MessageId>) {
      const before = this.#messages.get(id)
      const message = readMessage(doc, id)
      if (message) this.#messages.set(id, message)
      else this.#messages.delete(id)
      listed ||= before?.createdAt !== message?.createdAt
      this.signals.changed(`message ${id}`)
    }
    if (!listed) return
    this.#order = [...this.#messages.values()].sort(byAge).map(({ id }) => id)
    this.signals.changed('messages')
  }

  #readTurns(doc: Y.Doc, ids: ReadonlySet<string>) {
    for (const id of ids as ReadonlySet<MessageId>) {
      const [before, turn] = [this.#turns.get(id), readTurn(doc, id)]
      if (turn) this.#turns.set(id, turn)
      else this.#turns.delete(id)
      for (const message of new Set([id, before?.answer, turn?.answer])) if (message) this.signals.changed(`turn ${message}`)
    }
  }
}
