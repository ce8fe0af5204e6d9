import { beginsWithVerb, readAsk, type Ask, type Who } from './asks.ts'
import type { Item } from './blocks.ts'
import { add, type Gathered } from './gathered.ts'
import { findActors, findProjects } from './names.ts'
import { splitGood } from './parts.ts'
import { firstLine } from './piece.ts'
import type { Reading } from './reading.ts'
import { nearlyAll } from './rows.ts'
import { sectionOf, tells } from './sections.ts'
import { isNoise, sentencesOf } from './sentences.ts'
import { asksAtTheEnd } from './split-tasks.ts'
import { askInMinutes, baseOf } from './third-person.ts'
import { tokensOf } from './tokens.ts'

/** A label that names somebody, or a project: for whom or what all below it is. */
export const isGroup = (heading: string, reading: Reading) => {
  const label = heading.replace(/[:*]+$/, '')
  return nearlyAll(label, findActors(label, reading)) || nearlyAll(label, findProjects(label, reading.request.projects, true))
}

export function readTasks(items: readonly Item[], intro: string | null, gathered: Gathered, reading: Reading) {
  const isOrdered = intro !== null && /\b(?:in (?:this|that|the following) order|step by step|one after the other|steps?|sequence|der reihe nach|in dieser reihenfolge|dans cet ordre|en este orden|por este orden)\b/i.test(intro)
  for (const [n, item] of items.entries()) readItem(item, items, isOrdered && n > 0, gathered, reading)
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
  const label = item.text.replace(/:$/, '')
  const told = /^(\p{L}[\p{L} ]{2,28}):\s+(\S.*)$/u.exec(firstLine(item.text))
  const tasks = item.items.filter(({ text: child }) => askOf(firstLine(child), gathered, reading).kind === 'order').length
  const areTasks = item.items.length > 1 && tasks >= item.items.length / 2
  const isTopic = areTasks && tokensOf(label).length <= 3 && readAsk(label, reading).kind === 'none'
  if (nextTime.test(item.text) && item.items.length === 0) {
    gathered.leftOut.push({ text: item.text, why: 'tells' })
    return
  }
  // "Budget: 12k", "Next meeting: 10 December": a fact with its name.
  if (told && ['notes', 'people', 'decisions'].includes(sectionOf(told[1] ?? '')) && !['order', 'want'].includes(readAsk(told[2] ?? '', reading).kind)) {
    gathered.leftOut.push({ text: item.text, why: 'tells' })
    return
  }
  if (item.items.length > 0 && (isTopic || isGroup(label, reading) || (/:$/.test(item.text) && !beginsWithVerb(item.text, words) && item.items.filter(({ text: child }) => readAsk(child, reading).kind === 'order').length > item.items.length / 2))) {
    const kept = gathered.introduction
    gathered.introduction = label
    for (const child of item.items) readItem(child, item.items, isOrdered, gathered, reading)
    gathered.introduction = kept
    return
  }
  const sentences = item.text.split('\n').flatMap((line) => sentencesOf(line)).filter((sentence) => !isNoise(sentence))
  if (sentences.length === 0) return
  const speaker = reading.isTalk ? speakerOf(item.text, reading) : null
  // A turn of a talk may ask for several things.
  const own = sentences.flatMap((sentence, n) => (readAsk(sentence, reading).kind === 'order' && !words.goesOn.test(sentence) ? [n] : []))
  if (speaker && own.length > 1) {
    const name = /^[^:]+:\s/.exec(item.text)?.[0] ?? ''
    for (const [n, from] of own.entries()) {
      const text = sentences.slice(n === 0 ? 0 : from, own[n + 1] ?? sentences.length).join(' ')
      readItem({ ...item, text: text.startsWith(name.trim()) ? text : `${name}${text}`, items: n === 0 ? item.items : [] }, siblings, isOrdered, gathered, reading)
    }
    return
  }
  const asks = sentences.map((sentence): Ask => {
    const said = askOf(sentence, gathered, reading)
    const ask = said.kind === 'none' ? readAsk(asksAtTheEnd(sentence, reading)?.ask ?? sentence, reading) : said
    // "I" is whoever speaks, not whoever pasted the talk.
    return speaker && ask.who?.kind === 'asker' ? { ...ask, who: speaker } : ask
  })
  const strong = asks.findIndex(({ kind }) => kind === 'order' || kind === 'decide')
  const best = strong >= 0 ? strong : asks.findIndex(({ kind }) => kind === 'want' || kind === 'trouble')
  const at = Math.max(0, best >= 0 || !reading.isTalk ? best : asks.findIndex(({ kind }) => kind === 'question'))
  const lead = sentences[at] ?? ''
  const ask = asks[at] ?? { kind: 'none', task: lead, who: null }
  if (speaker && takesOn(ask, speaker, gathered, reading, item.text)) return
  const others = siblings.some((other) => other !== item && ['order', 'decide'].includes(readAsk(firstLine(other.text), reading).kind))
  const isTold = ask.kind === 'none' && (tells.test(item.text) || sentences.some((sentence, k) => /[.!]$/.test(sentence) && k > 0 && isWholeSentence(sentence)))
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
  const details = sentences.slice(at + 1)
  const { good, rest } = splitGood(item.items, reading)
  add(gathered, { lead, ask, before: sentences.slice(0, at), details: [...details, ...rest], good, mark: item.mark.replace(/[().[\]]/g, ''), isNext: isOrdered && gathered.pieces.length > 0 })
}

