import { coo } from '#lib/board/proposal.ts'
import type { ActorId } from '#lib/board/ids.ts'
import type { IntakeRequest } from '../intake.ts'
import type { Ask } from './asks.ts'
import { othersIn } from './language.ts'
import { isTalk, isTimed } from './talk.ts'
import { tokensOf, type Token } from './tokens.ts'
import type { Words } from './words/words.ts'

/** Somebody who can be given work. `parts`: the words of the name. */
export type Actor = { id: ActorId; name: string; isStaff: boolean; parts: readonly Token[] }

/** What a request is read with. Sentences are asked for what they want many times over, so that is kept. */
export type Reading = { request: IntakeRequest; words: Words; actors: readonly Actor[]; asks: Map<string, Ask>; /** People speak in it, line by line. */ isTalk: boolean; /** Somebody wrote it to whoever asks: "I" is not them. */ isToAsker: boolean; /** In the other languages that stand in it. */ others: readonly Reading[] }

const readIn = (request: IntakeRequest, words: Words, text: string): Reading => ({
  request,
  words,
  actors: [
    ...request.people.map((one) => ({ ...one, isStaff: false })),
    ...request.staff.filter(({ id }) => id !== coo.id).map((one) => ({ ...one, isStaff: true })),
  ].map(({ id, name, isStaff }) => ({ id, name, isStaff, parts: tokensOf(name) })),
  asks: new Map(),
  isTalk: isTalk(text) || isTimed(request.text),
  isToAsker: greetsIn(request).test(text),
  others: [],
})

/** A mail that begins with the name of whoever asks. */
function greetsIn({ people, by }: IntakeRequest): RegExp {
  const first = people.find(({ id }) => id === by)?.name.split(' ')[0]?.replace(/[^\p{L}]/gu, '') ?? ''
  return first === '' ? /(?!)/ : new RegExp(`^\\s*(?:hi|hello|hey|dear|hallo|liebe[rs]?|moin|bonjour|salut|ch(?:er|ère)|hola|querid[oa])\\s+${first}(?!\\p{L})`, 'iu')
}

/** `text`: the request without what means nothing. */
export function readingOf(request: IntakeRequest, words: Words, text: string): Reading {
  return { ...readIn(request, words, text), others: othersIn(text, words).map((other) => readIn(request, other, text)) }
}
