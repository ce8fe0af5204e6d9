import { contentOf } from './alike.ts'
import { isSame, readAsk, type Ask } from './asks.ts'
import { askInClause } from './clause.ts'
import { isLack } from './deed.ts'
import { isStatement } from './news.ts'
import { activeOf } from './passive.ts'
import type { Piece } from './piece.ts'
import type { Reading } from './reading.ts'
import { callsForHelp, isMending, tellsOf } from './split-tasks.ts'

// Whether a sentence goes on about what was asked for before it, and what "it" is there.

/** "Look into it first thing tomorrow": says only that somebody is to see to what was told. */
export const mendsIt = (task: string) => handsOver.test(upToIt(task))
const upToIt = (task: string) => task.replace(/\b(it|this|that)\b[\s\S]*$/i, '$1')

/** "The printer is broken. Please get it fixed": where what "it" is stands in what was told; -1 where the order says that itself. */
export function mendedBy({ task }: Ask, told: readonly string[], reading: Reading): number {
  const at = told.findLastIndex((one) => !hasNoSubject.test(one) && (readAsk(one, reading).kind !== 'none' || isStatement(one, reading) || !/,$/.test(one)))
  const isTrouble = () => reading.words.refers.test(task) && isMending(task) && readAsk(told[at] ?? '', reading).kind === 'trouble'
  return at >= 0 && (mendsOnly.test(task) || fixesIt.test(upToIt(task)) || isTrouble()) ? at : -1
}

/** "Please fix before Monday": without a word on what. */
const mendsOnly = /^(?:fix|repair|mend|correct)(?=\s*(?:[.!,(]|$|asap|as soon|before|by|until|today|tomorrow|this|next|first|please|pls|urgently))(?!\s(?:this|next) (?!week|month|morning|afternoon|evening))/i
/** "Happens in Firefox": more about what stands before it. */
const hasNoSubject = /^(?:happens|happened|started|starts|seems|looks|occurs|appears|only|same|also|since|passiert|tritt|seit|sucede|ocurre|arrive)\s/i

export const ofAll = /^(?:both|all(?: of (?:it|them|this|that|these))?|everything|(?:das )?alles|alle|beide?s?|tout(?: ça)?|tous|les deux|todo(?: eso)?|todos|tod[oa]s|amb[oa]s)(?: (?:is|are|needed|due|ready|done|finished|please|bitte|fertig))*,?\s(?:by|before|until|till|due|for|no later than|bis|vor|pour|avant|para|antes)(?!\p{L})/iu

/** Talks about what is to be done before anybody does it. */
export const deliberates = /^(?:discuss|decide|talk (?:about|over)|agree (?:on|whether)|clarify|figure out|find out)\b/i

const taking = 'do|take|share|handle|own|take care of|see to|deal with|look (?:after|into)|pick up|sort(?: out)?'
const it = '(?:this|it|that)(?: one| please)?(?: (?:like|as) (?:every|each|last|always|usual|before)\\b[^,]*)?(?:\\s(?:by|before|until|on|today|tomorrow|this|next|asap)\\b.*)?\\W*$'
/** "Bo, can you take care of that?", "kannst du dich darum kümmern?" */
export const takesIt = new RegExp(`^(?:(?:${taking}) ${it}|(?:(?:dich |euch |sich )?(?:bitte )?darum kümmern|(?:(?:das|es) )?(?:bitte )?(?:machen|übernehmen|erledigen)|le faire|(?:t'en|vous en|s'en) (?:occuper|charger)|encargarte(?: de (?:eso|ello))?)\\W*$)`, 'iu')
/** Also what would be work of its own, had anything been asked for before: "please check it". */
export const handsOver = new RegExp(`^(?:${taking}|manage|fix|repair|check|mend|look at) ${it}`, 'i')
/** Something is wrong with what was told. */
const fixesIt = new RegExp(`^(?:do|fix|repair|mend|change|update|correct|replace|adjust|see to|deal with|look (?:into|at|after)|sort out|take care of) ${it}`, 'i')

/** Whether what is wrong is work of its own, and not only more about the work before. */
export function isAnother(told: string, now: Piece, { words }: Reading): boolean {
  const undone = activeOf(told, words) !== null
  if (words.goesOn.test(told) && !undone) return false
  // "… And the soap dispenser is broken"
  if (/^(?:and|also|plus|und|außerdem|auch|et|aussi|y|también)\s/i.test(told) && isApart(told, now)) return true
  return now.ask.kind === 'trouble' || (undone || isLack(told, words)) && isApart(told, now) || now.ask.kind === 'want' && (isLack(told, words) || isApart(told, now))
}

/** A fault of something else than what was asked for. */
function isApart(told: string, { lead }: Piece): boolean {
  const asked = new Set(contentOf(lead))
  return !/\b(?:it|they|them|ones?|those|these|this|that|which)\b/i.test(told) && !contentOf(told).some((word) => asked.has(word))
}

const replaces = /(?<!\p{L})(?:replacements?|refund|spare parts?|new one|another one|ersatz\p{L}*|remplacement|rechange|recambio|repuesto)(?!\p{L})/iu

/** Whether the sentence after this one says what to do about it. */
export function nextRefers(sentences: readonly string[], at: number, reading: Reading, inNotes: boolean): boolean {
  const next = sentences[at + 1]
  if (next === undefined) return false
  const ask = readAsk(next, reading)
  const about = new Set(contentOf(sentences[at] ?? ''))
  return ask.kind === 'order' && activeOf(next, reading.words) === null && (inNotes && ask.who?.kind === 'actors' || callsForHelp(ask.task) || replaces.test(ask.task) || reading.words.refers.test(next) || contentOf(next).some((word) => about.has(word)))
}

/** Another task, by its own words; what only says more about the one before is none. */
const isMore = /^(?:(?:and|please|could you|can you|would you|und|bitte|et|y) )*(?:also|auch|aussi|también)\s(?:please )?(?!(?:include|mention|add|make|keep|note|check|ensure|use|put|say|tell|show|send|it|they|this|that)\b)\p{Ll}+\s/iu

/** Whether a task is only more about the one before it. */
export function goesOn(task: string, ask: Ask, before: Piece, reading: Reading): boolean {
  const { words } = reading
  // Without a word on what: the work before it.
  if (/^needs? to be\s/i.test(task)) return true
  const changesHands = ask.who !== null && (ask.who.kind !== 'asker' || /^remind\b/i.test(ask.who.said)) && !isSame(ask.who, before.ask.who)
  if (changesHands || words.then.test(task) || words.first.test(task)) return false
  // "If the shelves are still there, take them down": what it refers to stands in the same sentence.
  if (/^(?:and |but )?(?:if|when|once|as soon as|falls|wenn|sobald|si|dès que|cuando) (?:the|our|my|der|die|das|le|la|les|el|los|las) [^,]+,/i.test(task)) return false
  if (isMore.test(task)) return false
  // "… and that I talk to the school"
  if (askInClause(task, reading) !== null) return false
  const isOwn = activeOf(ask.task, words) !== null
  if (tellsOf(before.ask.task, ask.task)) return true
  // "Get an offer and have it checked": what it refers to it has itself.
  const [own = ''] = ask.task.split(/,\s|\s(?:and|und|et|y|because|since|weil|denn|parce que|car|porque|ya que)\s/)
  return !isOwn && (words.goesOn.test(task) || words.goesOn.test(ask.task)) || words.good.test(task) || words.refers.test(contentOf(own).length >= 3 ? own : ask.task)
}
