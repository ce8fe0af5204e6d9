import { contentOf } from './alike.ts'
import { asksAtTheEnd, beginsWithVerb, prefixOf, readAsk, splitTasks, type Ask } from './asks.ts'
import { readBlocks, type Block, type Item } from './blocks.ts'
import { isNamedOnly, jottedUnder } from './jotted.ts'
import { findActors, findProjects } from './names.ts'
import type { LeftOut, Piece, Split } from './piece.ts'
import type { Reading } from './reading.ts'
import { nearlyAll, readRows } from './rows.ts'
import { announces, contains, isNounTitle, meeting, sectionOf, tells, type Section } from './sections.ts'
import { isNoise, sentencesOf, withoutGreeting, withoutSignature } from './sentences.ts'
import { tokensOf } from './tokens.ts'

const straight = (text: string) => text.replace(/[‘’]/g, '\'')

export function splitRequest(text: string, reading: Reading): Split {
  const { words, request } = reading
  const plain = withoutSignature(straight(text).replace(/\r\n?/g, '\n'))
  // Of a talk each turn is a line of its own.
  const body = reading.isTalk ? plain.replace(/^(?=\p{Lu}[\p{L} .'-]{1,30}:\s)/gmu, '- ') : plain
  const startsTask = (line: string) => {
    if (/^\[[^\]]{2,40}\]\s+\S/.test(line)) return true
    const ask = readAsk(line.replace(/^["“]/, ''), reading)
    return ask.kind === 'order' && (beginsWithVerb(line, words) || ask.who !== null || ask.task !== line) && sentencesOf(line).length <= 2
  }
  const blocks = readBlocks(body, startsTask, (line) => isNamedOnly(line, reading))
  const pieces: Piece[] = []
  const leftOut: LeftOut[] = []
  let section: Section = 'topic'
  let isNotes = blocks.some((block) => block.kind === 'heading' && ['people', 'decisions', 'notes'].includes(sectionOf(block.text)))
  /** The titles above, the outermost first: one takes the place of those that are as deep, or deeper. */
  let titles: { text: string; level: number }[] = []
  let introduction: string | null = null
  /** Told before anything was asked for. */
  let background: string[] = []

  const add = (piece: Partial<Piece> & Pick<Piece, 'lead' | 'ask'>) => {
    const under = [...titles.map(({ text: above }) => above), ...introduction === null ? [] : [introduction]]
    pieces.push({ before: [], details: [], good: [], under, passage: null, cells: {}, scope: '', mark: '', isNext: false, ...piece })
  }
  const isGroup = (heading: string) => {
    const label = heading.replace(/[:*]+$/, '')
    return nearlyAll(label, findActors(label, reading)) || nearlyAll(label, findProjects(label, request.projects, true))
  }

  function readParagraph(paragraph: string, next: Block | undefined) {
    const sentences = sentencesOf(paragraph).map(withoutGreeting).filter((sentence) => {
      if (isNoise(sentence)) return false
      return sentence !== ''
    })
    const from = pieces.length
    // "Quote from the printer. Badges. Seating plan.": each is named, and nothing is said of any.
    if (sentences.length >= 3 && (section === 'tasks' || section === 'topic' && !isNotes) && sentences.every((sentence) => isNamedOnly(sentence, reading))) {
      for (const sentence of sentences) add({ lead: sentence, ask: readAsk(sentence, reading), passage: paragraph })
      return
    }
    let pending: string[] = []
    for (const [n, sentence] of sentences.entries()) {
      const isLast = n === sentences.length - 1
      // What announces a list is no task of its own, unless the list says what is in it.
      if (isLast && (next?.kind === 'list' || next?.kind === 'table') && (/:\s*$/.test(sentence) || announces.test(sentence))) {
        const ask = readAsk(sentence.replace(/:\s*$/, ''), reading)
        const isTask = (ask.kind === 'order' || ask.kind === 'want') && next.kind === 'list' && listsParts(sentence, ask, next.items)
        if (!isTask) {
          introduction = sentence.replace(/[:\s]+$/, '')
          if (pending.length > 0) background.push(...pending)
          pending = []
          continue
        }
      }
      const jotted = jottedUnder(sentence, reading)
      if (jotted) {
        const kept = introduction
        introduction = jotted.label
        for (const part of jotted.parts) add({ lead: part, ask: readAsk(part, reading), passage: paragraph })
        introduction = kept
        continue
      }
      const label = /^([\p{L} ]{3,30}):\s+(?=\S)/u.exec(sentence)
      const own = label ? sectionOf(label[1] ?? '') : 'topic'
      if (label && (own === 'decisions' || own === 'people' || own === 'notes')) {
        leftOut.push({ text: sentence, why: 'tells' })
        isNotes = true
        continue
      }
      if (label && own === 'good' && pieces.length > 0) {
        pieces.at(-1)?.good.push(sentence.slice(label[0].length))
        continue
      }
      const current = pieces.length > from ? pieces.at(-1) : undefined
      const scope = prefixOf(sentence, reading)
      const wrong = asksAtTheEnd(sentence, reading)
      if (wrong?.isTrouble) {
        add({ lead: wrong.before, ask: { ...readAsk(wrong.ask, reading), kind: 'trouble', task: wrong.before }, before: pending, details: [wrong.ask], passage: paragraph, scope })
        pending = []
        continue
      }
      for (const [part, task] of splitTasks(sentence, reading).entries()) {
        const own = readAsk(task, reading)
        // What was split off is a task, whatever its own words are.
        const ask: Ask = part > 0 && own.kind !== 'want' && own.kind !== 'decide' ? { ...own, kind: 'order', task: own.task.replace(/\?+$/, '') } : own
        const now = pieces.length > from ? pieces.at(-1) : undefined
        const continues = now !== undefined && goesOn(task, ask, now, reading)
        if (ask.kind === 'order' || ask.kind === 'want' || ask.kind === 'decide') {
          if (continues && now) now.details.push(task)
          else {
            const trouble = pending.at(-1)
            // "The printer is broken. Please get it fixed": what "it" is stands before.
            const about = now === undefined && trouble !== undefined && words.refers.test(ask.task) && readAsk(trouble, reading).kind === 'trouble'
            add({ lead: about && trouble ? trouble : task, ask: about && trouble ? { ...ask, kind: 'trouble', task: trouble } : ask, before: about ? pending.slice(0, -1) : [...pending], details: about ? [task] : [], passage: paragraph, scope })
            pending = []
          }
        } else if (now && now === current && !(now.ask.kind === 'trouble' && ask.kind === 'trouble')) now.details.push(task)
        else if (ask.kind === 'trouble' && !nextRefers(sentences, n, reading)) {
          add({ lead: task, ask, before: [...pending], passage: paragraph, scope })
          pending = []
        } else pending.push(task)
      }
    }
    if (pending.length === 0) return
    if (isNotes && section !== 'topic') leftOut.push(...pending.map((sentence): LeftOut => ({ text: sentence, why: /\?$/.test(sentence) ? 'asks' : 'tells' })))
    else if (pieces.length > from) pieces.at(-1)?.details.push(...pending)
    else background.push(...pending)
  }

  /** A request whose list says what is in the one thing that it asks for: "a plan that covers: …". */
  function listsParts(sentence: string, ask: Ask, items: readonly Item[]): boolean {
    const tasks = items.filter(({ text: item }) => {
      const own = readAsk(firstLine(item), reading)
      return own.kind === 'order' || own.kind === 'trouble'
    }).length
    if (contains.test(sentence.replace(/:\s*$/, '')) && !/\b(?:following|these) (?:things|tasks|points|items)\b/i.test(sentence)) return tasks < items.length || ask.kind === 'want' || contains.test(sentence)
    if (announces.test(sentence)) return false
    return tasks < items.length * 0.4 && tokensOf(ask.task).length >= 2
  }

  function readItem(item: Item, siblings: readonly Item[], isOrdered: boolean) {
    if (item.done === true) {
      leftOut.push({ text: firstLine(item.text), why: 'done' })
      return
    }
    const label = item.text.replace(/:$/, '')
    const areTasks = item.items.length > 1 && item.items.every(({ text: child }) => readAsk(firstLine(child), reading).kind === 'order')
    const isTopic = areTasks && tokensOf(label).length <= 3 && readAsk(label, reading).kind === 'none'
    if (item.items.length > 0 && (isTopic || isGroup(label) || (/:$/.test(item.text) && !beginsWithVerb(item.text, words) && item.items.filter(({ text: child }) => readAsk(child, reading).kind === 'order').length > item.items.length / 2))) {
      const kept = introduction
      introduction = label
      for (const child of item.items) readItem(child, item.items, isOrdered)
      introduction = kept
      return
    }
    const sentences = item.text.split('\n').flatMap((line) => sentencesOf(line)).filter((sentence) => !isNoise(sentence))
    if (sentences.length === 0) return
    const asks = sentences.map((sentence) => readAsk(sentence, reading))
    const strong = asks.findIndex(({ kind }) => kind === 'order' || kind === 'decide')
    const best = strong >= 0 ? strong : asks.findIndex(({ kind }) => kind === 'want' || kind === 'trouble')
    const at = Math.max(0, best)
    const lead = sentences[at] ?? ''
    const ask = asks[at] ?? { kind: 'none', task: lead, who: null }
    const others = siblings.some((other) => other !== item && ['order', 'decide'].includes(readAsk(firstLine(other.text), reading).kind))
    const told = ask.kind === 'none' && (tells.test(item.text) || sentences.some((sentence, k) => /[.!]$/.test(sentence) && k > 0 && isWholeSentence(sentence)))
    if ((ask.kind === 'none' || ask.kind === 'trouble') && (section === 'decisions' || section === 'people' || section === 'notes')) {
      leftOut.push({ text: item.text, why: 'tells' })
      return
    }
    if (told && (others || isNotes || introduction !== null)) {
      leftOut.push({ text: item.text, why: 'tells' })
      return
    }
    if (reading.isTalk && (ask.kind === 'none' || ask.kind === 'question')) {
      leftOut.push({ text: item.text, why: ask.kind === 'question' ? 'asks' : 'tells' })
      return
    }
    if (ask.kind === 'question' && section === 'notes') {
      leftOut.push({ text: item.text, why: 'asks' })
      return
    }
    const details = sentences.slice(at + 1)
    const { good, rest } = splitGood(item.items, reading)
    add({ lead, ask, before: sentences.slice(0, at), details: [...details, ...rest], good, mark: item.mark.replace(/[().[\]]/g, ''), isNext: isOrdered && pieces.length > 0 })
  }

  function readTasks(items: readonly Item[], intro: string | null) {
    const isOrdered = intro !== null && /\b(?:in (?:this|that|the following) order|step by step|one after the other|steps?|sequence|der reihe nach|in dieser reihenfolge|dans cet ordre|en este orden|por este orden)\b/i.test(intro)
    for (const [n, item] of items.entries()) readItem(item, items, isOrdered && n > 0)
  }

  for (const [n, block] of blocks.entries()) {
    const next = blocks[n + 1]
    if (block.kind === 'heading') {
      const heading = withoutGreeting(block.text)
      introduction = null
      if (isNoise(heading)) continue
      section = sectionOf(heading)
      if (section !== 'topic' && section !== 'tasks') isNotes ||= section !== 'good' && section !== 'questions'
      if (section === 'topic') titles = [...titles.filter(({ level }) => level < block.level), { text: heading, level: block.level }]
      const ask = readAsk(heading, reading)
      // A title that says what to do, above a text that says more about it.
      isNotes ||= meeting.test(heading)
      const isTask = section === 'topic' && ask.kind === 'order' && !isNounTitle(heading, reading) && !meeting.test(heading) && next !== undefined && next.kind !== 'heading' && !isGroup(heading) && (next.kind !== 'list' || listsParts(`${heading}:`, ask, next.items))
        && (next.kind !== 'paragraph' || !sentencesOf(next.text).some((sentence) => readAsk(sentence, reading).kind === 'order' && !words.goesOn.test(sentence)))
      if (isTask) {
        titles = titles.slice(0, -1)
        add({ lead: heading, ask })
      }
      continue
    }
    if (block.kind === 'paragraph') {
      if (section === 'people') continue
      const last = pieces.at(-1)
      const underTask = blocks[n - 1]?.kind === 'heading' && last?.lead === (blocks[n - 1] as { text: string }).text
      if (underTask && last) last.details.push(...sentencesOf(block.text).filter((sentence) => !isNoise(sentence)))
      else {
        if (next?.kind !== 'list' && next?.kind !== 'table') introduction = null
        const before = pieces.length
        readParagraph(block.text, next)
        const first = pieces[before]
        if (first && background.length > 0 && !isNotes) {
          first.before.unshift(...background)
          background = []
        }
      }
      continue
    }
    if (block.kind === 'list') {
      const last = pieces.at(-1)
      const before = blocks[n - 1]
      if (section === 'good' && last) {
        last.good.push(...block.items.map(({ text: item }) => item))
        continue
      }
      if (section === 'people') continue
      // The list that belongs to the task right above it.
      const isPart = last !== undefined && introduction === null && (
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
      if (section === 'questions') {
        for (const item of block.items) if (!isNoise(item.text)) add({ lead: firstLine(item.text), ask: readQuestion(firstLine(item.text), reading), details: splitGood(item.items, reading).rest, mark: item.mark.replace(/[().[\]]/g, '') })
        continue
      }
      readTasks(block.items, introduction ?? titles.at(-1)?.text ?? null)
      introduction = null
      continue
    }
    if (block.kind === 'table') {
      for (const row of readRows(block, reading)) {
        if (typeof row === 'string') leftOut.push({ text: row, why: 'done' })
        else add(row)
      }
      introduction = null
      continue
    }
    const last = pieces.at(-1)
    const asText = block.kind === 'quote' ? block.text.split('\n').map((line) => `> ${line}`).join('\n') : block.text
    if (last) last.details.push(asText)
    else background.push(asText)
  }
  if (background.length > 0) {
    const last = pieces.at(-1)
    if (last && last.passage !== null && pieces.length === 1) last.details.push(...background)
    else leftOut.push(...background.map((sentence): LeftOut => ({ text: sentence, why: /\?\s*$/.test(sentence) ? 'asks' : 'tells' })))
  }
  return { pieces, leftOut }
}

const firstLine = (text: string) => text.split('\n')[0] ?? ''
const isWholeSentence = (text: string) => /\b(?:is|are|was|were|has|have|will|got|went)\b/i.test(text)

function readQuestion(text: string, reading: Reading): Ask {
  const ask = readAsk(text, reading)
  return ask.kind === 'none' ? { ...ask, kind: 'question' } : ask
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

/** Sub-items, as Markdown; those that say what a good result has apart. */
function splitGood(items: readonly Item[], { words }: Reading): { good: string[]; rest: string[] } {
  const good: string[] = []
  const rest: string[] = []
  const write = (list: readonly Item[], depth: number): string[] => list.flatMap((item) =>
    [`${'  '.repeat(depth)}- ${item.done === null ? '' : item.done ? '[x] ' : '[ ] '}${item.text.replaceAll('\n', ' ')}`, ...write(item.items, depth + 1)])
  const lines: string[] = []
  for (const item of items) {
    if (words.good.test(item.text) && item.items.length === 0) good.push(item.text)
    else lines.push(...write([item], 0))
  }
  if (lines.length > 0) rest.push(lines.join('\n'))
  return { good, rest }
}
