import { coo } from '#lib/board/proposal.ts'
import type { ActorId } from '#lib/board/ids.ts'
import type { IntakeRequest } from '../intake.ts'
import { asWho, type Ask, type Who } from './asks.ts'
import { dayIn, type Day } from './days.ts'
import { othersIn } from './language.ts'
import { findActors } from './names.ts'
import { isTalk, isTimed } from './talk.ts'
import { tokensOf, type Token } from './tokens.ts'
import type { Words } from './words/words.ts'

/** Somebody who can be given work. `parts`: the words of the name. */
export type Actor = { id: ActorId; name: string; isStaff: boolean; parts: readonly Token[] }

/** What a request is read with. Sentences are asked for what they want many times over, so that is kept. */
export type Reading = { request: IntakeRequest; /** The day that it is for whoever asks. */ today: Day; words: Words; actors: readonly Actor[]; asks: Map<string, Ask>; /** People speak in it, line by line. */ isTalk: boolean; /** Somebody wrote it to whoever asks: "I" is not them. */ isToAsker: boolean; /** Who that is, where they are known here. */ writer: Who | null; /** In the other languages that stand in it. */ others: readonly Reading[] }

const readIn = (request: IntakeRequest, words: Words, text: string): Reading => ({
  request,
  today: dayIn(request.now, request.timeZone),
  words,
  actors: [
    ...request.people.map((one) => ({ ...one, isStaff: false })),
    ...request.staff.filter(({ id }) => id !== coo.id).map((one) => ({ ...one, isStaff: true })),
  ].map(({ id, name, isStaff }) => ({ id, name, isStaff, parts: tokensOf(name) })),
  asks: new Map(),
  isTalk: isTalk(text) || isTimed(request.text),
  isToAsker: greetsIn(request).test(text),
  writer: null,
  others: [],
})

/** A mail that begins with the name of whoever asks. */
function greetsIn({ people, by }: IntakeRequest): RegExp {
  const first = people.find(({ id }) => id === by)?.name.split(' ')[0]?.replace(/[^\p{L}]/gu, '') ?? ''
  return first === '' ? /(?!)/ : new RegExp(`^\\s*(?:hi|hello|hey|dear|hallo|liebe[rs]?|moin|bonjour|salut|ch(?:er|ère)|hola|querid[oa])\\s+${first}(?!\\p{L})`, 'iu')
}

/** Whoever wrote a mail that is passed on, by its head, or by the name below what is written to whoever asks. */
function writerOf({ text, by }: IntakeRequest, reading: Reading): Who | null {
  const named = /^\s*(?:from|von|de):\s*(.+)$/im.exec(text)?.[1] ?? (reading.isToAsker ? text.trim().split('\n').at(-1) : undefined)
  const [writer, other] = named !== undefined && named.length <= 60 ? findActors(named, reading) : []
  return writer && !other && writer.ids.length === 1 && !writer.ids.includes(by) ? asWho(writer) : null
}

/** `text`: the request without what means nothing. */
export function readingOf(request: IntakeRequest, words: Words, text: string): Reading {
  const own = readIn(request, words, text)
  return { ...own, writer: writerOf(request, own), others: othersIn(text, words).map((other) => readIn(request, other, text)) }
}
