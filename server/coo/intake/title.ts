import { beginsWithVerb, type Ask } from './asks.ts'
import type { Day } from './days.ts'
import { deedAgainst, deedOf, toClear, unshouted } from './deed.ts'
import { findDue } from './due.ts'
import { findActors, findProjects } from './names.ts'
import { activeOf } from './passive.ts'
import type { Piece } from './piece.ts'
import type { Reading } from './reading.ts'
import { sentencesOf } from './sentences.ts'
import { givenTo } from './who.ts'

const longest = 96
/** Longer than this a title is cut where nothing is lost by it. */
const comfortable = 76

const cut = (text: string, spans: readonly { at: number; end: number }[]) =>
  [...spans].sort((a, b) => b.at - a.at).reduce((rest, { at, end }) => `${rest.slice(0, at).trimEnd()} ${rest.slice(end).trimStart()}`, text)

/** Cuts what stands elsewhere in the proposal: when, who, how urgent; at the start or the end, never out of the middle. */
function withoutFields(task: string, reading: Reading, today: Day): string {
  let text = task
  for (let turn = 0; turn < 4; turn += 1) {
    const before = text
    const spans = [reading, ...reading.others].flatMap(({ words }) => findDue(text, today, words).cuts)
    const given = givenTo(text, reading)
    if (given) spans.push(given)
    for (const { at, end } of findProjects(text, reading.request.projects)) {
      const cue = /[,;(–-]\s*(?:project:?\s+)?$/i.exec(text.slice(0, at))
      if (cue) spans.push({ at: cue.index, end })
    }
    const edge = spans.filter(({ at, end }) => !/\b(?:to|from|of|with|than|between|since|the|a|is|are|closed|open)\s*$/i.test(text.slice(0, at)) && (at < 2 || reading.words.code === 'de' && /^\s+\p{Ll}+(?:en|ern|eln)$/u.test(text.slice(end)) || /^\s+(?:on|to|for|with|in|at|from|about|so|and)\b/i.test(text.slice(end)) && !/\b(?:on|in|for|the|of|from|to)\s*$/i.test(text.slice(0, at)) || /^,\s+(?:ideally|preferably|if possible|at best|am besten|möglichst)\b/i.test(text.slice(end)) || /^(?:at the latest|latest|morning|afternoon|evening|noon|spätestens|please|thanks|[\s.,;:!?)\]–—-]|at \d{1,2}(?::\d{2})?\s*(?:am|pm|h|uhr)?|\(?asap\)?)*$/i.test(text.slice(end))))
    text = cut(text, edge)
      .replace(/[\s,;:–—-]*[([]?\b(?:asap|urgent(?:ly)?|please|pls|thanks(?: a lot)?|thank you|thx|high prio(?:rity)?|low prio(?:rity)?|top prio(?:rity)?|no rush|no hurry|not urgent|immediately|right away|as soon as possible|when(?:ever)? (?:there is|there's|you have|we have|you get) (?:some |a |the )?(?:time|chance|moment)|if possible|bitte|dringend|danke|svp|stp|s'il (?:te|vous) pla[iî]t|merci|por favor|gracias|urgente?)\b[)\]]?[\s.,;:!–—-]*$/i, '')
      .replace(/\s(?:please|pls|plz)(?=,\s)/i, '').replace(/,?\s*(?:,\s*(?:das|dies|this|it|that|c'|es) ?(?:ist|is|est|'s)?|,\s*please|\sthen)$/iu, '')
      .replace(/^[([]?\b(?:asap|urgent(?:ly)?|important|high prio(?:rity)?|dringend|wichtig|urgente?)\b[)\]]?\s*[:,–—!-]*\s*/i, '')
      .replace(/\([\s,;]*\)|\[[\s,;]*\]/g, '').replace(/^([^(]*?)[\s,;]*\)$/, '$1').replace(/\s+(?=[,;])/g, '').replace(/\s{2,}/g, ' ').trim()
      .replace(/(?:[\s.,;:!–—-]|\s(?:and|und|et|y)(?=\s*$))+$/, '').replace(/^[\s.,;:!–—-]+/, '')
    if (text === before) break
  }
  return text
}

