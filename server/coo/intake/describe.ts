import { contentOf } from './alike.ts'
import type { Piece } from './piece.ts'
import { announces } from './sections.ts'
import type { Words } from './words/words.ts'

export const goodResultHeading = 'A good result has'
const longestPassage = 1200

/** What the request says that a good result has, and what is left of the details. */
function goodOf({ lead, details, good }: Piece, words: Words): { good: string[]; rest: string[] } {
  const said = details.filter((detail) => words.good.test(detail) && !detail.includes('\n'))
  const including = words.including.exec(lead)
  const parts = including ? lead.slice(including.index + including[0].length).replace(/[.!?]+$/, '').split(/,\s*(?:and |und |et |y )?|\s+(?:and|und|et|y)\s+/).map((part) => part.trim()) : []
  return { good: [...parts.length > 1 ? parts.filter((part) => part !== '') : [], ...said, ...good], rest: details.filter((detail) => !said.includes(detail)) }
}

/** The request's own words: what belongs to the piece, and the passage that it was cut out of where that is more. */
export function describe(piece: Piece, title: string, words: Words): string {
  const parts: string[] = []
  const { good, rest } = goodOf(piece, words)
  const lead = piece.lead.trim()
  parts.push(...[...piece.before, lead === title && piece.before.length + rest.length > 0 ? '' : lead, ...rest].filter((part) => part !== ''))
  let body = ''
  for (const part of parts) {
    const isList = /^\s*(?:- |> |```)/.test(part)
    body += body === '' ? part : isList || /^\s*(?:- |> |```)/.test(body.split('\n').at(-1) ?? '') || body.endsWith('```') ? `\n\n${part}` : ` ${part}`
  }
  const sections = [body]
  if (good.length > 0) sections.push(`## ${goodResultHeading}\n\n${good.map((one) => `- ${one.replaceAll('\n', ' ')}`).join('\n')}`)
  const passage = piece.passage?.trim() ?? ''
  const under = piece.under.filter((above) => !announcesOnly(above))
  const origin = [...under.length > 0 ? [under.join(' › ')] : [], ...passage !== '' && plain(passage) !== plain(body) ? [passage.length > longestPassage ? `${passage.slice(0, longestPassage)}…` : passage] : []]
  if (origin.length > 0) sections.push(`## From the request\n\n${origin.join('\n\n').split('\n').map((line) => `> ${line}`).join('\n')}`)
  return sections.filter((section) => section !== '').join('\n\n')
}

/** "Three points of housekeeping": says that something comes, and nothing of it. */
const announcesOnly = (text: string) => announces.test(text) && contentOf(text.replace(new RegExp(announces.source, 'gi'), ' ').replace(/\b(?:one|two|three|four|five|six|seven|eight|nine|ten|some|\d+|please|do|bits?|hier|zwei|drei|vier|fünf)\b/gi, ' ')).length === 0

const plain = (text: string) => text.replace(/[^\p{L}\p{N}]+/gu, ' ').trim().toLowerCase()
