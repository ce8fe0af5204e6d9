import { coo } from '#lib/board/proposal.ts'
import type { ActorId } from '#lib/board/ids.ts'
import type { IntakeRequest } from '../intake.ts'
import type { Ask } from './asks.ts'
import { tokensOf, type Token } from './tokens.ts'
import type { Words } from './words/words.ts'

/** Somebody who can be given work. `parts`: the words of the name. */
export type Actor = { id: ActorId; name: string; isStaff: boolean; parts: readonly Token[] }

/** What a request is read with. Sentences are asked for what they want many times over, so that is kept. */
export type Reading = { request: IntakeRequest; words: Words; actors: readonly Actor[]; asks: Map<string, Ask>; /** People speak in it, line by line. */ isTalk: boolean }

export const readingOf = (request: IntakeRequest, words: Words): Reading => ({
  request,
  words,
  actors: [
    ...request.people.map((one) => ({ ...one, isStaff: false })),
    ...request.staff.filter(({ id }) => id !== coo.id).map((one) => ({ ...one, isStaff: true })),
  ].map(({ id, name, isStaff }) => ({ id, name, isStaff, parts: tokensOf(name) })),
  asks: new Map(),
  isTalk: isTalk(request.text),
})

/** Several lines that begin with who says them, one of them in the first person. */
function isTalk(text: string): boolean {
  const said = [...text.matchAll(/^(?:\[?\d{1,2}[:.]\d{2}\]?\s*)?\p{Lu}[\p{L} .]{1,30}:\s+(.*)$/gmu)].map(([, words = '']) => words)
  return said.length >= 2 && said.some((words) => /^(?:i|i'll|i'm|we|yes|no|ok|sure|great|thanks|can you|could you|sounds)\b/i.test(words))
}
