import { asWho, beginsWithVerb, readAsk } from './asks.ts'
import { readBlocks } from './blocks.ts'
import { findDays } from './days.ts'
import { nearest } from './forbids.ts'
import { add, gather, type Gathered } from './gathered.ts'
import { mendsIt } from './goes-on.ts'
import { isGroup, readQuestion, readTasks } from './item.ts'
import { isNamedOnly } from './jotted.ts'
import { findActors } from './names.ts'
import { isStatement } from './news.ts'
import { readParagraph } from './paragraph.ts'
import { listsParts, splitGood } from './parts.ts'
import { firstLine, type LeftOut, type Piece, type Split } from './piece.ts'
import type { Reading } from './reading.ts'
import { readRows } from './rows.ts'
import { isNounTitle, meeting, sectionOf } from './sections.ts'
import { isNoise, sentencesOf, withoutGreeting, withoutSignature } from './sentences.ts'
import { isBareAnswer, isDone, takenBy } from './taken.ts'

/** "TOP 2 Basar", "Item 3: Budget": the points of an agenda are a list. */
const agendaItem = /^(?:TOP|Punkt|Item|Point|Punto)\s?(\d{1,2})[.:]?\s+(?=\p{L})/gimu

/** A point that is only named, above what was said about it. */
const isAgendaTitle = /^[\p{L} &-]{2,40}\n[^\n]*[.!?]/u

/** The name of whoever asks, alone at the end. */
function signedBy({ request: { people, by } }: Reading): RegExp {
  const name = people.find(({ id }) => id === by)?.name.split(' ').map((part) => part.replace(/[^\p{L}]/gu, '')) ?? []
  return name[0] ? new RegExp(`\\n\\s*${name[0]}(?:\\s${name.slice(1).join('\\s')})?[.!]?\\s*$`, 'iu') : /(?!)/
}

const straight = (text: string) => text.replace(/[‘’]/g, '\'')

/** Reads a request; where it only introduces what it quotes, "Got this from the landlord:", "this should be a mission of its own", what stands in the quote. */
export function splitRequest(text: string, reading: Reading): Split {
  const split = splitWhole(text, reading)
  const unquoted = text.replace(/^[ \t]*>[ \t]?/gm, '')
  const above = text.slice(0, text.search(/^[ \t]*>/m)).trim()
  if (split.pieces.length > 0 || unquoted === text || above === '' || !/:$/.test(above) && above.length > 60) return split
  const within = splitWhole(unquoted.split('\n').filter((line) => !text.split('\n').includes(line) || line.trim() === '').join('\n'), reading)
  return within.pieces.length > 0 ? within : split
}

