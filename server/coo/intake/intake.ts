import type { ActorId, ProjectId } from '#lib/board/ids.ts'
import { referenceUrl } from '#lib/board/reference.ts'
import type { IntakeProposal, IntakeRequest, IntakeResult } from '../intake.ts'
import { alikeAmong, contentOf } from './alike.ts'
import { givenTo, readAsk, type Who } from './asks.ts'
import { readingOf, type Reading } from './reading.ts'
import { readBlocks } from './blocks.ts'
import { dayIn, type Day } from './days.ts'
import { findDue, type Due } from './due.ts'
import { asksForHarm, instructsUs } from './guard.ts'
import { languageOf } from './language.ts'
import { findActors, findProjects } from './names.ts'

import { orderOf } from './order.ts'
import { splitRequest, type Piece } from './pieces.ts'
import { inWords, replies, replyFor } from './reply.ts'
import { isNoise, sentencesOf } from './sentences.ts'
import { staffFor } from './staff-for.ts'
import { templateAsk } from './template-ask.ts'
import { objectOf, titleOf, withObject } from './title.ts'
import type { Words } from './words/words.ts'
import { priorityIn, priorityOf, sizeIn, sizeOf } from './weigh.ts'

export const goodResultHeading = 'A good result has'

/** More proposals than this, and nobody would answer a question on each. */
const manyProposals = 12
const longestPassage = 1200
/** Characters that are read: some twenty pages. */
const mostText = 60_000
/** A board with more proposals than this helps nobody. */
const mostProposals = 250

/** Spaces of tables that were typed, and of text that is set apart: what they mean, two say as well. */
const tidy = (text: string) => text.replace(/\r\n?/g, '\n').replace(/(?<=\S) {3,}/g, '  ').replace(/\t{12,}/g, '\t').replace(/^[ ]{40,}/gm, '        ').replace(/\n{4,}/g, '\n\n\n').trim()

type Question = { text: string; choices: readonly string[] }

/**
 * The intake without a model: takes a request apart by rules, in the request's own words. The same request gives the same result, at
 * the same moment; nothing in a text has any effect but the proposals that are made of it.
 */
export function intake(request: IntakeRequest): IntakeResult {
  const whole = tidy(request.text)
  const text = whole.length > mostText ? whole.slice(0, whole.lastIndexOf('\n', mostText) > mostText / 2 ? whole.lastIndexOf('\n', mostText) : mostText) : whole
  if (!/[\p{L}\p{N}]/u.test(text)) return { reply: replies.nothing, proposals: [] }
  const { words, known } = languageOf(text)
  const reading = readingOf(request, words)
  const talk = smallTalk(text, reading, known)
  if (talk !== null) return { reply: talk, proposals: [] }
  if (asksForHarm(text)) return { reply: replies.harm, proposals: [] }
  const template = instructsUs(text) ? null : templateAsk(text, reading)
  if (template?.kind === 'use') return { reply: '', proposals: [], use: template }

  // Of a language that there are no words for, only the form is read: its lists.
  const split = known || isListed(text) ? splitRequest(text, reading) : { pieces: [], leftOut: [] }
  let { pieces, leftOut } = split
  const instructs = instructsUs(text)
  if (instructs) {
    pieces = pieces.filter(({ lead }) => !instructsUs(lead)).map((piece) => ({ ...piece, passage: piece.passage !== null && instructsUs(piece.passage) ? null : piece.passage, before: piece.before.filter((told) => !instructsUs(told)), details: piece.details.filter((detail) => !instructsUs(detail)) }))
    leftOut = leftOut.filter((one) => !instructsUs(one.text))
    if (pieces.length === 0) return { reply: replies.instructs, proposals: [] }
  }
  if (pieces.length === 0) {
    const only = nothingAsked(text, reading, known)
    if (typeof only === 'string') return { reply: only, proposals: [] }
    pieces = [only]
    leftOut = []
  }
  const proposals = propose(pieces.slice(0, mostProposals), reading)
  const alone = [
    ...template ? [`There is no template called ${inWords(template.said)}; there ${request.templates!.length === 1 ? 'is' : 'are'} ${request.templates!.map(({ name }) => inWords(name)).join(', ')}.`] : [],
    ...pieces.length > mostProposals ? [`There are ${pieces.length} tasks in it; these are the first ${mostProposals}. Send me the rest by itself.`] : [],
    ...text.length < whole.length ? [`The text is longer than I can read at once: I stopped after ${inWords(text.slice(-60))}. Send me the rest by itself.`] : [],
  ]
  return { reply: replyFor({ proposals, leftOut, isForeign: !known, instructs, alone }), proposals }
}

const isListed = (text: string) => readBlocks(text, () => false).some((block) => (block.kind === 'list' && block.items.length > 1) || block.kind === 'table')

