import type { Asked, IntakeProposal, IntakeRequest, IntakeResult } from '../intake.ts'
import { alikeAmong, contentOf } from './alike.ts'
import { beginsWithVerb, readAsk } from './asks.ts'
import { readBlocks } from './blocks.ts'
import { bugReport } from './bug-report.ts'
import { describe } from './describe.ts'
import { askDay, assign, dueOf, projectOf, whoOf } from './fields.ts'
import { contradictionTo, otherCount } from './forbids.ts'
import { asksForHarm, instructsUs, withoutInstructions } from './guard.ts'
import { languageOf } from './language.ts'
import { answer, asksNothing, nothingAsked, smallTalk, wholeOf } from './nothing-asked.ts'
import { orderOf } from './order.ts'
import type { Piece } from './piece.ts'
import { splitRequest } from './pieces.ts'
import { readingOf, type Reading } from './reading.ts'
import { inWords, isNews, mostNews, replies, replyFor } from './reply.ts'
import { tells } from './sections.ts'
import { isNoise } from './sentences.ts'
import { templateAsk } from './template-ask.ts'
import { asWritten, tidy } from './tidy.ts'
import { isVague, objectOf, spokenOf, titleOf, vagueWords, withObject, withTold } from './title.ts'
import { tokensOf } from './tokens.ts'
import { priorityIn, priorityOf, sizeIn, sizeOf } from './weigh.ts'

/** More proposals than this, and nobody would answer a question on each. */
const manyProposals = 12
/** Characters that are read: some twenty pages. */
const mostText = 60_000
/** A board with more proposals than this helps nobody. */
const mostProposals = 250

/** What the files say stands below what was said; names alone are no words of anybody. */
function withFiles({ text, files }: IntakeRequest): string {
  const read = files.flatMap((file) => ('text' in file ? [file.text] : []))
  const said = files.length > 0 && text.trim() === files.map(({ name }) => name).join(', ') ? '' : text
  return [said, ...read].filter((part) => part.trim() !== '').join('\n\n')
}

/**
 * The intake without a model: takes a request apart by rules, in the request's own words. The same request gives the same result, at
 * the same moment; nothing in a text has any effect but the proposals that are made of it.
 */
export function intake(request: IntakeRequest): IntakeResult {
  const result = takeApart(request)
  const unread = request.files.flatMap((file) => ('problem' in file ? [`“${file.name}” ${file.problem.replace(/[.\s]+$/, '')}.`] : []))
  return unread.length > 0 ? { ...result, reply: [...unread, result.reply].join('\n\n') } : result
}

