import { beginsWithVerb, readAsk } from './asks.ts'
import { findDays } from './days.ts'
import { findActors } from './names.ts'
import type { Reading } from './reading.ts'
import { askInMinutes } from './third-person.ts'
import { nearlyAll } from './rows.ts'
import { contains, sectionOf } from './sections.ts'
import { tokensOf } from './tokens.ts'

// What people jot down: things between commas behind what they are about, and words without a verb, one after the other.

/** Things that are jotted down, and what stands above them. */
export type Jotted = { label: string; parts: string[]; /** The label says that what stands behind it is to be done. */ isWork: boolean }

const comma = /(?<!(?<!\p{L})(?:first|second|third|then|finally|erstens|zweitens|d'abord|primero))[,;]\s*(?:(?:and|und|et|y|plus)\s+)?(?![^(]*\))/iu
const last = /\s+(?:and|und|et|y|&|sowie|ainsi que)\s+(?![^(]*\))/gi

/** Says that things come, and nothing about them. */
const onlyAnnounces = new RegExp('^(?:' + [
  '(?:(?:a )?(?:few|couple of)|some|several|two|three|four|five|six|\\d+|ein paar|einige|zwei|drei|vier|quelques|deux|trois|quatre|algunas|dos|tres|cuatro) (?:more |other |quick |small )*(?:things|tasks|jobs|errands|sachen|dinge|aufgaben|choses|tâches|cosas|tareas)(?: (?:are |is )?(?:still )?(?:left|open|missing|to do|to be done|to sort out|to settle))?', 'don\'t forget', 'remember', 'to ?-?dos?', '(?:still )?(?:to (?:do|buy|get|order|bring|print)|open|missing|needed|left)(?: is| are)?', 'remaining', '(?:open |next |last )?(?:tasks?|steps?|points?|items?|action items?|things)(?: left| to do)?', '(?:what is|what\'s) (?:left|open|missing)', '(?:we|i) (?:still )?need',
  '(?:noch )?(?:offen|zu tun|zu erledigen)', 'es fehl(?:t|en)(?: noch)?', 'offene(?: punkte| aufgaben)?', '(?:wir|ich) brauchen? noch', 'aufgaben', 'nicht vergessen',
  'à (?:faire|prévoir|régler|traiter)', '(?:points?|choses|tâches) (?:à|qui) \\p{L}+', 'il (?:nous )?(?:reste|manque|faut)(?: encore)?(?: \\p{L}+ (?:choses|points|tâches))?', 'reste à faire', 'ne pas oublier',
  'pendientes?', 'por hacer', '(?:nos )?(?:falta|faltan|queda|quedan)(?: \\p{L}+ (?:cosas|puntos|tareas))?', 'tareas(?: pendientes)?', 'no olvidar',
].join('|') + ')(?: (?:before|until|by|for|ahead of|vor|bis|für|avant|pour|antes de|para) [^,]{2,40})?$', 'iu')

/** A whole sentence before a colon tells something; what stands behind it belongs to that. */
const isTold = /(?<!\p{L})(?:is|are|was|were|has|have|had|said|says|means|opens|ist|sind|war|waren|hat|haben|wird|werden|est|sont|était|étaient|a|ont|sera|es|son|está|están|era|eran|ha|han)(?!\p{L})/iu

/** Words that make a sentence of what is otherwise only named. */
export const finite = new RegExp('(?<!\\p{L})(?:' + [
  'i|we|you|he|she|they|it|is|are|was|were|has|have|had|will|would|can|could|should|must|does|did|works?|went|looks?|seems?|liked|wants|needs|expects|comes|goes|gets|waits|there\'s|it\'s|that\'s|we\'re',
  'ich|wir|ihr|sie|er|ist|sind|war|waren|hat|haben|hatte|wird|werden|wurde|kann|können|soll|sollen|muss|müssen|geht|kommt|läuft|macht|gibt',
  'je|tu|nous|vous|il|elle|ils|elles|on|est|sont|était|avait|ont|sera|peut|doit|faut|va|vont|c\'est|marche|fonctionne',
  'yo|nosotros|ella|ellos|está|están|son|era|fue|hay|tiene|tienen|puede|debe|va|van|funciona',
].join('|') + ')(?!\\p{L})', 'iu')

/** Places, days, times and numbers alone are nothing to be done. */
const isFact = (part: string, reading: Reading) => !/\p{L}{3}/u.test(part) || /^[\d\s.,:h%€$£/-]+\p{L}{0,12}$/u.test(part) || /^\d{4,6}\s\p{Lu}|\p{L}\s\d{1,4}\p{L}?$/u.test(part) || /\d{1,2}(?:[:.h]\d{2}|\s?h\b|\s?uhr\b|\s?[ap]m\b)/i.test(part)
  || /^(?:(?:on|le|am|el|the) )?(?:mon|tues|wednes|thurs|fri|satur|sun)days?$|^(?:(?:le|am|el) )?(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|lunes|martes|miércoles|jueves|viernes|sábado|domingo)s?$/i.test(part)
  || nearlyAll(part, findActors(part, reading))

/** What stands between commas, whole brackets apart. A name alone is spoken to: "…, and Ann, please …". */
function fragmentsOf(text: string, reading: Reading): string[] {
  const parts = text.split(comma).map((part) => part.replace(/[.!?]+$/, '').trim())
  const isName = (part: string) => part !== '' && nearlyAll(part, findActors(part, reading))
  return parts.flatMap((part, n) => {
    if (isName(part) && n + 1 < parts.length && readAsk(parts[n + 1] ?? '', reading).kind === 'order') return []
    const called = parts[n - 1]?.replace(/^(?:and|und|et|y)\s+/i, '') ?? ''
    return [n > 0 && isName(parts[n - 1] ?? '') && readAsk(part, reading).kind === 'order' ? `${called}, ${part}` : part]
  }).filter((part) => part.length > 2)
}

/** "a, b and c": the last two as well, where both could stand alone. */
function partsOf(text: string, reading: Reading): string[] {
  const parts = fragmentsOf(text, reading)
  const end = parts.at(-1)
  if (end === undefined || new RegExp(`[,;]\\s*(?:and|und|et|y)\\s+[^,;]*$`, 'i').test(text)) return parts
  const tasks = parts.length > 1 && parts.every((part) => isTask(part, reading))
  for (const joint of end.matchAll(last)) {
    const [before, after] = [end.slice(0, joint.index).trim(), end.slice(joint.index + joint[0].length).trim()]
    const both = isTask(before, reading) && isTask(after, reading)
    // "Order cups and lids" is one thing; a "press release" is no order to press.
    const isNoun = !beginsWithVerb(before, reading.words) || reading.words.nounToo.has(tokensOf(before)[0]?.plain ?? '') && !parts.slice(0, -1).some((part) => isTask(part, reading))
    if (tasks || parts.length === 1 ? both : isNoun && !isFact(after, reading)) return [...parts.slice(0, -1), before, after]
  }
  return parts
}

/** "Two things: the bulb and the wifi". */
function pairIn(text: string): string[] | null {
  const pair = text.split(last).map((part) => part.replace(/[.!?]+$/, '').trim())
  return pair.length === 2 && pair.every((part) => part !== '' && !comma.test(part)) ? pair : null
}

/** "Ann sends the photo, the plan and the bill, Bo checks it": what is no work by itself is of the work before. */
function withTheirs(said: readonly string[], reading: Reading): string[] {
  // "The tap drips, please have it fixed"
  const parts = said.reduce<string[]>((all, part) => {
    if (all.length > 0 && /^(?:please|pls|can|could|bitte|kann|merci|por favor)(?!\p{L})/iu.test(part) && reading.words.refers.test(part)) all[all.length - 1] += `, ${part}`
    else all.push(part)
    return all
  }, [])
  if (!parts.some((part) => readAsk(part, reading).kind !== 'order' && askInMinutes(part, reading).kind === 'order')) return [...parts]
  return parts.reduce<string[]>((all, part) => {
    if (all.length === 0 || isTask(part, reading)) all.push(part)
    else all[all.length - 1] += `, ${part}`
    return all
  }, [])
}

/** Says what is to be done, if only by its form: a verb at its head, or at its end as German has it. */
function isTask(part: string, reading: Reading): boolean {
  const { words } = reading
  return beginsWithVerb(part, words) || words.infinitive.test(part) || askInMinutes(part, reading).kind === 'order'
}

/** "Website: fonts look weird, contact form broken, new photos", "For the fair: book the hall, order drinks and tell the neighbours". */
export function jottedUnder(sentence: string, reading: Reading): Jotted | null {
  const [, head = '', rest = ''] = /^([\p{L}\p{N}@][^:;,.!?\n]{1,60}):\s+(.+)$/u.exec(sentence.trim()) ?? []
  const label = head.trim()
  if (label === '' || tokensOf(label).length > 8) return null
  const section = sectionOf(label)
  const announces = onlyAnnounces.test(label) || section === 'tasks'
  if (!announces && section !== 'topic' || contains.test(label) || reading.words.parts.test(label)) return null
  const isWho = nearlyAll(label, findActors(label, reading))
  // What an order names behind a colon is what it is about: "Buy: milk, bread and butter".
  if (!announces && !isWho && (isTold.test(label) || isTask(label, reading) && !/^(?:for|für|pour|para)\s/i.test(label) && readAsk(label, reading).kind === 'order')) return null
  const pair = /^(?:two|zwei|deux|dos)(?!\p{L})/iu.test(label) ? pairIn(rest) : null
  const parts = pair ?? (announces ? withTheirs(partsOf(rest, reading), reading) : partsOf(rest, reading))
  const isTasks = parts.every((part) => isTask(part, reading))
  if (parts.length < 2 || parts.some((part) => tokensOf(part).length > 14) || parts.filter((part) => isFact(part, reading)).length > (announces ? parts.length / 3 : 0)) return null
  // Things alone are as many pieces of work only where there are several, and nobody's name stands for them.
  if (!isTasks && (isWho || parts.length < (announces ? 2 : 3) || parts.some((part) => finite.test(part) && readAsk(part, reading).kind === 'none'))) return null
  return { label, isWork: announces, parts: parts.map((part) => announces || isWho || finite.test(label) || isTask(part, reading) ? part : about(part, label)) }
}

/** "For the menu we need": what for, without that it is wanted. */
const wanting = /\s+(?:(?:we|i) (?:still |also )?(?:need|want|lack)|(?:brauchen|benötigen) wir(?: noch)?|fehl(?:t|en)(?: uns)?(?: noch)?|il (?:nous )?(?:faut|manque)|(?:nos )?(?:faltan?|hacen? falta)|necesitamos|tenemos que)$/iu

/** A thing is read by itself, so it says what it is about: "Poster for the launch", "Website: blurry photos". */
const about = (part: string, label: string) => /^(?:for|für|pour|para)\s/i.test(label) ? `${part} ${label.charAt(0).toLowerCase()}${label.slice(1).replace(wanting, '')}` : `${label}: ${part}`

/** Short, named and no sentence: "Quote from the printer". */
export const isNamedOnly = (text: string, reading: Reading) => {
  const bare = text.replace(/[.!]+$/, '').replace(/\s*\([^)]*\)\s*$/, '').trim()
  const [day] = findDays(bare, reading.today, reading.words).filter(({ end }) => /^[\s,]*(?:(?:this|next) week)?$/i.test(bare.slice(end)))
  const line = day ? bare.slice(0, day.at).replace(/[\s,]+(?:by|until|on|bis|am|avant|pour|para|el|le)?\s*$/i, '') : bare
  return line.length <= 48 && /^[\p{L}\p{N}]/u.test(line) && !/[,:;?@]/.test(line) && tokensOf(line).length <= 6 && !finite.test(line) && !isFact(line, reading) && readAsk(line, reading).kind !== 'question'
}