/** "It was decided to publish weekly, but we did not do it": what "do it" is. */
const decided = /\b(?:decision (?:was|has been) (?:made|taken)|(?:decided|agreed|planned|promised|meant)|(?:plan|idea|goal) (?:is|was))(?:\s*\([^)]*\))?\s+to\s+(\p{Ll}.{6,100}?)(?=\s+(?:but|however|although|though|because|since)\b|[.,;:!?(]|\s*$)/iu
/** "Somebody from the bank will come; ask what she needs": who she is. */
const somebody = /\b((?:someone|somebody) from (?:the|our|my) [\p{L} -]{3,40}?)\s+(?:will|would|is|has|wants|joins|can|comes|called|wrote|asked)\b/iu

/** A title is read by itself: what a word in it stands for takes its place, where the text around says it. */
function byItself(title: string, around: string): string {
  const deed = decided.exec(around)?.[1]
  const person = somebody.exec(around)?.[1]
  return title
    .replace(/\bdo (?:this|that|it)\b/i, (words) => deed ?? words)
    .replace(/\b(?<=(?:whether|if|what|when|where|how) )(?:she|he)\b/i, (word) => person ?? word)
    .replace(/\b(?:if|whether) we (?:need|want|have) to\b/i, 'whether to')
    .replace(/\s+(?:on|along) (?:my|your|our|his|her|their|the) way (?:to|from|home|back|in)\b(?: \p{L}+){0,3}$/iu, '')
    .replace(/,?\s+and if so\b.*$/i, '')
    .replace(/\s+(?:too|as well)$/i, '')
    .replace(/\s{2,}/g, ' ')
}

const upper = (text: string) => text.replace(/^(["“(]*)(\p{Ll})(?![\p{L}]*\p{Lu})/u, (_, before: string, letter: string) => before + letter.toUpperCase())

/** What a long title can do without, the least missed first. */
const spare: readonly RegExp[] = [
  /(?<!\s(?:says?|said|thinks?|thought|hopes?|tells?|told|knows?|means?|meant|shows?|found|noticed|sure))\s(?:that|which|who)\s(?:is|are|was|were|has|have|had|belongs?|comes?|came|stands?|stood|lies?|we|i|you|they|he|she|it)\s.{3,}$/i,
  /(?<=^\p{L}+)\s(?:with|to|at|from)\s(?:the|our|my|all)\s.{3,60}?(?=\s(?:whether|if|how|when|what|why|where|which)\s)/iu,
  /\s(?:(?:starting|beginning|as) )?(?:on|in|at|for|during|within|of|from|with|about|regarding|concerning)\s(?:(?:the|our|my|your|his|her|their|a|an|this|that|all|every)\s)?[\p{L}\p{N}'-]+(?:\s[\p{L}\p{N}'-]+)?$/iu,
]
const least = 36

/** Without what it can spare, at a pause where there is one, else after a whole word. */
function shorten(title: string): string {
  let text = title
  for (const pattern of spare) if (text.length > comfortable && text.replace(pattern, '').length >= least) text = text.replace(pattern, '')
  const bare = text.replace(/\s*\([^)]{25,}\)?\s*$/, '')
  if (bare.length <= longest) return bare.length >= 12 ? bare : text.slice(0, longest)
  const pauses = [...text.matchAll(/\s+[–—-]\s+|;\s|:\s|\.\s|,\s(?:so|because|since|as|which|who|where|but|including|weil|da|car|porque)\s|,\s|\s\(|\s(?:because|so that|since|weil|damit|parce que|porque)\s/gi)]
    .filter(({ index }) => index >= 12 && index <= longest)
  const strong = pauses.findLast(({ 0: said }) => /because|so |since|which|but|including|weil|parce|porque|[.;]|[–—]/i.test(said)) ?? pauses.at(-1)
  if (strong) return text.slice(0, strong.index)
  const words = text.slice(0, longest - 1)
  return `${words.slice(0, Math.max(words.lastIndexOf(' '), 40))}…`
}

/** "As a guest I want to see the allergens, so that …": what somebody is to be able to do. */
const story = /^as (an? [\p{L} -]{3,30}?),? i (?:want|would like|need|'d like) to (.+?)(?:,? (?:so that|so|in order to|because) .*)?[.!]?$/iu

/** Short, as an order where the words give one, of the request's own words. `around`: the passage that it is from. */
export function titleOf(lead: string, ask: Ask, reading: Reading, today: Day, around = lead): string {
  const title = whole(lead, ask, reading, today, around)
  return shorten(unshouted(upper(title), reading.words))
}

/** "Two helpers, who knows somebody?" */
const asksOn = /,\s+(?:who|any (?:ideas?|takers)|ideas|wer|jemand|qui|quelqu'un|quién|alguien)(?!\p{L})[^,]*\?$/iu

function whole(lead: string, ask: Ask, reading: Reading, today: Day, around: string): string {
  const words = ask.words ?? reading.words
  const [, role = '', need = ''] = words.code === 'en' ? story.exec(lead.trim()) ?? [] : []
  if (need !== '') return `Let ${role} ${need}`
  if (ask.kind === 'question') return toClear(lead, words)
  if (ask.kind === 'decide') {
    const [, helper = 'should', rest = ''] = /^(should|shall|do) we (.*)$/i.exec(ask.task) ?? []
    const task = withoutFields(rest, reading, today) || rest
    return byItself(`Decide whether we ${helper.toLowerCase() === 'do' ? '' : `${helper.toLowerCase()} `}${task}`, around)
  }
  let task = sentencesOf(ask.task)[0] ?? ask.task
  const told = words.including.exec(task)
  if (told && told.index > 8) task = task.slice(0, told.index)
  // "Once the copy is done, publish it": when it begins stands in the order of the proposals.
  task = task.replace(/^(?:once|after|as soon as|when|sobald|nachdem|dès que|une fois que|cuando|en cuanto)\s[^,]{3,80},\s*/i, '').replace(/^\[[^\]]{1,40}\]\s*/, '')
  // What must not be done with it belongs into the description.
  const only = task.replace(/[,;]?\s+(?:but|and)\s+(?:please\s+)?(?:do not|don't|never|not)\s.*$/i, '')
  if (only.length >= 10) task = only
  if (ask.kind === 'want') task = task.replace(asksOn, '')
  const kept = withoutFields(ask.kind === 'order' ? activeOf(task, words) ?? task : task, reading, today)
  const title = (kept.length >= 3 ? kept : task).replace(/\*\*|__|`/g, '').replace(/^(?:to|that)\s+/i, '').replace(/\?+$/, '').replace(/[\s.,;:!–—(-]+$/, '').replace(/^[\s.,;:!–—-]+/, '')
  if (ask.kind === 'want' && title !== '') return byItself(beginsWithVerb(title, words) && !words.nounToo.has(title.split(' ')[0]?.toLowerCase() ?? '') ? title : deedOf(title, words), around)
  if (ask.kind === 'trouble' && title !== '') return byItself(activeOf(title, words) ?? deedAgainst(title, words), around)
  // "Ann is responsible for the catering": a thing alone is called by its name.
  // "… wenn Jonas uns ein Foto schicken könnte"
  const own = words.code === 'de' ? title.replace(/(?<=\p{L}en) (?:könnte|kann|würde|sollte|soll)n?$/u, '') : title
  const bare = ask.kind === 'order' && /^(?:the|der|die|das|den|le|la|les|el|los|las)\s+[\p{L}-]+$/iu.test(title) ? title.replace(/^\S+\s+/, '') : own
  return byItself(bare.replace(/^know (?=(?:whether|if|how|who|what|when|where|why)\b)/i, 'find out ') || lead.trim(), around)
}

/** What an earlier task is about, for a later one that says "it": "draft the survey" is about the survey. */
export function objectOf(task: string, { words }: Reading): string | null {
  if (words.code !== 'en') return null
  const said = /^\p{L}+(?:\s+(?:up|out|off|down))?\s+((?:the|a|an|our|my|this|that|all|new)\s+[\p{L}\p{N}'-]+(?:\s[\p{L}\p{N}'-]+){0,3}?)(?=\s+(?:for|to|by|on|with|from|in|at|of|and|about|so|before|until|after|next|tomorrow|today|tonight)\b|[,.;:(]|\s*$)/iu.exec(task)
  return said?.[1] ? said[1].trim().replace(/^(?:an?)\s/i, 'the ').replace(/^(\p{Lu})(?=\p{Ll})/u, (letter) => letter.toLowerCase()) : null
}

/** What "it" stands for, where the piece says so itself: "invitations: print 40 of them", "if the shelves are still there, take them down", "what about the logo?". */
export function spokenOf({ lead, before, details, scope }: Pick<Piece, 'lead' | 'before' | 'details' | 'scope'>, reading: Reading): string | null {
  const named = /^(?!(?:for|about|by|before|until|on|at|one|two|three|some|a few|für|bis|pour|avant|para|antes)\s)([\p{Ll}][\p{L} -]{2,28}|\p{Lu}[\p{Ll} -]{2,28}):\s/iu
  const label = named.exec(lead)?.[1] ?? named.exec(scope)?.[1]
  if (label && !reading.isTalk && findActors(label, reading).length === 0) return `the ${label.charAt(0).toLowerCase()}${label.slice(1)}`
  const told = before.at(-1)?.replace(/^>\s*/, '') ?? ''
  const subject = /(?:^|\b(?:that|and|also|but|so) )((?:the|our|my) (?:[\p{L}'-]+ ){0,4}?[\p{L}'-]+?) (?:is|are|has|have|runs|expires|ends|needs|keeps|leaks|looks|does|was|were|still|will)\b/iu
  const needs = /\b(?:needs?|wants?|promised|agreed on|owes?|asked for|waits? for|misses|lacks?) ((?:the|our) [\p{L} -]{3,40}?)(?=\s(?:before|by|until|on|for|in|to|from)\b|[,.;]|$)/iu
  return /\b(?:if|when|once|as soon as) ((?:the|our|my) [^,]{3,40}?) (?:is|are|has|have|arrives?|comes?)\b/i.exec(lead)?.[1]
    ?? needs.exec(lead)?.[1] ?? needs.exec(told)?.[1] ?? before.map((one) => subject.exec(one)?.[1]).findLast((one) => one !== undefined)
    ?? /^>.*\b(?:get|buy|order|book|send|use|take|about) ((?:the|our) [\p{L} -]{3,30}?)[?.,]/imu.exec(details.find((detail) => detail.startsWith('>')) ?? '')?.[1]
    ?? /^(?:and )?(?:what|how) about ((?:the|our|my) [^?]{3,40})\?/i.exec(told)?.[1] ?? null
}

/** Puts what "it" stands for into a title that would say nothing alone. */
export const withObject = (title: string, object: string | null) => object === null || /^\p{L}+(?: \p{L}+)? them\b/iu.test(title) && !/(?:s|people|children|pieces)$/i.test(object) ? title : title.replace(/^(\p{L}+(?:\s+(?:up|out|off))?)\s+(?:it|them)\b(?!\s+(?:a|an|the|some|our|all|\d+)\s)/iu, `$1 ${object}`).replace(/^(\p{L}+ (?:\p{L}+ |\d+ ){0,2}of) them\b/iu, `$1 ${object}`).replace(/^(\p{L}+ (?:something|\p{L}+s) (?:in|on|to|into|with|for)) (?:it|them)\b/iu, `$1 ${object}`)

/** "Window cleaning offer - please confirm": a verb alone says what to do with what was told right before it. */
export const withTold = (title: string, told: string | undefined) => told === undefined || told.length > 60 || /\p{L}\s.*[?]$/u.test(told) || !/^(?:\p{L}+|(?:ask|call|ping|phone|e-?mail|fragen|demander à|preguntar a)(?: \p{Lu}[\p{L}'-]+){1,2})$/iu.test(title) ? title : `${title}: ${told.replace(/^(?:urgent|important|dringend|wichtig|urgente?)\s?[:!]+\s*/i, '').replace(onTop, '').replace(/[\s,;.?–—-]+$/, '')}`

/** "Also the printer is broken": that it comes on top of something is no part of it. */
const onTop = /^(?:and |und |et |y )?(?:also|plus|außerdem|auch|aussi|también|además)[,\s]+/i

/** What stands for something that a title alone does not tell. */
export const vagueWords = /\b(?:the thing|the stuff|it|this|that|them|things|stuff|something)\b/i

/** A title that says nothing by itself: "Fix this". */
export const isVague = (title: string) => new RegExp(`^(?:\\p{L}+ )?${vagueWords.source}(?: (?:again|now|please|up|done)| (?:that )?(?:we|i|you) (?:talked|spoke|discussed|mentioned|said)\\b.*)?$`, 'iu').test(title)
