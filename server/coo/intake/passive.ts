import { beginsWithVerb } from './asks.ts'
import { infinitiveOf } from './participle.ts'
import type { Words } from './words/words.ts'

/** Participles that do not tell their verb by their form. */
const irregular = new Map(`bought buy brought bring built build chosen choose done do drawn draw found find given give hung hang kept keep made make paid pay put put read read rewritten rewrite sold sell sent send set set shut shut swept sweep
  taken take told tell thrown throw written write rebuilt rebuild redone redo cut cut`.split(/\s+/).flatMap((word, n, all) => n % 2 === 0 ? [[word, all[n + 1] ?? '']] as const : []))

/** "checked" is to check: the verb of a participle, where it is one that people are asked to do. */
export function verbOf(participle: string, words: Words): string | null {
  const word = participle.toLowerCase()
  const known = irregular.get(word)
  if (known) return known
  const stems = /ied$/.test(word) ? [word.replace(/ied$/, 'y')] : /ed$/.test(word) ? [word.replace(/ed$/, ''), word.replace(/d$/, ''), word.replace(/(.)\1ed$/, '$1')] : []
  return stems.find((stem) => beginsWithVerb(stem, words)) ?? null
}

/** "bringing" is to bring. */
export const ofDoing = (word: string, words: Words) => [word.replace(/ing$/, ''), word.replace(/ing$/, 'e'), word.replace(/(.)\1ing$/, '$1')].find((verb) => /ing$/.test(word) && words.verbs.has(verb)) ?? null

const passive = /^((?:the|our|my|your|all|every|each|these|those|a|an|some|\p{L}+)\s[\p{L}\p{N}' -]{1,60}?|\p{L}{3,})\s+(?:(?:still |also |really )?(?:has|have|need|needs|ought) (?:still |also |really )?to|must|should|to)\s+(?:still |also |all )?be\s+(\p{L}+)(.*)$/iu

/** "The windows need cleaning" is "Clean the windows". */
const needs = /^((?:the|our|my|your|all|these|those)\s[\p{L}\p{N}' -]{2,50}?)\s+(?:still |also |really |urgently |badly )?needs?\s+(?:a (?:good|proper) )?(\p{L}+ing)(?=[\s,.;]|$)(.*)$/iu

/** "Nobody has looked at the stairs" is "Look at the stairs". */
const undone = /^(?:nobody|no one)(?: else)? (?:has|have)(?: yet| ever)? (?:yet )?(\p{L}+)\s(.+?)(?:\s(?:yet|so far|since .+|for (?:weeks|months|years)))?$/iu

const mustBe: Record<'de' | 'fr' | 'es', RegExp> = {
  de: /^((?:der|die|das|unsere?|alle)\s[^,]{2,60}?)\s+(?:muss|müssen|soll(?:te|ten|en)?)\s+((?:[^,]*\s)?)(\p{L}+)\s+werden(?=[\s.,;!]|$).*$/iu,
  fr: /^((?:les?|la|nos|notre|toute?s? les?)\s[^,]{2,60}?|l'[^,]{2,60}?)\s+(?:doit|doivent|devrait|devraient)\s+être\s+(\p{L}+)(.*)$/iu,
  es: /^((?:el|la|los|las|nuestr[oa]s?)\s[^,]{2,60}?)\s+(?:se\s+debe[n]?\s+|debe[n]?\s+ser\s+|tiene[n]?\s+que\s+ser\s+)(\p{L}+)(.*)$/iu,
}
function activeElsewhere(task: string, words: Words): string | null {
  if (words.code === 'en') return null
  const [, thing = '', second = '', third = ''] = mustBe[words.code].exec(task) ?? []
  if (thing === '') return null
  const form = words.code === 'de' ? third : second
  const verb = /[aei]r$/.test(form) && words.code === 'es' ? form : infinitiveOf(form, words)
  if (verb === null) return null
  // What was done is what somebody does something to: "der Keller" is "den Keller".
  return words.code === 'de' ? `${thing.replace(/^der(?= )/i, 'den')} ${second}${verb}` : `${verb} ${thing.charAt(0).toLowerCase()}${thing.slice(1)}${third}`
}

/** "The oven has to be checked by Wednesday" is "Check the oven by Wednesday". `null`: not said so. */
export function activeOf(task: string, words: Words): string | null {
  if (words.code !== 'en') return activeElsewhere(task.replace(/[.!]+$/, ''), words)
  const [, needed = '', doing = '', how = ''] = needs.exec(task) ?? []
  const act = needed === '' ? null : ofDoing(doing.toLowerCase(), words)
  // "The skip is full and needs swapping"
  const subject = needed.replace(/\s(?:is|are|was|were|has|have|looks?|got)\s.*\sand$/i, '')
  if (act !== null) return `${act} ${withSmallArticle(subject)}${how}`
  const [, omitted = '', what = ''] = undone.exec(task.replace(/[.!]+$/, '')) ?? []
  const missed = omitted === '' ? null : verbOf(omitted, words)
  if (missed) return `${missed} ${what}`
  const [, thing = '', participle = '', rest = ''] = passive.exec(task) ?? []
  const verb = participle === '' || /^(?:it|they|this|that|we|you|i|he|she|there|people|everyone|everybody)\b/i.test(thing) ? null : verbOf(participle, words)
  if (verb === null) return null
  // "… and sent back": what else is to be done with it.
  const more = rest.replace(/^\s+by (?!hand\b)\p{Lu}\p{L}+(?: \p{Lu}\p{L}+)?(?=[\s.,]|$)/u, '').replace(/\b(and|then|or) (\p{L}+)(?=\s|[.,;]|$)/giu, (said: string, joint: string, word: string) => {
    const other = verbOf(word, words)
    return other ? `${joint} ${other}` : said
  })
  return `${verb} ${withSmallArticle(thing)}${more}`
}

const withSmallArticle = (thing: string) => thing.replace(/^(?:The|Our|My|Your|All|Every|Each|These|Those|A|An|Some)(?=\s)/, (word) => word.toLowerCase())
