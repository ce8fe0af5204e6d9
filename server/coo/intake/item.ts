import { contentOf } from './alike.ts'
import { beginsWithVerb, readAsk, type Ask } from './asks.ts'
import { aboutMark, type Item } from './blocks.ts'
import { ofYou } from './called.ts'
import { add, under, type Gathered } from './gathered.ts'
import { jottedUnder } from './jotted.ts'
import { findActors, findProjects } from './names.ts'
import { isStatement } from './news.ts'
import { splitGood } from './parts.ts'
import { firstLine } from './piece.ts'
import type { Reading } from './reading.ts'
import { nearlyAll } from './rows.ts'
import { sectionOf, tells } from './sections.ts'
import { isNoise, sentencesOf } from './sentences.ts'
import { asksAtTheEnd, callsForHelp, getsOne } from './split-tasks.ts'
import { takenBy } from './taken.ts'
import { agrees, answers, looksInto, obtains, runsOut, speakerOf, takesOn } from './talk-turn.ts'
import { askInMinutes } from './third-person.ts'
import { tokensOf } from './tokens.ts'
import { givenTo } from './who.ts'

/** A label that names somebody, or a project: for whom or what all below it is. */
export const isGroup = (heading: string, reading: Reading) => {
  const label = heading.replace(/[:*]+$/, '')
  return nearlyAll(label, findActors(label, reading)) || nearlyAll(label, findProjects(label, reading.request.projects, true))
}

export function readTasks(items: readonly Item[], intro: string | null, gathered: Gathered, reading: Reading) {
  const from = gathered.pieces.length
  const isOrdered = intro !== null && /\b(?:in (?:this|that|the following) order|step by step|one after the other|steps?|sequence|der reihe nach|in dieser reihenfolge|dans cet ordre|en este orden|por este orden)\b/i.test(intro)
  for (const [n, item] of items.entries()) readItem(item, items, isOrdered && n > 0, gathered, reading)
  // "Could you please", above what whoever is spoken to is to do.
  const to = intro !== null && ofYou.test(intro) ? gathered.mailTo ?? gathered.called : null
  if (to) for (const piece of gathered.pieces.slice(from)) if (piece.ask.who === null && givenTo(piece.lead, reading) === null) piece.ask = { ...piece.ask, who: to }
}

