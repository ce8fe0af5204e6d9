import type { ActorId, ProjectId } from '#lib/board/ids.ts'
import type { Asked } from '../intake.ts'
import { contentOf } from './alike.ts'
import { asWho, readAsk, type Who } from './asks.ts'
import { findDays, plusDays, type Day } from './days.ts'
import { findDue, none, type Due } from './due.ts'
import { findActors, findProjects } from './names.ts'
import type { Piece } from './piece.ts'
import type { Reading } from './reading.ts'
import { staffFor } from './staff-for.ts'
import { givenTo } from './who.ts'
import type { Words } from './words/words.ts'

// What the fields of a proposal are, as far as the request says it; where it does not, a question.

/** A title above that names a day or somebody says it for all that stands under it. */
export function dueOf(piece: Piece, today: Day, reading: Reading): Due {
  const { words } = reading
  if (piece.cells.due) {
    const cell = findDue(`due ${piece.cells.due}`, today, words)
    if (cell.day !== null || cell.ask !== null) return cell
  }
  // "I spoke to her this morning, so let us write to her on Friday": what is told before has days of its own.
  const { lead, ask } = piece
  // What somebody else is said to do has a day of its own.
  const isOfAnother = (line: string) => (findActors(line.replace(words.filler, '').slice(0, 40), reading)[0]?.at ?? 2) <= 1
  const isIf = /^(?:and |but |und |et |y )?(?:if|unless|in case|falls|wenn|si)\s/i.test(lead)
  const isTold = ask.task.length < lead.length - (isIf ? 3 : 20) && lead.endsWith(ask.task) && /[,;–—-]\s/.test(lead.slice(0, -ask.task.length))
  const inTask = isTold ? findDue(ask.task, today, words) : none
  const read = inTask.day !== null || inTask.ask !== null || isTold && isIf ? inTask : findDue(lead, today, words)
  const others = [...ask.words ? [ask.words] : [], ...reading.others.map((other) => other.words)]
  const inLead = read.day === null && read.ask === null ? others.map((other) => findDue(lead, today, other)).find(({ day, ask: open }) => day !== null || open !== null) ?? read : read
  const inScope = inLead.day !== null || inLead.ask !== null || isIf ? inLead : findDue(piece.scope, today, words)
  const own = inScope === none && byThen.test(`${piece.scope} ${lead}`) ? findDue(piece.before.at(-1) ?? '', today, words) : inScope
  // "It runs out on 12 December, so it has to be done before then"
  const [then] = own === none && beforeThen.test(lead) ? findDays(lead, today, words) : []
  const [only] = then?.days.length === 1 ? then.days : []
  if (only !== undefined) return { ...none, day: plusDays(only, -1), said: then?.text ?? '' }
  if (own.day !== null || own.ask !== null) {
    if (own.ask !== null) return own
    // What follows may say another day.
    const about = new Set(contentOf(ask.task))
    const same = piece.before.filter((told) => contentOf(told).some((word) => about.has(word)))
    const later = findDue([...same, ...piece.details.filter((line) => !/^\s*- /.test(line) && !isOfAnother(line))].join('\n'), today, words, true)
    // "It expires on Sunday. Please renew it by Saturday": the one before the other.
    if (later.day !== null && own.day !== null && later.day > own.day && strictly(lead, today, words) && !piece.details.some((line) => strictly(line, today, words))) return own
    if (later.day !== null && later.day !== own.day) return { ...later, day: null, ask: 'two days', choices: [own.day ?? '', later.day].filter((day) => day !== '').sort(), said: `${own.said}” and “${later.said}` }
    return own
  }
  // What is broken leads, and what is asked for stands below it.
  const orders = ask.kind === 'trouble' ? piece.details.filter((detail) => readAsk(detail, reading).kind === 'order') : []
  const asked = findDue(orders.join('\n'), today, words)
  if (asked.day !== null || asked.ask !== null) return asked
  const details = findDue([...piece.before, ...piece.details].filter((line) => !isOfAnother(line)).join('\n'), today, words, true)
  if (details.day !== null || details.ask !== null) return details
  for (const heading of piece.under.toReversed()) {
    if (isGathering.test(heading)) continue
    // "Please get these done today:"
    const wish = asksForAll.exec(heading)?.[0]
    const asked = wish === undefined ? none : findDue(wish, today, words)
    if (asked.day !== null || asked.ask !== null) return asked
    const above = heading.replace(/^(?:to ?-?dos?|tasks?|actions?|next steps?|à faire|aufgaben|zu erledigen|tareas|pendientes|por hacer|(?:(?:one|two|three|four|a few|some|several|zwei|drei|ein paar|deux|trois|quelques|dos|tres|algunas) )?(?:things?|stuff|sachen|dinge|choses|cosas))\s+(?:(?:for|für|pour|para)\s+)?/i, '')
    const named = above.replace(/^(?:for|on|für|am|zum|pour|para)\s+/i, '').replace(/\s*(?:noch )?(?:zu (?:tun|erledigen)|to ?-?do|à faire|por hacer)$/i, '')
    // "Office, this week"
    const last = named.split(/,\s+/).at(-1) ?? named
    const bare = isDayItself(last, today, words) ? last : named
    const due = findDue(/\b(?:by|due|until|before|bis|avant|antes)\b/i.test(above) || above.length > 40 ? above : `${isDayItself(bare, today, words) ? by[words.code] : by.en} ${isDayItself(bare, today, words) ? bare : above}`, today, words, true)
    if (due.day !== null || due.ask !== null) return due
  }
  return none
}