function takeApart(request: IntakeRequest): IntakeResult {
  const whole = tidy(withFiles(request))
  const text = whole.length > mostText ? whole.slice(0, whole.lastIndexOf('\n', mostText) > mostText / 2 ? whole.lastIndexOf('\n', mostText) : mostText) : whole
  if (!/[\p{L}\p{N}]/u.test(text)) return { reply: replies.nothing, proposals: [] }
  const { words, known } = languageOf(text)
  const reading = readingOf(request, words, text)
  if (request.isMission) return { reply: '', proposals: propose([wholeOf(text, reading, known)], reading) }
  const talk = smallTalk(text, reading, known)
  if (talk !== null) return { reply: talk, proposals: [] }
  if (asksForHarm(text)) return { reply: replies.harm, proposals: [] }
  const template = instructsUs(text) ? null : templateAsk(text, reading)
  if (template?.kind === 'use') return { reply: '', proposals: [], use: template }

  // Of a language that there are no words for, only the form is read: its lists.
  const instructs = instructsUs(text)
  const readable = instructs ? withoutInstructions(text) : words.code === 'en' ? asWritten(text) : text
  const report = known && !instructs ? bugReport(readable, reading) : null
  const split = report ? { pieces: [report], leftOut: [], isNotes: false } : known || isListed(readable) ? splitRequest(readable, reading) : { pieces: [], leftOut: [], isNotes: false }
  let { pieces, leftOut } = split
  if (instructs) {
    pieces = pieces.filter(({ lead }) => !instructsUs(lead)).map((piece) => ({ ...piece, passage: piece.passage !== null && instructsUs(piece.passage) ? null : piece.passage, before: piece.before.filter((told) => !instructsUs(told)), details: piece.details.filter((detail) => !instructsUs(detail)) }))
    leftOut = leftOut.filter((one) => !instructsUs(one.text))
    const only = pieces.length === 0 && /\p{L}/u.test(readable) ? nothingAsked(readable, reading, known) : null
    if (only !== null && !('reply' in only)) pieces = [{ ...only, passage: null }]
    if (pieces.length === 0) return { reply: replies.instructs, proposals: [] }
  }
  if (asksNothing.test(readable) && pieces.every(({ lead, ask }) => ask.who === null && !/(?<!\p{L})(?:please|bitte|can you|could you|merci de|por favor)(?!\p{L})/iu.test(lead))) pieces = []
  const [over] = leftOut
  if (pieces.length === 0 && over && leftOut.every(({ why }) => why === 'done')) return { reply: replies.done(over.text), proposals: [] }
  const said = leftOut.filter(({ why }) => why === 'tells').map(({ text: one }) => one)
  if (pieces.length === 0 && reading.isTalk && over && leftOut.every(({ why }) => why === 'asks')) return { reply: answer(over.text, reading), proposals: [] }
  if (pieces.length === 0 && (reading.isTalk || split.isNotes && said.length > 1)) return { reply: replies.tells(said[0] ?? readable), proposals: [], told: said.filter(isNews).slice(0, mostNews) }
  if (pieces.length === 0) {
    const only = nothingAsked(readable, reading, known)
    if ('reply' in only) return { ...only, proposals: [] }
    pieces = [only]
    leftOut = []
  }
  const proposals = propose(onceEach(pieces.slice(0, mostProposals), reading), reading)
  const alone = [
    ...template ? [`There is no template called ${inWords(template.said)}; there ${request.templates!.length === 1 ? 'is' : 'are'} ${request.templates!.map(({ name }) => inWords(name)).join(', ')}.`] : [],
    ...pieces.length > mostProposals ? [`There are ${pieces.length} tasks in it; these are the first ${mostProposals}. Send me the rest by itself.`] : [],
    ...text.length < whole.length ? [`The text is longer than I can read at once: I stopped after ${inWords(text.slice(-60))}. Send me the rest by itself.`] : [],
  ]
  const told = leftOut.flatMap(({ text: said, why }) => (why === 'tells' && isNews(said) ? [said] : [])).slice(0, mostNews)
  return { reply: replyFor({ proposals, leftOut, isForeign: !known, instructs, alone }), proposals, ...told.length > 0 ? { told } : {} }
}

const isListed = (text: string) => readBlocks(text, (line) => /^\[[^\]]{2,40}\]\s+\S/.test(line)).some((block) => (block.kind === 'list' && block.items.length > 1) || block.kind === 'table')

/** A title that says how urgent what stands under it is. */
const weighs = /^\s*(?:urgent|asap|high|low|important|p[0-3]|nice to have|dringend|wichtig|urgente?s?)\b/i