function splitWhole(text: string, reading: Reading): Split {
  const { words } = reading
  const plain = withoutSignature(straight(text).replace(/\r\n?/g, '\n'))
    .replace(agendaItem, (whole, number: string, at: number, all: string) => isAgendaTitle.test(all.slice(at + whole.length)) ? '# ' : `${number}. `).replace(signedBy(reading), '')
  // Of a talk each turn is a line of its own.
  const body = reading.isTalk ? plain.replace(/^(?=\p{Lu}[\p{L} .'-]{1,30}:\s)/gmu, '- ') : plain
  const startsTask = (line: string) => {
    if (/^\[[^\]]{2,40}\]\s+\S/.test(line)) return true
    const ask = readAsk(line.replace(/^["“]/, ''), reading)
    return ask.kind === 'order' && (beginsWithVerb(line, words) || ask.who !== null || ask.task !== line) && sentencesOf(line).length <= 2
  }
  const blocks = readBlocks(body, startsTask, (line) => isNamedOnly(line, reading))
  const gathered = gather(blocks)
  const [to, ...others] = findActors(/^(?:to|an|à|para):\s*(.+)$/im.exec(text)?.[1] ?? '', reading)
  if (to && !others.length && !to.ids.includes(reading.request.by)) gathered.mailTo = asWho(to)

  /** What of a paragraph was read with what it answers. */
  let answered = ''
  for (const [n, block] of blocks.entries()) {
    const next = blocks[n + 1]
    if (block.kind === 'heading') {
      const heading = withoutGreeting(block.text)
      gathered.introduction = null
      if (isNoise(heading)) continue
      gathered.section = sectionOf(heading)
      if (gathered.section !== 'topic' && gathered.section !== 'tasks') gathered.isNotes ||= gathered.section !== 'good' && gathered.section !== 'questions'
      const isDated = gathered.section === 'tasks' && findDays(heading, reading.today, words).length > 0
      if (gathered.section === 'topic' || isDated) gathered.titles = [...gathered.titles.filter(({ level }) => level < block.level), { text: heading, level: block.level }]
      const ask = readAsk(heading, reading)
      // "The import fails with this:", above what it says.
      if (ask.kind === 'trouble' && next?.kind === 'code') {
        gathered.titles = gathered.titles.filter(({ text }) => text !== heading)
        gathered.background.push(heading)
        continue
      }
      // A title that says what to do, above a text that says more about it.
      gathered.isNotes ||= meeting.test(heading) || /(?<!\p{L})(?:notes|notizen|notas)(?!\p{L})/iu.test(heading)
      const isTask = gathered.section === 'topic' && ask.kind === 'order' && !isNounTitle(heading, reading) && !meeting.test(heading) && next !== undefined && next.kind !== 'heading' && !isGroup(heading, reading) && (next.kind !== 'list' || listsParts(`${heading}:`, ask, next.items, reading))
        && (next.kind !== 'paragraph' || !sentencesOf(next.text).some((sentence) => readAsk(sentence, reading).kind === 'order' && !words.goesOn.test(sentence)))
      if (isTask) {
        gathered.titles = gathered.titles.slice(0, -1)
        add(gathered, { lead: heading, ask })
      }
      continue
    }
    if (block.kind === 'paragraph') {
      if (gathered.section === 'people') continue
      const last = gathered.pieces.at(-1)
      const underTask = blocks[n - 1]?.kind === 'heading' && last?.lead === (blocks[n - 1] as { text: string }).text
      if (underTask && last) last.details.push(...sentencesOf(block.text).filter((sentence) => !isNoise(sentence)))
      else {
        if (next?.kind !== 'list' && next?.kind !== 'table') gathered.introduction = null
        const before = gathered.pieces.length
        readParagraph(block.text.slice(answered.length), next, gathered, reading)
        answered = ''
        const first = gathered.pieces[before]
        if (first && gathered.background.length > 0 && !gathered.isNotes) {
          const wrong = first.ask.kind === 'order' && mendsIt(first.ask.task) ? gathered.background.findIndex((told) => readAsk(told, reading).kind === 'trouble') : -1
          // "The import fails with this: … Can someone fix it?": what is to be fixed leads.
          if (wrong >= 0) Object.assign(first, { lead: gathered.background[wrong], details: [...gathered.background.slice(wrong + 1), first.lead, ...first.details], ask: { ...first.ask, kind: 'trouble', task: gathered.background[wrong]?.replace(/(?: with this| like this| as follows)?:?\s*$/, '') } })
          first.before.unshift(...wrong >= 0 ? gathered.background.slice(0, wrong) : gathered.background)
          gathered.background = []
        }
      }
      continue
    }
    if (block.kind === 'list') {
      const last = gathered.pieces.at(-1)
      const before = blocks[n - 1]
      if (gathered.section === 'good' && last) {
        last.good.push(...block.items.map(({ text: item }) => item))
        continue
      }
      if (gathered.section === 'people') continue
      // "1. Trailer", above what was said of it
      const [point] = block.items
      if (gathered.isNotes && block.numbered && block.items.length === 1 && point && point.items.length === 0 && next?.kind === 'paragraph' && point.text.length <= 40 && isNamedOnly(point.text, reading) && readAsk(point.text, reading).kind === 'none') {
        gathered.introduction = point.text
        continue
      }
      // The list that belongs to the task right above it.
      const isPart = last !== undefined && gathered.introduction === null && (
        (before?.kind === 'paragraph' && /:\s*$/.test(before.text.trim()) && sentencesOf(before.text).at(-1)?.includes(last.lead.replace(/[:.\s]+$/, '').slice(-20)))
        || (before?.kind === 'heading' && before.text === last.lead))
      if (isPart) {
        const isGood = /\b(?:must|should|includ|contain|cover|have)\w*[^:]*:?\s*$/i.test(last.lead)
        const { good, rest } = splitGood(block.items, reading)
        if (isGood) last.good.push(...block.items.map(({ text: item }) => item))
        else {
          last.good.push(...good)
          last.details.push(...rest)
        }
        continue
      }
      if (gathered.section === 'questions') {
        for (const item of block.items) if (!isNoise(item.text)) add(gathered, { lead: firstLine(item.text), ask: readQuestion(firstLine(item.text), reading), details: splitGood(item.items, reading).rest, mark: item.mark.replace(/[().[\]]/g, '') })
        continue
      }
      readTasks(block.items, gathered.introduction ?? gathered.titles.at(-1)?.text ?? null, gathered, reading)
      gathered.introduction = null
      continue
    }
    if (block.kind === 'table') {
      for (const row of readRows(block, reading)) {
        if (typeof row === 'string') gathered.leftOut.push({ text: row, why: 'done' })
        else add(gathered, row)
      }
      gathered.introduction = null
      continue
    }
    if (block.kind === 'quote' && next?.kind === 'paragraph') {
      answered = answerTo(block.text, next.text, gathered, reading)
      if (answered !== '') continue
    }
    const last = gathered.pieces.at(-1)
    const asText = block.kind === 'quote' ? block.text.split('\n').map((line) => `> ${line}`).join('\n') : block.text
    if (last) last.details.push(asText)
    else gathered.background.push(asText)
  }
  return settle(gathered, reading)
}

/** "> Please send the invoice" and "Done", or "I'll do that on Friday": what was asked for is somebody's, or over. The words of the answer that say so; '' where none do. */
function answerTo(quoted: string, said: string, gathered: Gathered, reading: Reading): string {
  const [answer = ''] = sentencesOf(said)
  const from = said.indexOf(answer)
  const read = from < 0 ? '' : said.slice(0, from + answer.length)
  const sentences = sentencesOf(quoted).map(withoutGreeting).filter((sentence) => !isNoise(sentence))
  const asked = sentences.findLast((sentence) => ['order', 'want', 'decide'].includes(readAsk(sentence, reading).kind))
  if (asked === undefined) return isBareAnswer(answer) ? read : ''
  if (isDone(answer)) {
    gathered.leftOut.push({ text: asked, why: 'done' })
    return read
  }
  // "Yes please, …" may stand by itself.
  const [, before = ''] = /^((?:yes|sure|ok(?:ay)?|ja|oui|sí)[^.!?]{0,12}[.!]\s+)/i.exec(said) ?? []
  const takes = sentencesOf(said.slice(before.length))[0] ?? answer
  const taken = takenBy(takes, reading)
  if (!taken) return ''
  const ask = readAsk(asked, reading)
  add(gathered, { lead: takes, ask: { ...ask, kind: ask.kind === 'want' ? 'want' : 'order', task: `${ask.task.replace(/[.!?\s]+$/, '')}${taken.rest}`, who: taken.who }, before: [`> ${asked}`] })
  return before + said.slice(before.length, said.indexOf(takes, before.length) + takes.length)
}

/** Whether what is wrong is told at length, in a passage of its own, above what somebody is asked to do. */
function isWhy({ lead, ask, passage }: Piece, next: Piece, pieces: readonly Piece[], reading: Reading): boolean {
  const isAlone = passage !== null && pieces.filter((other) => other.passage === passage).length === 1
  return ask.kind === 'trouble' && ask.who === null && isAlone && next.passage !== null && next.ask.kind === 'order' && sentencesOf(passage).some((sentence) => sentence !== lead && isStatement(sentence, reading))
}

/** What was told and asked for nothing: with the one piece that there is, or left out, and said so. What must not be done stands with what it is about. */
function settle({ pieces, leftOut, background, isNotes }: Gathered, reading: Reading): Split {
  // "Can somebody deal with this?", above the mail that was passed on: what that asks for is the work.
  const [above, below] = pieces
  if (above && below && above.passage !== below.passage && above.before.every((told) => /,$/.test(told)) && above.details.length === 0 && mendsIt(above.ask.task)) {
    pieces.shift()
    for (const piece of pieces) piece.ask = { ...piece.ask, who: piece.ask.who ?? above.ask.who }
  }
  // "The fridge went up to 11 degrees. … it looks like the sensor is broken." Below: "Ann, please order a sensor": why it is asked for.
  for (let n = pieces.length - 1; n >= 0; n -= 1) {
    const [piece, next] = [pieces[n], pieces[n + 1]]
    if (!piece || !next || !isWhy(piece, next, pieces, reading)) continue
    next.before.unshift(...piece.before, piece.lead, ...piece.details)
    pieces.splice(n, 1)
  }
  const [only] = pieces
  const told: LeftOut[] = background.map((text) => ({ text, why: readAsk(text, reading).kind === 'forbid' ? 'forbids' : /\?\s*$/.test(text) ? 'asks' : 'tells' }))
  if (only && pieces.length === 1 && only.passage !== null) {
    only.details.push(...background)
    return { pieces, leftOut: leftOut.filter((left) => left.why !== 'forbids' || only.details.push(left.text) === 0), isNotes }
  }
  const kept = [...leftOut, ...told].filter(({ text, why }) => {
    const near = why === 'forbids' ? nearest(text, pieces.map(({ lead, details }) => [lead, ...details].join('\n'))) : null
    if (near !== null) pieces[near]?.details.push(text)
    return near === null
  })
  return { pieces, leftOut: kept, isNotes }
}
