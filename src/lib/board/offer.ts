import type * as Y from 'yjs'
import { isId, type ActorId, type MessageId, type MissionId } from './ids.ts'

/**
 * What the COO offers as part of a message. Where a workspace is empty, what it would set up: a project, or a staff member from a template; a person makes it
 * with one press, under another name if they like, and `missions` are the proposals that it is for. And of each thing that it took as news alone a mission:
 * `name` is what was said, and a press makes a proposal of it.
 */
export type Offer = {
  id: string
  messageId: MessageId
  kind: OfferKind
  name: string
  /** Of staff: the key of the template. */
  template: string
  /** Why, in a sentence; '' where nothing is to say. */
  why: string
  missions: readonly MissionId[]
  state: OfferState
  /** The project, the staff member or the proposal. */
  madeId: string | null
  /** Who made or put it aside. */
  by: ActorId | null
}

export const offerKinds = ['project', 'staff', 'mission'] as const
export type OfferKind = (typeof offerKinds)[number]
const offerStates = ['open', 'made', 'declined'] as const
type OfferState = (typeof offerStates)[number]

/** In `chat/<id>`; the server alone writes them. */
export const offersOf = (chat: Y.Doc) => chat.getMap<unknown>('offers')

const text = (value: unknown) => (typeof value === 'string' ? value : '')

export function readOffer(chat: Y.Doc, id: string): Offer | null {
  const value = offersOf(chat).get(id)
  if (typeof value !== 'object' || value === null) return null
  const { messageId, kind, name, template, why, missions, state, madeId, by } = value as Record<string, unknown>
  const known = offerKinds.find((each) => each === kind)
  if (!known || !isId(messageId)) return null
  return {
    id, messageId: messageId as MessageId, kind: known, name: text(name), template: text(template), why: text(why), missions: Array.isArray(missions) ? missions.filter(isId) as MissionId[] : [],
    state: offerStates.find((each) => each === state) ?? 'open', madeId: isId(madeId) ? madeId : null, by: isId(by) ? by as ActorId : null,
  }
}

/** Projects before staff, each in the order in which they were offered. */
export const readOffers = (chat: Y.Doc): Offer[] =>
  [...offersOf(chat).keys()].flatMap((id) => readOffer(chat, id) ?? []).sort((a, b) => offerKinds.indexOf(a.kind) - offerKinds.indexOf(b.kind) || (a.id < b.id ? -1 : 1))