const strictly = (text: string, today: Day, words: Words) => findDue(text, today, words, true).day !== null

/** Says of all that stands below it that it is to be done. */
const asksForAll = /(?<!\p{L})(?:get|have|do|finish|complete|handle|tackle|sort|need|manage)\s(?:[^.:;]*\s)?(?:these|this|them|those|the following|all)(?!\p{L})[^.:;]*$/iu

/** The day of a gathering is not when what was agreed there is due. */
const isGathering = /(?<!\p{L})(?:meeting|round|sync|stand-?up|weekly|call|minutes|protokoll|runde|sitzung|réunion|reunión|acta)(?!\p{L})/iu

/** "Cette semaine", above what is to be done in it. */
const isDayItself = (heading: string, today: Day, words: Words) => findDays(heading, today, words)[0]?.at === 0
const by: Record<Words['code'], string> = { en: 'by', de: 'bis', fr: 'd\'ici', es: 'hasta' }

/** To be done before the one day that the sentence tells of. */
const beforeThen = /(?<!\p{L})(?:before then|vorher|davor|avant cela|avant ça|antes de eso)(?!\p{L})/iu

/** The day that was told right before; "before then" names none. */
const byThen = /(?<!\p{L})(?:by then|bis dahin|d'ici là|para entonces)(?!\p{L})/iu

export function askDay({ ask, choices, said }: Due): Asked {
  if (ask === 'order of day and month') return { text: `Which day is meant by “${said}”?`, choices }
  if (ask === 'weekday') return { text: `“${said}”: the weekday is of another day than the date. Which day is it?`, choices }
  if (ask === 'past') return { text: `“${said}” is in the past. When is it due?`, choices: [] }
  return { text: `The request says “${said}”. When is it due?`, choices }
}

/** "For Ann", "Three things for Ann": above what is hers. */
const forOne = /^(?:(?:[\p{L}\d]+ ){1,3}(?:things|tasks|jobs|errands|to-?dos|sachen|dinge|aufgaben|choses|tâches|cosas|tareas),?(?: all| alle)? )?(?:for|für|pour|para)\s+/iu

export function whoOf(piece: Piece, reading: Reading): Who | null {
  if (piece.cells.who) {
    const mentions = findActors(piece.cells.who, reading)
    if (mentions.length > 0) return { kind: 'actors', ids: [...new Set(mentions.flatMap(({ ids }) => ids))], said: piece.cells.who, sure: mentions.every(({ sure }) => sure), both: mentions.length > 1 }
    if (/^(?:me|myself|i|ich|moi|yo)$/i.test(piece.cells.who.trim())) return { kind: 'asker', said: piece.cells.who.trim() }
    if (/^\p{L}/u.test(piece.cells.who) && !/^(?:tbd|open|nobody|anyone|all|everyone|team|unassigned|none|n\/a|offen|alle)$/i.test(piece.cells.who.trim())) return { kind: 'unknown', name: piece.cells.who.trim() }
    return null
  }
  if (piece.ask.who !== null) return piece.ask.who
  const given = givenTo(piece.lead, reading)
  if (given) return given.who
  for (const detail of piece.details) {
    const said = /^(?:[-*] )?(?:owner|assignee|responsible|who|wer|zuständig|responsable)\s*:/i.test(detail) || /^(?:assign|give) (?:this|it)\b/i.test(detail) ? givenTo(detail, reading) : null
    if (said) return said.who
  }
  for (const above of piece.under.toReversed()) {
    const [mention, ...others] = findActors(above, reading)
    const label = above.replace(forOne, '')
    if (mention && others.length === 0 && label.length <= mention.text.length + 3) return asWho(mention)
  }
  return null
}

export function assign(who: Who | null, title: string, text: string, { request }: Reading, questions: Asked[], isMany: boolean): { id: ActorId | null; why: string } {
  const nameOf = (id: ActorId) => [...request.people, ...request.staff].find((one) => one.id === id)?.name ?? ''
  const everybody = [...request.people, ...request.staff].map(({ name }) => name)
  const choices = everybody.length <= 12 ? everybody : []
  if (who?.kind === 'asker') return { id: request.by, why: `${nameOf(request.by) || 'Whoever asked'} said “${who.said}”.` }
  if (who?.kind === 'unknown') {
    questions.push({ text: `“${who.name}” is nobody in this workspace. Who should do it?`, choices })
    return { id: null, why: '' }
  }
  if (who?.kind === 'actors') {
    const [id] = who.ids
    if (who.both) questions.push({ text: `“${who.said}” are both named. Who is responsible?`, choices: who.ids.map(nameOf) })
    else if (who.ids.length > 1) questions.push({ text: `Which ${who.said.replace(/^@/, '')} is meant?`, choices: who.ids.map(nameOf) })
    else if (!who.sure && id) questions.push({ text: `Is “${who.said}” ${nameOf(id)}?`, choices: [nameOf(id), 'Somebody else'] })
    else if (id) return { id, why: nameOf(id).toLowerCase().split(' ').includes(who.said.toLowerCase()) || nameOf(id).toLowerCase() === who.said.toLowerCase() ? `The request gives it to “${who.said}”.` : `The request says “${who.said}”, read as ${nameOf(id)}.` }
    return { id: null, why: '' }
  }
  const staff = staffFor(title, text, request.staff)
  if (staff) return staff
  if (!isMany && everybody.length > 1) questions.push({ text: 'Who should do it?', choices })
  return { id: null, why: '' }
}

export function projectOf(piece: Piece, { request }: Reading, questions: Asked[]): ProjectId | null {
  const label = /^\s*(?:\[([^\]]+)\]|([^:]{2,40}):)\s/.exec(piece.lead)
  const places: readonly (readonly [string, boolean])[] = [
    [piece.cells.project ?? '', true], [label?.[1] ?? label?.[2] ?? '', true], [piece.lead, false], [piece.scope, false], ...[...piece.before, ...piece.details].map((detail) => [detail, false] as const),
    ...piece.under.toReversed().map((above) => [above, above.length <= 40] as const),
  ]
  for (const [text, isLabel] of places) {
    const mentions = text === '' ? [] : findProjects(text, request.projects, isLabel)
    const ids = [...new Set(mentions.flatMap((mention) => mention.ids))]
    if (ids.length === 1) return ids[0] ?? null
    if (ids.length > 1) {
      questions.push({ text: mentions.length === 1 ? `Which project is meant by “${mentions[0]?.text ?? ''}”?` : 'Which project is it for?', choices: ids.map((id) => request.projects.find((project) => project.id === id)?.name ?? '') })
      return null
    }
  }
  const named = /\b(?:for the|in the|of the|project) ["“]?(\p{Lu}[\p{L}\d]+(?: \p{Lu}[\p{L}\d]+)?)["”]? project\b|\bproject:? ["“]?(\p{Lu}[\p{L}\d]+(?: \p{Lu}[\p{L}\d]+)?)/u.exec(piece.lead)
  const name = named?.[1] ?? named?.[2] ?? piece.cells.project
  if (name && request.projects.length > 0) {
    questions.push({ text: `There is no project “${name}”. Which one is it for?`, choices: request.projects.slice(0, 6).map((project) => project.name) })
    return null
  }
  return request.projectId
}
