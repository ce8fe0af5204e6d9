import { findActors } from './names.ts'
import type { Reading } from './reading.ts'
import { askInMinutes } from './third-person.ts'
import type { Words } from './words/words.ts'

/** What leads the thing that somebody is given. */
const determiner: Record<Words['code'], string> = {
  en: '(?:the|an?|our|my|your|his|her|their|all|some|this|that|these|those|every|another|new|more|\\d+)\\s',
  de: '(?:(?:der|die|das|den|dem|ein(?:e[nmr]?)?|unsere?[nmr]?|meine?[nmr]?|alle|\\d+)\\s|\\p{Lu}\\p{Ll})',
  fr: '(?:(?:les?|la|une?|des|du|aux?|nos|notre|mon|ma|mes|toute?s?|\\d+)\\s|l\')',
  es: '(?:(?:el|la|los|las|unos?|unas?|al|nuestr[oa]s?|mis?|tod[oa]s?|\\d+)\\s)',
}
const joint = /(?:[,;]|(?<!\p{L})(?:and|und|et|y|e|while|während))\s*(?:(?:and|und|et|y|e)\s+)?@?$/iu
const modal = /^(?:soll(?:te)?|muss|kann|wird|könnte|darf)$/i

/** "Bo can do the shopping and Priya the cooking": who has no verb does what the one before does. One sentence for each; `null` where everybody has a verb. */
export function givenOut(sentence: string, reading: Reading): string[] | null {
  const { code } = reading.words
  const mentions = findActors(sentence, reading)
  if (mentions.length < 2) return null
  const verb = new RegExp(`^\\s+((?:[\\p{L}']+\\s+){1,4}?)(?=${determiner[code]})`, 'u')
  const thing = new RegExp(`^\\s+(?=${determiner[code]})`, 'u')
  let text = sentence
  let moved = 0
  const begins = [0]
  let does: { phrase: string; last: string } | null = null
  for (const [n, mention] of mentions.entries()) {
    const next = mentions[n + 1]
    const after = sentence.slice(mention.end)
    // As far as the next that somebody does.
    const until = next && joint.test(sentence.slice(0, next.at)) ? sentence.slice(mention.end, next.at).replace(joint, '') : /^(?:[^.!?;,]|[.,](?=\d))*/.exec(after)?.[0] ?? ''
    const follows = does !== null && joint.test(sentence.slice(0, mention.at)) && thing.test(after)
    if (follows && does) {
      const at = mention.end + moved
      const end = at + until.trimEnd().length
      begins.push(mention.at + moved)
      text = `${text.slice(0, at)} ${does.phrase}${text.slice(at, end)}${does.last}${text.slice(end)}`
      moved += does.phrase.length + 1 + does.last.length
      continue
    }
    const phrase = verb.exec(after)?.[1]?.trim()
    does = null
    if (phrase === undefined || askInMinutes(sentence.slice(mention.at, mention.end) + until, reading).who === null) continue
    // In German the verb stands last.
    const last = code === 'de' && modal.test(phrase) ? /\s\p{Ll}+e?n$/u.exec(until.trimEnd())?.[0] ?? '' : ''
    if (code === 'de' && modal.test(phrase) && last === '') continue
    does = { phrase, last }
  }
  return begins.length === 1 ? null : begins.map((from, n) => text.slice(from, begins[n + 1])).map((part, n) => (n === begins.length - 1 ? part : part.replace(joint, '')).trim())
}
