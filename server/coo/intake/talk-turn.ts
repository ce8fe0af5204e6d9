import { asWho, beginsWithVerb, isSame, readAsk, type Who } from './asks.ts'
import { ofYou } from './called.ts'
import { add, type Gathered } from './gathered.ts'
import { findActors } from './names.ts'
import { ofDoing } from './passive.ts'
import type { Reading } from './reading.ts'
import { takenBy } from './taken.ts'
import { apart, baseOf, inOrder } from './third-person.ts'

// What a turn of a talk says to the turns before it.

export const runsOut = /(?<!\p{L})(?:out of|running (?:low|out)|low on|(?:is|are|almost|nearly) (?:empty|gone)|leer|alle|vide|vacío|agotad[oa])(?!\p{L})/iu
export const obtains = /^(?:get|order|buy|bring|fetch|pick up)(?!\p{L})|(?<!\p{L})(?:bestellen|besorgen|kaufen|holen|mitbringen)[.!]*$|^(?:acheter|commander|apporter|comprar|pedir|traer)(?!\p{L})/iu
export const looksInto = /^(?:look (?:at|into)|check|investigate|find out|see (?:why|what))(?!\p{L})/iu

/** "Ok, I'll …" */
export const answers = /^(?:(?:ok(?:ay)?|yes|yeah|yep|sure|great|super|perfect|top|cool|nice|good|fine|alright|right|oh|ah|ja|klar|gut|prima|aïe|oui|d'accord|bien|moi|vale|sí|claro|bueno|perfecto|genial)[,.!]?\s+)+/iu

/** Who says a line of a talk. */
export function speakerOf(line: string, reading: Reading): Who | null {
  const name = /^(\p{Lu}[\p{L} .'-]{1,30}):\s/u.exec(line)?.[1]
  if (name === undefined) return null
  const [mention] = findActors(name, reading)
  return mention ? asWho(mention) : { kind: 'unknown', name }
}

/** "Who orders the tree?" "I can do it on Monday": what was asked for is taken on. */
export function takesOn(speaker: Who, gathered: Gathered, reading: Reading, text: string): boolean {
  const taken = takenBy(text.replace(/^[^:]+:\s+/, ''), reading)
  if (!taken) return false
  const who = taken.who.kind === 'asker' ? speaker : taken.who
  const last = gathered.leftOut.at(-1)
  const wanted = last?.why === 'asks' ? askedOfAnybody(last.text, reading) : null
  if (last && wanted !== null) gathered.leftOut.pop()
  // "Who can check that?": what was told before.
  if (last && wanted !== null && !/^(?:\p{L}+ )?(?:it|that|this|das|es|ça|lo|eso)(?!\p{L})/iu.test(wanted)) {
    add(gathered, { lead: text, ask: { kind: 'order', task: `${wanted}${taken.rest}`, who }, before: [`> ${last.text}`], cells: { due: `${wanted}${taken.rest}` } })
    return true
  }
  const asked = gathered.pieces.at(-1)
  const told = gathered.leftOut.at(-1)
  // "The heating is off again." "I'll have a look"
  if (told?.why === 'tells' && (!asked || asked.ask.who !== null && !isSame(asked.ask.who, who))) {
    gathered.leftOut.pop()
    add(gathered, { lead: told.text, ask: { kind: 'trouble', task: readAsk(told.text, reading).task, who }, details: [text], cells: { due: taken.rest.trim() } })
    return true
  }
  if (!asked || asked.ask.who !== null && !isSame(asked.ask.who, who) || asked.ask.kind !== 'order' && asked.ask.kind !== 'trouble') return false
  asked.ask = { ...asked.ask, who }
  asked.cells = { ...asked.cells, due: taken.rest.trim() }
  asked.details.push(text)
  return true
}

/** "Can you order the hinge?" "Yes, today": whoever agrees does what was asked of them. */
export function agrees(speaker: Who, { pieces }: Gathered, text: string, reading: Reading) {
  const asked = pieces.at(-1)
  const said = /^[^:]+:\s+(?:yes|yep|yeah|sure|ok(?:ay)?|of course|ja|klar|gerne?|oui|d'accord|sí|vale|claro)(?!\p{L})[,.!\s]*(.*)$/iu.exec(text)
  const isOther = asked?.ask.who && !isSame(asked.ask.who, speaker)
  if (!asked || !said || isOther || !ofYou.test(asked.lead) || isSame(speakerOf(asked.lead, reading), speaker)) return
  asked.ask = { ...asked.ask, who: speaker }
  asked.cells = { ...asked.cells, due: said[1] ?? '' }
  asked.details.push(text)
}

/** "Who orders the tree?": the task that somebody is looked for. */
function askedOfAnybody(question: string, reading: Reading): string | null {
  const { words } = reading
  const [, doing = '', done = ''] = /\bwho(?:'s| is| are) (\p{L}+ing) (.+?)\s*\?/iu.exec(question) ?? []
  const act = words.code === 'en' ? ofDoing(doing.toLowerCase(), words) : null
  if (act !== null) return `${act} ${done}`
  const [, helper, verb = '', what = ''] = /(?<!\p{L})(?:who|wer|qui|quién)\s(?:(can|could|will|wants to|kann|könnte|peut|pourrait|puede|podría)\s)?(\p{L}+)\s(.+?)\s*\?/iu.exec(question) ?? []
  if (what === '') return null
  // In German the verb stands last already, where a helper leads it.
  if (helper && words.code === 'de') return `${verb} ${what}`
  const base = { goes: 'go', does: 'do', has: 'have' }[verb.toLowerCase()] ?? baseOf(verb, words, words.code === 'de' ? apart.exec(what)?.[2] ?? '' : '') ?? verb
  return base !== verb || beginsWithVerb(base, words) ? inOrder(base, what, words) : null
}