/** Greetings, thanks and single words; `null` for anything else. */
function smallTalk(text: string, { words }: Reading, known: boolean): string | null {
  const sentences = sentencesOf(text)
  if (sentences.every(isNoise)) return /^(?:thank|thx|danke|merci|gracias|cheers|great|perfect|cool)/i.test(text) ? replies.thanks : replies.talk
  const single = text.replace(/[.!?…]+$/, '')
  if (known && /^\S+$/.test(single) && !/^https?:/.test(single)) return replies.word(single)
  if (/^(?:what can you do|who are you|are you (?:there|real|a (?:bot|human))|how does this work|help|what'?s up|tell me a joke)\b/i.test(text) && words.code === 'en' && text.length < 60) return replies.talk
  return null
}

/** What is said where no task was found: an answer, or one proposal of the whole. */
function nothingAsked(text: string, reading: Reading, known: boolean): string | Piece {
  const sentences = sentencesOf(text).filter((sentence) => !isNoise(sentence))
  const isQuestion = known && sentences.every((sentence) => /\?["”)]*$/.test(sentence))
  if (isQuestion) return answer(sentences[0] ?? text, reading)
  const lead = sentences.find((sentence) => !/\?$/.test(sentence)) ?? sentences[0] ?? text
  const task = readAsk(lead, reading)
  return {
    lead, ask: { ...task, task: known ? task.task : lead }, before: sentences.slice(0, sentences.indexOf(lead)), details: sentences.slice(sentences.indexOf(lead) + 1), good: [], under: [], passage: text, cells: {}, scope: '', mark: '', isNext: false,
  }
}

/** What the board says about a question, as it stands: titles and states, nothing that would have to be judged. */
function answer(question: string, { request }: Reading): string {
  const link = ({ id, title }: IntakeRequest['missions'][number]) => `- [${title.replace(/[[\]]/g, '')}](${referenceUrl({ kind: 'mission', id })})`
  const wanted = new Set(contentOf(question))
  const fits = request.missions.map((mission) => ({ mission, count: contentOf(mission.title).filter((word) => wanted.has(word)).length })).filter(({ count }) => count > 0).sort((a, b) => b.count - a.count)
  if (fits.length > 0) return replies.found(question, fits.slice(0, 5).map(({ mission }) => link(mission)).join('\n'))
  const state = /\b(?:review|waiting)\b/i.test(question) ? 'review' : /\b(?:in progress|going on|stuck|working on|under way|happening|open|status|blocked)\b/i.test(question) ? 'in_progress' : null
  const those = state ? request.missions.filter(({ status }) => status === state) : []
  if (those.length === 0) return replies.question(question)
  const more = those.length > 8 ? `\n- and ${those.length - 8} more` : ''
  return replies.state(
    'Without a model I cannot tell which of them are stuck, and I proposed nothing.',
    `${state === 'review' ? 'In review' : 'In progress'}:\n\n${those.slice(0, 8).map(link).join('\n')}${more}`,
  )
}

function propose(pieces: readonly Piece[], reading: Reading): IntakeProposal[] {
  const { request, words } = reading
  const today = dayIn(request.now, request.timeZone)
  const titles = pieces.map((piece, place) => {
    const own = titleOf(piece.lead, piece.ask, reading, today)
    // "Once the copy is done, publish it": it is the copy; else what the task before is about.
    const before = new RegExp(words.once.source, 'iu').exec(piece.lead)?.[1] ?? null
    const previous = pieces[place - 1]
    return withObject(own, before !== null && /^(?:the|our|my|this|that)\s/i.test(before) ? before : previous && previous.passage === piece.passage ? objectOf(previous.ask.task, reading) : null)
  })
  const order = orderOf(pieces, titles, words)
  const isMany = pieces.length > manyProposals
  const likeIt = alikeAmong(request.missions)
  return pieces.map((piece, place) => {
    const title = titles[place] ?? piece.lead
    const all = [piece.scope, piece.lead, ...piece.details, ...piece.good].join('\n')
    const questions: Question[] = []
    const due = dueOf(piece, today, reading)
    if (due.ask !== null) questions.push(askDay(due))
    const who = whoOf(piece, reading)
    const assignee = assign(who, title, all, reading, questions, isMany)
    const projectId = projectOf(piece, reading, questions)
    const heading = piece.under.join(' ')
    const priority = (piece.cells.priority ? priorityIn(piece.cells.priority) : null) ?? priorityOf(all, words) ?? (heading && /^\s*(?:urgent|asap|high|low|important|p[0-3]|nice to have|dringend|wichtig|urgente?s?)\b/i.test(heading) ? priorityIn(heading) ?? priorityOf(heading, words) : null) ?? 'none'
    const takenBack = [piece.lead, ...piece.details].find((detail) => /\b(?:no,? wait|wait,? no|actually,? no|scratch that|on second thoughts?|forget (?:that|it)|strike that|never mind)\b/i.test(detail))
    if (takenBack) questions.push({ text: `The request takes something back: ${inWords(takenBack)}. What holds?`, choices: [] })
    if (isVague(title)) questions.push({ text: `What is meant by ${inWords(title)}?`, choices: [] })
    return {
      title,
      description: describe(piece, title, words),
      projectId,
      assigneeId: assignee.id,
      why: assignee.why,
      priority,
      dueOn: due.day,
      autoRun: false,
      size: (piece.cells.size ? sizeIn(piece.cells.size) : null) ?? sizeOf(piece.lead, piece.details, words),
      blockedBy: order[place] ?? [],
      duplicates: likeIt(title),
      questions: questions.slice(0, 3),
    }
  })
}

const isVague = (title: string) => /^(?:\p{L}+ )?(?:it|this|that|them|the thing|the stuff|things|stuff|something)(?: (?:again|now|please|up|done))?$/iu.test(title)

/** A title above that names a day or somebody says it for all that stands under it. */
function dueOf(piece: Piece, today: Day, { words }: Reading): Due {
  if (piece.cells.due) {
    const cell = findDue(`due ${piece.cells.due}`, today, words)
    if (cell.day !== null || cell.ask !== null) return cell
  }
  const inLead = findDue(piece.lead, today, words)
  const own = inLead.day !== null || inLead.ask !== null ? inLead : findDue(piece.scope, today, words)
  if (own.day !== null || own.ask !== null) {
    if (own.ask !== null) return own
    // What follows may say another day.
    const later = findDue(piece.details.filter((line) => !/^\s*- /.test(line)).join('\n'), today, words, true)
    if (later.day !== null && later.day !== own.day) return { ...later, day: null, ask: 'two days', choices: [own.day ?? '', later.day].filter((day) => day !== '').sort(), said: `${own.said}” and “${later.said}` }
    return own
  }
  const details = findDue([...piece.before, ...piece.details].join('\n'), today, words, true)
  if (details.day !== null || details.ask !== null) return details
  for (const above of piece.under.toReversed()) {
    const due = findDue(/\b(?:by|due|until|before|bis|avant|antes)\b/i.test(above) || above.length > 40 ? above : `by ${above}`, today, words, true)
    if (due.day !== null || due.ask !== null) return due
  }
  return { day: null, choices: [], ask: null, said: '', cuts: [] }
}

function askDay({ ask, choices, said }: Due): Question {
  if (ask === 'order of day and month') return { text: `Which day is meant by “${said}”?`, choices }
  if (ask === 'weekday') return { text: `“${said}”: the weekday is of another day than the date. Which day is it?`, choices }
  if (ask === 'past') return { text: `“${said}” is in the past. When is it due?`, choices: [] }
  return { text: `The request says “${said}”. When is it due?`, choices }
}

function whoOf(piece: Piece, reading: Reading): Who | null {
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
    const label = above.replace(/^(?:for|für|pour|para)\s+/i, '')
    if (mention && others.length === 0 && label.length <= mention.text.length + 3) return { kind: 'actors', ids: mention.ids, said: mention.text, sure: mention.sure, both: false }
  }
  return null
}

function assign(who: Who | null, title: string, text: string, { request }: Reading, questions: Question[], isMany: boolean): { id: ActorId | null; why: string } {
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

function projectOf(piece: Piece, { request }: Reading, questions: Question[]): ProjectId | null {
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

/** What the request says that a good result has, and what is left of the details. */
function goodOf({ lead, details, good }: Piece, words: Words): { good: string[]; rest: string[] } {
  const said = details.filter((detail) => words.good.test(detail) && !detail.includes('\n'))
  const including = words.including.exec(lead)
  const parts = including ? lead.slice(including.index + including[0].length).replace(/[.!?]+$/, '').split(/,\s*(?:and |und |et |y )?|\s+(?:and|und|et|y)\s+/).map((part) => part.trim()) : []
  return { good: [...parts.length > 1 ? parts.filter((part) => part !== '') : [], ...said, ...good], rest: details.filter((detail) => !said.includes(detail)) }
}

/** The request's own words: what belongs to the piece, and the passage that it was cut out of where that is more. */
function describe(piece: Piece, title: string, words: Words): string {
  const parts: string[] = []
  const { good, rest } = goodOf(piece, words)
  const lead = piece.lead.trim()
  parts.push(...[...piece.before, lead === title && piece.before.length + rest.length > 0 ? '' : lead, ...rest].filter((part) => part !== ''))
  let body = ''
  for (const part of parts) {
    const isList = /^\s*(?:- |> |```)/.test(part)
    body += body === '' ? part : isList || /^\s*(?:- |> |```)/.test(body.split('\n').at(-1) ?? '') || body.endsWith('```') ? `\n\n${part}` : ` ${part}`
  }
  const sections = [body]
  if (good.length > 0) sections.push(`## ${goodResultHeading}\n\n${good.map((one) => `- ${one.replaceAll('\n', ' ')}`).join('\n')}`)
  const passage = piece.passage?.trim() ?? ''
  const origin = [...piece.under.length > 0 ? [piece.under.join(' › ')] : [], ...passage !== '' && plain(passage) !== plain(body) ? [passage.length > longestPassage ? `${passage.slice(0, longestPassage)}…` : passage] : []]
  if (origin.length > 0) sections.push(`## From the request\n\n${origin.join('\n\n').split('\n').map((line) => `> ${line}`).join('\n')}`)
  return sections.filter((section) => section !== '').join('\n\n')
}

const plain = (text: string) => text.replace(/[^\p{L}\p{N}]+/gu, ' ').trim().toLowerCase()