/** What a request asks beside its work, and whoever does the work would ask again. */
const isOpen = (said: string, reading: Reading) => !said.startsWith('>') && /\?["”)]*$/.test(said) && !said.includes('\n') && tokensOf(said).length >= (vagueWords.test(said) ? 6 : 4) && readAsk(said, reading).kind === 'question' && !isNoise(said)

/** "Order boxes … Bo takes the boxes": a thing alone, that was asked for before and is nobody's yet. */
const isTaken = ({ ask }: Piece, one: Piece, reading: Reading) => {
  const thing = contentOf(ask.task)
  const asked = contentOf(one.ask.task)
  return ask.who?.kind === 'actors' && thing.length > 0 && thing.length < asked.length && !beginsWithVerb(ask.task, reading.words) && !reading.words.infinitive.test(ask.task) && thing.every((word) => asked.includes(word)) && whoOf(one, reading) === null
}

/** Prose that asks for the same thing twice asks for it once; where it gives it to two people, whoever is meant is asked for. */
function onceEach(pieces: readonly Piece[], reading: Reading): Piece[] {
  const kept: Piece[] = []
  for (const piece of pieces) {
    const taken = kept.find((one) => isTaken(piece, one, reading))
    if (taken) {
      taken.details.push(piece.lead)
      taken.ask = { ...taken.ask, who: piece.ask.who }
      continue
    }
    const same = piece.passage === null || contentOf(piece.ask.task).length < 2 ? undefined : kept.find((one) => one.passage !== null && contentOf(one.ask.task).join(' ') === contentOf(piece.ask.task).join(' '))
    if (!same) {
      kept.push({ ...piece, details: [...piece.details] })
      continue
    }
    same.details.push(piece.lead, ...piece.details)
    const [a, b] = [whoOf(same, reading), whoOf(piece, reading)]
    if (b?.kind === 'actors' && a?.kind === 'actors' && a.ids.join() !== b.ids.join()) same.ask = { ...same.ask, who: { kind: 'actors', ids: [...new Set([...a.ids, ...b.ids])], said: `${a.said} and ${b.said}`, sure: true, both: true } }
    else if (a === null) same.ask = { ...same.ask, who: b }
  }
  return kept
}

/** A title without the verb that the request did not have: nobody is suggested for a word that nobody said. */
const inOwnWords = (title: string, said: string) => {
  const own = new Set(contentOf(said))
  return title.split(' ').filter((word) => contentOf(word).every((part) => own.has(part))).join(' ')
}

/** More than these nobody reads behind a description. */
const mostTogether = 6

/** The others that were cut out of prose as well: what is said of one may help with another. */
const together = (place: number, pieces: readonly Piece[]) => pieces.length > mostTogether || pieces[place]?.passage === null ? [] : pieces.flatMap(({ passage }, other) => (other === place || passage === null ? [] : [other]))

function propose(pieces: readonly Piece[], reading: Reading): IntakeProposal[] {
  const { request, today, words } = reading
  const titles = pieces.map((piece, place) => {
    const own = titleOf(piece.lead, piece.ask, reading, today, `${[...piece.before, piece.lead].join(' ')} ${piece.passage ?? ''}`)
    // "Once the copy is done, publish it": it is the copy; else what the task before is about.
    const before = new RegExp(words.once.source, 'iu').exec(piece.lead)?.[1] ?? null
    const previous = pieces[place - 1]
    return withObject(beginsWithVerb(own, words) ? withTold(own, piece.before.at(-1)) : own, spokenOf(piece, reading) ?? (before !== null && /^(?:the|our|my|this|that)\s/i.test(before) ? before : previous && previous.passage === piece.passage ? objectOf(previous.ask.task, reading) : null))
  })
  const order = orderOf(pieces, titles, words)
  const isMany = pieces.length > manyProposals
  const sentences = [...new Set(pieces.flatMap(({ lead, before, details }) => [lead, ...before, ...details]))]
  const likeIt = alikeAmong(request.missions)
  return pieces.map((piece, place) => {
    const title = titles[place] ?? piece.lead
    const all = [piece.scope, piece.lead, ...piece.details, ...piece.good].join('\n')
    const questions: Asked[] = []
    const due = dueOf(piece, today, reading)
    if (due.ask !== null) questions.push(askDay(due))
    const who = whoOf(piece, reading)
    const assignee = assign(who, inOwnWords(title, all), all, reading, questions, isMany)
    const projectId = projectOf(piece, reading, questions)
    const heading = piece.under.findLast((above) => weighs.test(above)) ?? ''
    const shouted = piece.before.filter((told) => tokensOf(told).length <= 2 || weighs.test(told) || /^not (?:that |very |so )?(?:important|urgent)\b/i.test(told)).join('\n')
    const priority = (piece.cells.priority ? priorityIn(piece.cells.priority) : null) ?? priorityOf(`${all}\n${piece.cells.due ?? ''}\n${shouted}`, words) ?? (heading ? priorityIn(heading) ?? priorityOf(heading, words) : null) ?? 'none'
    const takenBack = [piece.lead, ...piece.details].find((detail) => /\b(?:no,? wait|wait,? no|actually,? no|scratch that|on second thoughts?|(?<!(?:don't|not|never) )forget (?:that|it)|strike that|never mind)\b/i.test(detail))
    if (takenBack) questions.push({ text: `The request takes something back: ${inWords(takenBack)}. What holds?`, choices: [] })
    const forbidden = contradictionTo(title, sentences.filter((sentence) => sentence !== piece.lead))
    if (forbidden !== null) questions.push({ text: `The request also says ${inWords(forbidden.replace(/[.\s]+$/, ''))}. What holds?`, choices: [] })
    const count = otherCount(piece.lead, sentences.filter((sentence) => sentence !== piece.lead))
    if (count) questions.push({ text: `The request says “${count.said}” and “${count.other}”. What holds?`, choices: [] })
    const open = [...piece.before, ...piece.details].filter((said) => isOpen(said, reading))
    if (!isMany) questions.push(...open.slice(0, 2).map((said) => ({ text: `The request asks: ${inWords(said, 160)}`, choices: [] })))
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
      together: together(place, pieces),
      duplicates: likeIt(title),
      questions: questions.slice(0, 3),
    }
  })
}