function readItem(item: Item, siblings: readonly Item[], isOrdered: boolean, gathered: Gathered, reading: Reading) {
  const { words } = reading
  if (item.done === true) {
    gathered.leftOut.push({ text: firstLine(item.text), why: 'done' })
    return
  }
  if (item.items.length === 0 && sentencesOf(item.text).every((sentence) => readAsk(sentence, reading).kind === 'forbid')) {
    gathered.leftOut.push({ text: item.text, why: 'forbids' })
    return
  }
  // "Actions", above lines that nothing marks as a list of their own.
  if (item.items.length === 0 && tokensOf(item.text).length <= 3 && sectionOf(item.text) === 'tasks') {
    gathered.section = 'tasks'
    return
  }
  const on = handedOn(firstLine(item.text), reading)
  if (on && readAsk(on.why, reading).kind !== 'order') {
    add(gathered, { lead: on.task, ask: readAsk(on.task, reading), before: [on.why], details: splitGood(item.items, reading).rest, mark: item.mark.replace(/[().[\]]/g, ''), isNext: isOrdered && gathered.pieces.length > 0 })
    return
  }
  const label = item.text.replace(/:$/, '')
  if (item.mark === aboutMark && readAbout(item, gathered, reading)) return
  const told = /^(\p{L}[\p{L} ]{2,28}):\s+(\S.*)$/u.exec(firstLine(item.text))
  const tasks = item.items.filter(({ text: child }) => askOf(firstLine(child), gathered, reading).kind === 'order').length
  const areTasks = item.items.length > 1 && tasks >= item.items.length / 2
  const isTopic = areTasks && tokensOf(label).length <= 3 && readAsk(label, reading).kind === 'none'
  if (nextTime.test(item.text) && item.items.length === 0) {
    gathered.leftOut.push({ text: item.text, why: 'tells' })
    return
  }
  if (isSettled.test(item.text) && item.items.length === 0) {
    gathered.leftOut.push({ text: item.text, why: 'tells' })
    return
  }
  if (told && /^(?:none|nothing|n\/a|-|–|keine?|nichts|rien|aucune?|ninguno|ninguna|nada)[.! ]*$/i.test(told[2] ?? '')) return
  // "Budget: 12k", "Next meeting: 10 December": a fact with its name.
  if (told && ['notes', 'people', 'decisions'].includes(sectionOf(told[1] ?? '')) && !['order', 'want'].includes(readAsk(told[2] ?? '', reading).kind)) {
    gathered.leftOut.push({ text: item.text, why: 'tells' })
    return
  }
  if (item.items.length > 0 && (isTopic || isGroup(label, reading) || (/:$/.test(item.text) && !beginsWithVerb(item.text, words) && item.items.filter(({ text: child }) => readAsk(child, reading).kind === 'order').length > item.items.length / 2))) {
    under(gathered, label, () => {
      for (const child of item.items) readItem(child, item.items, isOrdered, gathered, reading)
    })
    return
  }
  const [topic = '', ...below] = item.text.split('\n')
  if (gathered.isNotes && below.length > 0 && tokensOf(topic).length <= 4 && readAsk(topic, reading).kind === 'none' && !/[.!?]$/.test(topic)) {
    const text = below.join('\n')
    const said = sentencesOf(text)
    if (said.some((sentence) => ['order', 'want', 'decide'].includes(askOf(sentence, gathered, reading).kind)) || handedWithin(said, reading)) under(gathered, topic.replace(/:$/, ''), () => readItem({ ...item, text }, siblings, isOrdered, gathered, reading))
    else gathered.leftOut.push({ text: item.text, why: 'tells' })
    return
  }
  const sentences = item.text.split('\n').flatMap((line) => sentencesOf(line)).filter((sentence) => !isNoise(sentence))
  const speaker = reading.isTalk ? speakerOf(item.text, reading) : null
  if (sentences.length === 0) {
    // "Will do" alone says little, and takes on what was asked for.
    if (speaker && !takesOn(speaker, gathered, reading, item.text)) agrees(speaker, gathered, item.text, reading)
    return
  }
  const jotted = !reading.isTalk && item.items.length === 0 && sentences.length === 1 ? jottedUnder(sentences[0] ?? '', reading) : null
  if (jotted && isGroup(jotted.label, reading) && findActors(jotted.label, reading).length > 0) {
    for (const part of jotted.parts) readItem({ ...item, text: `${jotted.label}: ${part}` }, siblings, isOrdered, gathered, reading)
    return
  }
  // A turn of a talk may ask for several things, and a point of minutes give work to several people.
  const inNotes = !speaker && gathered.isNotes
  const isAsk = (sentence: string) => {
    const { kind, who } = inNotes ? askOf(sentence, gathered, reading) : readAsk(sentence, reading)
    return kind === 'order' && (!inNotes || who?.kind === 'actors')
  }
  const own = sentences.flatMap((sentence, n) => (isAsk(sentence) && !words.goesOn.test(sentence) ? [n] : []))
  if ((speaker || inNotes) && own.length > 1) {
    const name = speaker ? /^[^:]+:\s/.exec(item.text)?.[0] ?? '' : ''
    for (const [n, from] of own.entries()) {
      const text = sentences.slice(n === 0 ? 0 : from, own[n + 1] ?? sentences.length).join(' ')
      readItem({ ...item, text: text.startsWith(name.trim()) ? text : `${name}${text}`, items: n === 0 ? item.items : [] }, siblings, isOrdered, gathered, reading)
    }
    return
  }
  const asks = sentences.map((sentence): Ask => {
    const said = askOf(sentence, gathered, reading)
    const bare = speaker ? sentence.replace(/^\p{Lu}[\p{L} .'-]{1,30}\s?:\s+/u, '').replace(answers, '') : sentence
    const told = said.kind === 'none' ? readAsk(asksAtTheEnd(bare, reading)?.ask ?? bare, reading) : said
    const ask = told.kind === 'none' && speaker ? askInMinutes(bare, reading, false) : told
    // "I" is whoever speaks, not whoever pasted the talk.
    return speaker && ask.who?.kind === 'asker' ? { ...ask, who: speaker } : ask
  })
  const strong = asks.findIndex(({ kind }) => kind === 'order' || kind === 'decide')
  const best = strong >= 0 ? strong : asks.findIndex(({ kind }) => kind === 'want' || kind === 'trouble')
  let at = Math.max(0, best >= 0 || !reading.isTalk ? best : asks.findIndex(({ kind }) => kind === 'question'))
  const lead = sentences[at] ?? ''
  const ask = asks[at] ?? { kind: 'none', task: lead, who: null }
  if (speaker && takesOn(speaker, gathered, reading, item.text)) return
  const others = siblings.some((other) => other !== item && ['order', 'decide'].includes(readAsk(firstLine(other.text), reading).kind))
  const isTold = gathered.isNotes && gathered.listsTasks && gathered.section === 'topic' && ask.kind === 'trouble' && ask.who === null && handedWithin(sentences, reading) === null || ask.kind === 'none' && (tells.test(item.text) || gathered.isNotes && (isCount.test(item.text) || gathered.listsTasks && gathered.section === 'topic') && handedWithin(sentences, reading) === null || sentences.some((sentence, k) => /[.!]$/.test(sentence) && k > 0 && isWholeSentence(sentence)))
  if ((ask.kind === 'none' || ask.kind === 'trouble') && (gathered.section === 'decisions' || gathered.section === 'people' || gathered.section === 'notes')) {
    gathered.leftOut.push({ text: item.text, why: 'tells' })
    return
  }
  if (isTold && (others || gathered.isNotes || gathered.introduction !== null)) {
    gathered.leftOut.push({ text: sentences.join(' '), why: 'tells' })
    return
  }
  if (reading.isTalk && (ask.kind === 'none' || ask.kind === 'question')) {
    gathered.leftOut.push({ text: ask.kind === 'question' ? lead : item.text, why: ask.kind === 'question' ? 'asks' : 'tells' })
    return
  }
  if (ask.kind === 'question' && gathered.section === 'notes') {
    gathered.leftOut.push({ text: item.text, why: 'asks' })
    return
  }
  // "The seal is broken." "I'll order a new seal": what is wrong is why.
  const wrong = gathered.pieces.at(-1)
  if (speaker && wrong?.ask.kind === 'trouble' && wrong.ask.who === null && ask.kind === 'order' && (callsForHelp(ask.task) || getsOne.test(ask.task) || looksInto.test(ask.task) || runsOut.test(wrong.ask.task) && obtains.test(ask.task) || contentOf(ask.task).some((word) => contentOf(wrong.lead).includes(word)))) {
    gathered.pieces.pop()
    sentences.unshift(wrong.lead)
    asks.unshift(wrong.ask)
    at += 1
  }
  // "We still need a banner." "I'll design the banner": what was wanted is theirs.
  if (speaker && wrong?.ask.kind === 'want' && wrong.ask.who === null && ask.kind === 'order' && ask.who !== null && contentOf(ask.task).slice(1).some((word) => contentOf(wrong.ask.task).includes(word))) {
    wrong.ask = { ...wrong.ask, who: ask.who }
    wrong.cells = { due: lead, ...wrong.cells }
    wrong.details.push(...sentences)
    return
  }
  // "Power? Ask the town": what it is about, and what is to be done.
  if (best < 0 && at === 0 && sentences[1] !== undefined && /^\p{L}+(?: \p{L}+)?\?+$/u.test(sentences[0] ?? '')) {
    add(gathered, { lead: sentences[1], ask: asks[1] ?? ask, before: sentences.slice(0, 1), details: sentences.slice(2), mark: item.mark.replace(/[().[\]]/g, ''), isNext: isOrdered && gathered.pieces.length > 0 })
    return
  }
  const handed = ask.kind === 'none' || ask.kind === 'trouble' ? handedWithin(sentences, reading) : null
  if (handed) {
    add(gathered, { lead: handed.lead, ask: handed.ask, before: [...sentences.filter((sentence) => sentence !== handed.lead), ...handed.about === null ? [] : [handed.about]], details: splitGood(item.items, reading).rest, mark: item.mark.replace(/[().[\]]/g, ''), isNext: isOrdered && gathered.pieces.length > 0 })
    return
  }
  const details = sentences.slice(at + 1)
  const { good, rest } = splitGood(item.items, reading)
  add(gathered, { lead, ask, before: sentences.slice(0, at), details: [...details, ...rest], good, mark: item.mark.replace(/[().[\]]/g, ''), isNext: isOrdered && gathered.pieces.length > 0 })
}

/** "Stage: Ann writes the plan", "toilets: same as last year": work where it says so behind what it is about, else only noted. False: it is read as any line. */
function readAbout(item: Item, gathered: Gathered, reading: Reading): boolean {
  const [label = ''] = /^[^:–—-]+(?::|\s[-–—])\s+/u.exec(item.text) ?? []
  const name = label.replace(/[\s:–—-]+$/, '')
  if (label === '' || isGroup(name, reading)) return false
  const rest = item.text.slice(label.length)
  const sentences = sentencesOf(rest)
  const asks = sentences.map((sentence) => askInMinutes(sentence, reading, false))
  const isOwn = asks.some(({ kind, task, who }) => kind === 'order' && (who !== null || beginsWithVerb(task, reading.words)) && contentOf(task).length >= 2) || handedWithin(sentences, reading) !== null
  if (isOwn) {
    under(gathered, name, () => readItem({ ...item, mark: '-', text: rest }, [], false, gathered, reading))
    return true
  }
  if (asks.some(({ kind, who }) => kind !== 'none' && kind !== 'question' || who !== null) || givenTo(item.text, reading) !== null || !sentences.some((sentence) => isNoted.test(sentence) || isStatement(sentence, reading))) return false
  gathered.leftOut.push({ text: item.text, why: 'tells' })
  return true
}

/** "5 confirmed", "same as last year, fine" */
const isNoted = /(?<!\p{L})(?:same|fine|ok(?:ay)?|done|confirmed|booked|ready|unchanged|no change|as (?:last year|before|always)|gut|fertig|erledigt|gebucht|wie (?:immer|letztes jahr)|réservée?s?|prête?s?|comme d'habitude|listo|hecho|igual que)(?!\p{L})|\d+ (?:so far|people|confirmed|sold)/iu

/** "Website: photos still missing, Priya to chase the photographer": the last of its clauses that somebody is to do. */
function handedWithin(sentences: readonly string[], reading: Reading): { lead: string; ask: Ask; /** What stands right before it. */ about: string | null } | null {
  for (const lead of sentences.toReversed()) {
    const clauses = lead.split(/[,;:?]\s+|\s[–—-]\s+/)
    for (const [n, clause] of [...clauses.entries()].toReversed()) {
      const ask = askInMinutes(clause, reading, false)
      if (ask.kind === 'order' && ask.who?.kind === 'actors' && takenBy(clause, reading) === null) return { lead, ask, about: clauses[n - 1] ?? null }
    }
  }
  return null
}

/** "Accounts: 3,120 euros, no questions" */
const isCount = /^\p{L}[\p{L} ]{2,28}:\s.*(?:\d|(?<!\p{L})(?:no|none|two|three|four|five|six|seven|eight|nine|ten|zwei|drei|vier|fünf|sechs|deux|trois|quatre|cinq|six|dos|tres|cuatro|cinco|seis|keine?|aucune?|sin|ninguna?)(?!\p{L}))/iu

/** "Budget approved" */
const isSettled = /^\p{Lu}[\p{L} ]{2,30}:?\s(?:approved|agreed|confirmed|done|fine|ok(?:ay)?|on track|läuft|gut|erledigt|genehmigt|beschlossen|validée?s?|approuvée?s?|terminée?s?|aprobad[oa]s?|confirmad[oa]s?|hech[oa]s?)[.!]?$/u

const nextTime = /^(?:the )?(?:next|nächste[rs]?|prochaine?|próxim[ao]) (?:meeting|call|sync|retro|weekly|stand-?up|treffen|besprechung|termin|réunion|reunión)(?!\p{L})/iu

/** What a line of a list asks for. Among tasks, and in the list of a meeting, what somebody does is theirs to do. */
function askOf(line: string, { section, isNotes }: Gathered, reading: Reading): Ask {
  if (section === 'tasks') return askInMinutes(line, reading)
  if (section === 'decisions') {
    const given = askInMinutes(line, reading, false)
    return given.who?.kind === 'actors' ? given : readAsk(line, reading)
  }
  if (section !== 'topic') return readAsk(line, reading)
  const label = isNotes ? /^\p{L}[\p{L} ']{2,28}(?::|\s[–—-])\s+/u.exec(line)?.[0] ?? '' : ''
  const does = label === '' ? null : askInMinutes(line.slice(label.length), reading, false)
  return does && does.kind === 'order' && does.who !== null ? does : askInMinutes(line, reading, false)
}

/** "The client wants oak -> Priya to send a quote": what stands before the arrow is why. */
function handedOn(text: string, reading: Reading): { why: string; task: string } | null {
  const arrow = /\s*(?:->|→|=>)\s*/.exec(text)
  if (!arrow || arrow.index === 0) return null
  const task = text.slice(arrow.index + arrow[0].length)
  const ask = readAsk(task, reading)
  return ask.kind === 'order' && ask.who !== null && contentOf(ask.task).length >= 2 ? { why: text.slice(0, arrow.index), task } : null
}

const isWholeSentence = (text: string) => /\b(?:is|are|was|were|has|have|will|got|went)\b/i.test(text)

/** Of a list of questions. */
export function readQuestion(text: string, reading: Reading): Ask {
  const ask = readAsk(text, reading)
  return ask.kind === 'none' ? { ...ask, kind: 'question' } : ask
}