const nextTime = /^(?:the )?(?:next|nächste[rs]?|prochaine?|próxim[ao]) (?:meeting|call|sync|retro|weekly|stand-?up|treffen|besprechung|termin|réunion|reunión)(?!\p{L})/iu

/** What a line of a list asks for. Among tasks, and in the list of a meeting, what somebody does is theirs to do. */
function askOf(line: string, { section, isNotes }: Gathered, reading: Reading): Ask {
  if (section === 'tasks') return askInMinutes(line, reading)
  if (section !== 'topic') return readAsk(line, reading)
  const label = isNotes ? /^\p{L}[\p{L} ]{2,28}:\s+/u.exec(line)?.[0] ?? '' : ''
  const does = label === '' ? null : askInMinutes(line.slice(label.length), reading, false)
  return does && does.kind === 'order' && does.who !== null ? does : askInMinutes(line, reading, false)
}

/** Who says a line of a talk. */
function speakerOf(line: string, reading: Reading): Who | null {
  const name = /^(\p{Lu}[\p{L} .'-]{1,30}):\s/u.exec(line)?.[1]
  if (name === undefined) return null
  const [mention] = findActors(name, reading)
  return mention ? { kind: 'actors', ids: mention.ids, said: mention.text, sure: mention.sure, both: false } : { kind: 'unknown', name }
}

/** "Who orders the tree?" "I can do it on Monday": what was asked for is taken on. */
function takesOn(ask: Ask, speaker: Who, gathered: Gathered, reading: Reading, text: string): boolean {
  const does = /^(?:do|take|handle) (?:it|that|this)\b/i.exec(ask.task)
  if (ask.kind !== 'order' || !does || ask.who === null || JSON.stringify(ask.who) !== JSON.stringify(speaker) && ask.who.kind !== 'asker') return false
  const last = gathered.leftOut.at(-1)
  const [, verb = '', what = ''] = /\bwho (?:can |could |will |wants to )?(\p{L}+) (.+?)\?/iu.exec(last?.why === 'asks' ? last.text : '') ?? []
  const base = { goes: 'go', does: 'do', has: 'have' }[verb.toLowerCase()] ?? baseOf(verb, reading.words) ?? verb
  if (last && what !== '' && (base !== verb || beginsWithVerb(base, reading.words))) {
    gathered.leftOut.pop()
    const task = `${base} ${what}${ask.task.slice(does[0].length)}`
    add(gathered, { lead: text, ask: { kind: 'order', task, who: speaker }, before: [`> ${last.text}`] })
    return true
  }
  const asked = gathered.pieces.at(-1)
  if (!asked || asked.ask.who !== null || asked.ask.kind !== 'order') return false
  asked.ask = { ...asked.ask, who: speaker }
  asked.details.push(text)
  return true
}

const isWholeSentence = (text: string) => /\b(?:is|are|was|were|has|have|will|got|went)\b/i.test(text)

/** Of a list of questions. */
export function readQuestion(text: string, reading: Reading): Ask {
  const ask = readAsk(text, reading)
  return ask.kind === 'none' ? { ...ask, kind: 'question' } : ask
}
