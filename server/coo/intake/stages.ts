import { asWho, isState, readAsk, type Ask } from './asks.ts'
import { findActors } from './names.ts'
import { infinitiveOf } from './participle.ts'
import { ofDoing, verbOf } from './passive.ts'
import type { Reading } from './reading.ts'
import { baseOf } from './third-person.ts'
import type { Words } from './words/words.ts'

const first: Record<Words['code'], string> = {
  en: 'after|once|when|as soon as', de: 'nachdem|sobald|wenn', fr: 'après qu[e\']|une fois qu[e\']|dès qu[e\']|quand|lorsqu[e\']', es: 'después de que|una vez que|en cuanto|cuando',
}
const done: Record<Words['code'], readonly RegExp[]> = {
  en: [/^(?:has|have|'s) (?:(?:finally|already) )?(?<verb>\p{L}+) (?<what>.+)$/iu, /^(?:is|are) (?:done|finished) (?:with )?(?<verb>\p{L}+ing) (?<what>.+)$/iu, /^(?<verb>\p{L}+s) (?<what>.+)$/iu],
  de: [/^(?<what>.+) (?<verb>\p{L}+) (?:hat|haben)$/iu],
  fr: [/^\s*(?:aura|a|ait) (?<verb>\p{L}+) (?<what>.+)$/iu],
  es: [/^(?:haya|ha|habrá) (?<verb>\p{L}+) (?<what>.+)$/iu, /^(?<verb>\p{L}+[ea]) (?<what>.+)$/iu],
}

/** What somebody is to have done, as their task. */
function taskOf(clause: string, reading: Reading): Ask | null {
  const { words } = reading
  const [mention] = findActors(clause, reading)
  if (!mention || !/^@?$/.test(clause.slice(0, mention.at))) return null
  const said = clause.slice(mention.end).replace(/[\s.!]+$/, '').trimStart()
  for (const pattern of done[words.code]) {
    const { verb: form, what = '' } = pattern.exec(said)?.groups ?? {}
    if (form === undefined) continue
    const verb = words.code === 'en' ? verbOf(form, words) ?? ofDoing(form, words) ?? baseOf(form, words) : infinitiveOf(form, words)
    if (verb === null || isState.test(verb)) continue
    return { kind: 'order', task: words.code === 'de' ? `${what} ${verb}` : `${verb} ${what}`, who: asWho(mention) }
  }
  return null
}

/** "After Bo has painted the wall, Priya can hang the pictures": what comes first is somebody's task as well. `lead`: as it is said; `then`: what comes after it. */
export function stagesOf(sentence: string, reading: Reading): { lead: string; ask: Ask; then: string } | null {
  const cue = `(?:${first[reading.words.code]})`
  const found = new RegExp(`^(?<lead>(?:(?:and|und|et|y) )?${cue}\\s*(?<clause>[^,]{6,120})),\\s+(?<then>.+)$`, 'iu').exec(sentence)
    ?? new RegExp(`^(?<then>.{10,160}?),?\\s(?<lead>${cue}\\s*(?<clause>[^,]{6,120}))$`, 'iu').exec(sentence)
  const { lead = '', clause = '', then = '' } = found?.groups ?? {}
  if (lead === '' || readAsk(then, reading).kind !== 'order') return null
  const ask = taskOf(clause, reading)
  return ask && { lead, ask, then }
}
