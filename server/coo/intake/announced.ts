import { asWho, readAsk, type Who } from './asks.ts'
import { findDays } from './days.ts'
import { handedOut } from './handed-out.ts'
import { findActors } from './names.ts'
import type { Reading } from './reading.ts'
import { splitTasks } from './split-tasks.ts'

// What stands before several things and holds for each of them.

/** "For the menu we need a few things: Bo should …", "By Friday: new price list": what holds for all that stands behind it. */
export function announcedBy(sentence: string, reading: Reading): { said: string; rest: string; isDay: boolean; who: Who | null } | null {
  const [said = '', label = ''] = /^([^:]{2,90}?)\s?:\s+(?=\S)/u.exec(sentence) ?? []
  if (label === '') return null
  const rest = sentence.slice(said.length)
  const isDay = findDays(label, reading.today, reading.words).some(({ at, end }) => label.length - (end - at) <= 12)
  const who = forWhom(label, reading)
  const leads = !['order', 'decide'].includes(readAsk(label, reading).kind) && (who !== null || findActors(label, reading).length === 0) && (handedOut(rest, reading) !== null || splitTasks(rest, reading).length > 1 && readAsk(rest, reading).kind === 'order')
  return isDay || leads ? { said, rest, isDay, who } : null
}

/** "Three tasks, all for Bo" */
function forWhom(label: string, reading: Reading): Who | null {
  const [mention] = findActors(label, reading)
  const isLast = mention && mention.end === label.trimEnd().length && /(?<!\p{L})(?:for|für|pour|para)\s@?$/iu.test(label.slice(0, mention.at))
  return isLast ? asWho(mention) : null
}

/** "We need 60 boxes, a second van and someone who drives it": things, and somebody, are not one thing. Each with what says that it is wanted. */
export function wantsOf(sentence: string, { words }: Reading): string[] | null {
  const [said = ''] = words.code === 'en' ? words.want.exec(sentence) ?? [] : []
  const parts = said === '' ? [] : sentence.slice(said.length).split(/,\s+(?:and\s+)?|\s+and\s+/)
  const isThing = (part: string) => /^(?:an?|another|the|some|more|new|\d+(?! (?:to|h|-)\b)|two|three|four|five|ten|twelve)\s/i.test(part)
  const isSomebody = (part: string) => /^(?:someone|somebody|people|volunteers)\b/i.test(part)
  return parts.length > 1 && parts.some(isSomebody) && parts.every((part) => isThing(part) || isSomebody(part)) ? parts.map((part) => said + part) : null
}
