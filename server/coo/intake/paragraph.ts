import { contentOf } from './alike.ts'
import { asksAtTheEnd, prefixOf, readAsk, splitTasks, type Ask } from './asks.ts'
import type { Block } from './blocks.ts'
import { add, type Gathered } from './gathered.ts'
import { isNamedOnly, jottedUnder } from './jotted.ts'
import { listsParts } from './parts.ts'
import type { LeftOut, Piece } from './piece.ts'
import type { Reading } from './reading.ts'
import { announces, sectionOf } from './sections.ts'
import { isNoise, sentencesOf, withoutGreeting } from './sentences.ts'

/** `next`: what stands below it. */
export function readParagraph(paragraph: string, next: Block | undefined, gathered: Gathered, reading: Reading) {
  const { words } = reading
  const sentences = sentencesOf(paragraph).map(withoutGreeting).filter((sentence) => {
    if (isNoise(sentence)) return false
    return sentence !== ''
  })
  const from = gathered.pieces.length
  // "Quote from the printer. Badges. Seating plan.": each is named, and nothing is said of any.
  if (sentences.length >= 3 && (gathered.section === 'tasks' || gathered.section === 'topic' && !gathered.isNotes) && sentences.every((sentence) => isNamedOnly(sentence, reading))) {
    for (const sentence of sentences) add(gathered, { lead: sentence, ask: readAsk(sentence, reading), passage: paragraph })
    return
  }
  let pending: string[] = []
  for (const [n, sentence] of sentences.entries()) {
    const isLast = n === sentences.length - 1
    // What announces a list is no task of its own, unless the list says what is in it.
    if (isLast && (next?.kind === 'list' || next?.kind === 'table') && (/:\s*$/.test(sentence) || announces.test(sentence))) {
      const ask = readAsk(sentence.replace(/:\s*$/, ''), reading)
      const isTask = (ask.kind === 'order' || ask.kind === 'want') && next.kind === 'list' && listsParts(sentence, ask, next.items, reading)
      if (!isTask) {
        gathered.introduction = sentence.replace(/[:\s]+$/, '')
        if (pending.length > 0) gathered.background.push(...pending)
        pending = []
        continue
      }
    }
    const jotted = jottedUnder(sentence, reading)
    if (jotted) {
      const kept = gathered.introduction
      gathered.introduction = jotted.label
      for (const part of jotted.parts) add(gathered, { lead: part, ask: readAsk(part, reading), passage: paragraph })
      gathered.introduction = kept
      continue
    }
    const label = /^([\p{L} ]{3,30}):\s+(?=\S)/u.exec(sentence)
    const own = label ? sectionOf(label[1] ?? '') : 'topic'
    if (label && (own === 'decisions' || own === 'people' || own === 'notes')) {
      gathered.leftOut.push({ text: sentence, why: 'tells' })
      gathered.isNotes = true
      continue
    }
    if (label && own === 'good' && gathered.pieces.length > 0) {
      gathered.pieces.at(-1)?.good.push(sentence.slice(label[0].length))
      continue
    }
    const current = gathered.pieces.length > from ? gathered.pieces.at(-1) : undefined
    const scope = prefixOf(sentence, reading)
    const wrong = asksAtTheEnd(sentence, reading)
    if (wrong?.isTrouble) {
      add(gathered, { lead: wrong.before, ask: { ...readAsk(wrong.ask, reading), kind: 'trouble', task: wrong.before }, before: pending, details: [wrong.ask], passage: paragraph, scope })
      pending = []
      continue
    }
    for (const [part, task] of splitTasks(sentence, reading).entries()) {
      const own = readAsk(task, reading)
      // What was split off is a task, whatever its own words are.
      const ask: Ask = part > 0 && own.kind !== 'want' && own.kind !== 'decide' ? { ...own, kind: 'order', task: own.task.replace(/\?+$/, '') } : own
      const now = gathered.pieces.length > from ? gathered.pieces.at(-1) : undefined
      const continues = now !== undefined && goesOn(task, ask, now, reading)
      if (ask.kind === 'order' || ask.kind === 'want' || ask.kind === 'decide') {
        if (continues && now) now.details.push(task)
        else {
          const trouble = pending.at(-1)
          // "The printer is broken. Please get it fixed": what "it" is stands before.
          const about = now === undefined && trouble !== undefined && words.refers.test(ask.task) && readAsk(trouble, reading).kind === 'trouble'
          add(gathered, { lead: about && trouble ? trouble : task, ask: about && trouble ? { ...ask, kind: 'trouble', task: trouble } : ask, before: about ? pending.slice(0, -1) : [...pending], details: about ? [task] : [], passage: paragraph, scope })
          pending = []
        }
      } else if (now && now === current && !(now.ask.kind === 'trouble' && ask.kind === 'trouble')) now.details.push(task)
      else if (ask.kind === 'trouble' && !nextRefers(sentences, n, reading)) {
        add(gathered, { lead: task, ask, before: [...pending], passage: paragraph, scope })
        pending = []
      } else pending.push(task)
    }
  }
  if (pending.length === 0) return
  if (gathered.isNotes && gathered.section !== 'topic') gathered.leftOut.push(...pending.map((sentence): LeftOut => ({ text: sentence, why: /\?$/.test(sentence) ? 'asks' : 'tells' })))
  else if (gathered.pieces.length > from) gathered.pieces.at(-1)?.details.push(...pending)
  else gathered.background.push(...pending)
}

/** Whether the sentence after this one says what to do about it. */
function nextRefers(sentences: readonly string[], at: number, reading: Reading): boolean {
  const next = sentences[at + 1]
  if (next === undefined) return false
  const ask = readAsk(next, reading)
  const about = new Set(contentOf(sentences[at] ?? ''))
  return ask.kind === 'order' && (reading.words.refers.test(next) || contentOf(next).some((word) => about.has(word)))
}

/** Whether a task is only more about the one before it. */
function goesOn(task: string, ask: Ask, before: Piece, { words }: Reading): boolean {
  const changesHands = ask.who !== null && ask.who.kind !== 'asker' && JSON.stringify(ask.who) !== JSON.stringify(before.ask.who)
  if (changesHands || words.then.test(task) || words.first.test(task)) return false
  return words.goesOn.test(task) || words.good.test(task) || words.goesOn.test(ask.task) || words.refers.test(ask.task)
}
