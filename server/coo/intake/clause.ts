import { asWho, type Ask, type Who } from './asks.ts'
import { findActors } from './names.ts'
import { infinitiveOf } from './participle.ts'
import type { Reading } from './reading.ts'
import { askInMinutes, baseOf } from './third-person.ts'
import type { Words } from './words/words.ts'

/** Says that what comes next is wanted, or was agreed. The little word alone goes on with another clause: "… et que Bo range la cave". */
const leads: Record<Words['code'], RegExp> = {
  en: /^(?:(?:(?:we|they) (?:all |have |'ve )*(?:agreed|decided)|it (?:was|is|has been) (?:agreed|decided)|the (?:plan|idea|agreement) (?:is|was)|i(?:'d| would)? (?:suggest|propose))(?: that)?|that)\s+/i,
  de: /^(?:(?:wir haben (?:beschlossen|vereinbart|ausgemacht|abgemacht|entschieden)|(?:ich|wir) (?:möchten?|wollen|will|hätten? gerne?)|(?:es )?wäre (?:\p{L}+ )?(?:gut|schön|toll|super|klasse|nett|prima|hilfreich)),? (?:dass|wenn)|dass)\s+/iu,
  fr: /^(?:(?:il (?:faut|faudrait|faudra)|(?:j'aimerais|je (?:voudrais|veux)|on (?:voudrait|aimerait)|nous (?:voudrions|aimerions))(?: bien)?|(?:on a|nous avons) (?:dit|décidé|convenu))(?: aussi)? )?que? ?(?:'|\s)/i,
  es: /^(?:(?:hay|hace falta|haría falta|quiero|queremos|quisiera|necesito|necesitamos|me gustaría|hemos (?:decidido|acordado|quedado en)|quedamos en) )?que\s+/i,
}
const anybody = /^(?:quelqu'un|alguien|jemand)\s+/i

/** "Il faut que Bo range la cave", "wir haben ausgemacht, dass Ann die Schule anruft": what somebody is to do, in a clause of its own. `null` where it is none. */
export function askInClause(sentence: string, reading: Reading): Ask | null {
  const { words } = reading
  const lead = leads[words.code].exec(sentence)
  if (!lead) return null
  const clause = sentence.slice(lead[0].length)
  if (words.code === 'en') {
    const ask = askInMinutes(clause, reading, false)
    return ask.kind === 'order' && ask.who !== null ? ask : null
  }
  const [mention] = findActors(clause.slice(0, 60), reading)
  const end = mention && mention.at <= 1 ? mention.end : anybody.exec(clause)?.[0].length
  if (end === undefined) return null
  const who: Who | null = mention && mention.at <= 1 ? asWho(mention) : null
  const task = words.code === 'de' ? verbLast(clause.slice(end), words) : verbFirst(clause.slice(end), words)
  return task === null ? null : { kind: 'order', task, who }
}

function verbFirst(said: string, words: Words): string | null {
  const [, verb = '', rest = ''] = /^\s*(\p{Ll}{3,})(\s.+)$/u.exec(said) ?? []
  // "Vienne ouvrir": to open is what is asked for.
  if (/^(?:vienne|aille|venga|vaya)$/.test(verb)) return rest.trim().replace(/^a /, '')
  const base = verb === '' ? null : baseOf(verb, words) ?? infinitiveOf(verb, words) ?? (words.code === 'fr' && /e$/.test(verb) ? `${verb}r` : null)
  return base === null ? null : base + rest
}

function verbLast(said: string, words: Words): string | null {
  const [, rest = '', verb = ''] = /^\s*(.+\s)(\p{Ll}{3,})[.!]*$/u.exec(said) ?? []
  const base = baseOf(verb, words) ?? (/[^s]t$/.test(verb) ? verb.replace(/e?t$/, 'en') : null)
  return verb === '' || base === null ? null : rest + base
}
