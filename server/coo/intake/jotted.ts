import { readAsk } from './asks.ts'
import { findActors } from './names.ts'
import type { Reading } from './reading.ts'
import { tokensOf } from './tokens.ts'

/** What stands between commas, whole brackets apart. */
export const fragmentsOf = (text: string) => text.split(/[,;]\s*(?:(?:and|und|et|y)\s+)?(?![^(]*\))/).map((part) => part.replace(/[.!?]+$/, '').trim()).filter((part) => part.length > 2)

/** "website: fonts look weird, contact form broken, need new photos": things that are jotted down after what they are about. */
export function jottedUnder(sentence: string, reading: Reading): string[] | null {
  const [, rest] = /^[\p{L}][\p{L} -]{1,24}:\s+(.+)$/u.exec(sentence) ?? []
  const parts = rest === undefined || findActors(sentence.slice(0, 26), reading).length > 0 ? [] : fragmentsOf(rest)
  const kinds = parts.map((part) => readAsk(part, reading).kind)
  const isWork = kinds.filter((kind) => kind === 'trouble' || kind === 'want' || kind === 'order').length
  return parts.length >= 3 && isWork >= 2 && kinds.includes('trouble') && parts.every((part) => tokensOf(part).length >= 2) ? parts : null
}
