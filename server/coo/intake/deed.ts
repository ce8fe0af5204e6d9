import { tokensOf } from './tokens.ts'
import { deedsIn, type Deeds } from './words/deeds.ts'
import type { Words } from './words/words.ts'

/** Where what a thing is called ends, and what is said about it begins. */
const behind: Record<Words['code'], RegExp> = {
  en: /[,;:(]|\s(?:for|of|with|about|on|in|from|to|that|which|who|so|before|by|at|between|including|as|per|against|where|showing|listing)\s/i,
  de: /[,;:(]|\s(?:für|von|mit|über|zu[mr]?|im|in|am|an|auf|aus|bei|der|die|das|den|des|dem|gegen|ohne)\s/i,
  fr: /[,;:(]|\s(?:pour|de|du|des|avec|sur|dans|à|au|aux|en|qui|que|sans|par)\s|\sd'/i,
  es: /[,;:(]|\s(?:para|de|del|con|sobre|en|al|que|sin|por)\s/i,
}
/** What leads a thing, before its name begins. */
const leads = /^(?:(?:an?|the|some|our|new|more|ein(?:e|en)?|une?|des|una?|unos|unas)\s+)+/i

/** Its last word says what it is: a "holiday calendar" is a calendar. In French and Spanish it is the first. */
function kindOf(thing: string, { code }: Words): string {
  const name = thing.replace(leads, '')
  const said = tokensOf(name.split(behind[code])[0] ?? name)
  return (code === 'fr' || code === 'es' ? said[0] : said.at(-1))?.text ?? ''
}

function deedFor(thing: string, words: Words, deeds: Deeds): string {
  const kind = kindOf(thing, words)
  if (deeds.written.test(kind)) return deeds.write
  if (deeds.made.test(kind)) return deeds.make
  return deeds.found.test(kind) || words.code === 'en' && /^(?:someone|somebody|anyone|another|a (?:better |good |different |new )?way)\b/i.test(thing) ? deeds.find : deeds.get
}

/** A name keeps its capital: what is told by the word behind it. */
const lower = (text: string) => /^(?:\p{Lu}\p{Ll}+ (?!and\b|und\b|et\b|y\b)\p{Ll}|A |An |The |New |More |Some )/u.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text
/** What there is none of begins without an article: "no list" is "a list". What cannot be counted has none. */
const uncounted = /(?:s|documentation|information|paper|water|coffee|access|internet|heating|light|power|money|help|feedback|staff|space|time|wifi|signage|soap|milk|bread|training|support|people)$/i

/** What a wanted thing is called as a task: "a release plan" is to be written, "more aprons" to be got. */
export function deedOf(thing: string, words: Words): string {
  const deeds = deedsIn[words.code]
  const named = words.code === 'de' ? thing : lower(thing)
  // What there is need of, in French, has lost its article where it is many.
  const said = words.code === 'fr' && /^(?!(?:les?|la|un|une|des|du|deux|trois|plus|nos|vos|ses|mes)\s|l'|\d)\p{L}+s(?:\s|$)/iu.test(named) ? `des ${named}` : named
  return deedFor(said, words, deeds).replace('…', () => said)
}

/** Says that something is not there: wanted, though nobody says so. */
export const isLack = (told: string, { code }: Words) => deedsIn[code].lacks.some((pattern) => pattern.test(told.replace(/[.!\s]+$/, '')))

const finite = /\b(?:is|are|was|were|has|have|ist|sind|hat|haben)\b/i

/** What a told fault or lack is called as a task: "there is no key list", "the sign is missing", "the printer is broken". */
export function deedAgainst(told: string, words: Words): string {
  const deeds = deedsIn[words.code]
  const text = told.replace(/[.!\s]+$/, '').replace(/^\p{Lu}\p{L}+ (?:said|says|mentioned|noticed|wrote|told \p{L}+) (?:that )?/u, '').replace(/^.{0,60}?(?<!\p{L})(?:we|i) (?:have |had )?(?:noticed|noted|saw|found|realised|realized|discovered) (?:out )?that (?=\p{L})/iu, '').replace(/^(?:bug|issue|problem|error|fehler|problème|problema)\s*[:–—-]\s*/i, '')
  // "The texts are done, pictures are missing": the clause that says what is wrong.
  const clauses = text.split(/,\s+(?:and |but |und |aber )?/)
  const wrongOne = clauses.length > 1 && finite.test(clauses[0] ?? '') ? clauses.find((clause) => words.trouble.test(clause)) : undefined
  if (wrongOne !== undefined && wrongOne !== text && !words.trouble.test(clauses[0] ?? '')) return deedAgainst(wrongOne, words)
  for (const pattern of deeds.lacks) {
    const thing = pattern.exec(text)?.[1]
    if (thing === undefined) continue
    if (words.code !== 'en') return deedOf(thing.replace(/^(?:ein)\s/i, ''), words)
    const isOne = !uncounted.test(kindOf(thing, words)) && !/^(?:an?|the|one|more|enough|any|our|\d)\b/i.test(thing)
    return deedOf(isOne ? `${/^[aeiou]/i.test(thing) ? 'an' : 'a'} ${thing}` : thing, words)
  }
  for (const [pattern, title] of deeds.wrong) {
    if (!pattern.test(text)) continue
    const made = text.replace(pattern, title)
    const inside = made.replace(/(?<=^\p{L}+(?: up| à jour)? )(?:The|Our|My|All|A|An|Le|La|Les|Une?|Nos|El|Los|Las)(?= )/u, (word) => word.toLowerCase()).replace(/(?<=^\p{L}+ )L'/u, 'l\'')
    // What is many is missing as many.
    return inside.replace(/^(Get (?:the |our |all )?(?:\p{L}+ )*?\p{L}+s) that is missing/u, '$1 that are missing')
  }
  return deeds.mend.replace('…', () => text)
}

/** What is asked and not known yet, as a task. */
export const toClear = (question: string, words: Words) => deedsIn[words.code].clear.replace('…', () => lower(question.trim()))

/** "a STATIC plan": a word that is shouted to be heard; names in capitals have no such ending. */
export const unshouted = (title: string, { code, common }: Words) => !/\p{Ll}/u.test(title) && /\p{Lu}{3,}.*\p{L}{4}/u.test(title)
  ? title.replace(/\p{L}+/gu, (word, at: number) => word.length <= 4 && !common.includes(word.toLowerCase()) ? word : at === 0 ? word.charAt(0) + word.slice(1).toLowerCase() : word.toLowerCase())
  : code !== 'en' || !/\p{Ll}{2}/u.test(title) ? title : title.replace(/(?<![\p{L}\d])(?=\p{Lu}{5,}(?![\p{L}\d]))\p{Lu}+(?:IC|ED|AL|IVE|ING|ABLE|IBLE|FUL|OUS|ENT|ARY|LESS|LY)(?![\p{L}\d])/gu, (word) => word.toLowerCase())
