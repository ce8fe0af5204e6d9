import { contentOf } from './alike.ts'
import type { Piece } from './piece.ts'
import { announces } from './sections.ts'
import { sentencesOf } from './sentences.ts'
import { vagueWords } from './title.ts'
import type { Words } from './words/words.ts'

export const goodResultHeading = 'A good result has'

/** What the request says that a good result has, and what is left of the details. */
function goodOf({ lead, details, good }: Piece, words: Words): { good: string[]; rest: string[] } {
  const said = details.filter((detail) => words.good.test(detail) && !detail.includes('\n'))
  const including = words.including.exec(lead)
  const parts = including ? lead.slice(including.index + including[0].length).replace(/[.!?]+$/, '').split(/,\s*(?:and |und |et |y )?|\s+(?:and|und|et|y)\s+/).map((part) => part.trim()) : []
  return { good: [...parts.length > 1 ? parts.filter((part) => part !== '') : [], ...said, ...good], rest: details.filter((detail) => !said.includes(detail)) }
}

/** The request's own words: what belongs to the piece, and what stood before it where its words point there. */
export function describe(piece: Piece, title: string, words: Words): string {
  const parts: string[] = []
  const { good, rest } = goodOf(piece, words)
  const lead = piece.scope !== '' && !piece.lead.includes(piece.scope.trim()) ? `${piece.scope.trim()} ${piece.lead.trim()}` : piece.lead.trim()
  parts.push(...[...piece.before, lead === title && piece.before.length + rest.length > 0 ? '' : lead, ...rest].filter((part) => part !== ''))
  let body = ''
  for (const part of parts) {
    const isList = /^\s*(?:- |> |```)/.test(part)
    body += body === '' ? part : isList || /^\s*(?:- |> |```)/.test(body.split('\n').at(-1) ?? '') || body.endsWith('```') ? `\n\n${part}` : `${/[\p{L}\p{N})]$/u.test(body) && /^\p{Ll}/u.test(part) ? ',' : ''} ${part}`
  }
  const sections = [body]
  if (good.length > 0) sections.push(`## ${goodResultHeading}\n\n${good.map((one) => `- ${one.replaceAll('\n', ' ')}`).join('\n')}`)
  const context = contextOf(piece, words)
  const under = piece.under.filter((above) => !announcesOnly(above))
  const origin = [...under.length > 0 ? [under.join(' › ')] : [], ...context !== null && !plain(body).includes(plain(context)) ? [context] : []]
  if (origin.length > 0) sections.push(`## From the request\n\n${origin.join('\n\n').split('\n').map((line) => `> ${line}`).join('\n')}`)
  return sections.filter((section) => section !== '').join('\n\n')
}

const longestContext = 1200

/**
 * What a piece that was cut out of a passage cannot be read without: the sentence that it was a part of, or the one before, where a word of it stands for
 * something there. All else of the passage is of others, and stands with them.
 */
function contextOf({ lead, before, passage }: Piece, words: Words): string | null {
  if (passage === null || !words.refers.test(lead) && !words.then.test(lead) && !vagueWords.test(lead) || before.length > 0) return null
  const sentences = sentencesOf(passage)
  const at = sentences.findIndex((sentence) => sentence.includes(lead))
  const own = sentences[at]
  if (own === undefined) return null
  const isPart = plain(own).length > plain(lead).length + 8 && !plain(own).startsWith(plain(lead))
  const context = isPart ? own : sentences[at - 1] ?? ''
  return context === '' ? null : context.length > longestContext ? `${context.slice(0, longestContext)}…` : context
}

/** "Three points of housekeeping": says that something comes, and nothing of it. */
const announcesOnly = (text: string) => announces.test(text) && contentOf(text.replace(new RegExp(announces.source, 'gi'), ' ').replace(/\b(?:one|two|three|four|five|six|seven|eight|nine|ten|some|\d+|please|do|bits?|hier|zwei|drei|vier|fünf)\b/gi, ' ')).length === 0

const plain = (text: string) => text.replace(/[^\p{L}\p{N}]+/gu, ' ').trim().toLowerCase()
