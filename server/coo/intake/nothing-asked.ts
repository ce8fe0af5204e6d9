import { referenceUrl } from '#lib/board/reference.ts'
import type { IntakeRequest, IntakeResult } from '../intake.ts'
import { contentOf } from './alike.ts'
import { isMended, readAsk } from './asks.ts'
import { finite } from './jotted.ts'
import { findActors } from './names.ts'
import { isStatement, isToldOnly, isWrong } from './news.ts'
import type { Piece } from './piece.ts'
import type { Reading } from './reading.ts'
import { mostNews, replies } from './reply.ts'
import { nearlyAll } from './rows.ts'
import { tells } from './sections.ts'
import { isNoise, sentencesOf, withoutSignature } from './sentences.ts'
import { tokensOf } from './tokens.ts'

// What is said where no work was found.

/** Greetings, thanks and single words; `null` for anything else. */
export function smallTalk(text: string, reading: Reading, known: boolean): string | null {
  const { words } = reading
  const sentences = sentencesOf(text)
  const isThanks = /^(?:thank|thx|danke|merci|gracias)/i.test(text)
  const isTold = (sentence: string) => isNoise(sentence) || tokensOf(sentence).length >= 4 && finite.test(sentence) && readAsk(sentence, reading).kind === 'none'
  if (known && /^(?:thanks|thank you|thx|danke|merci|gracias)\s(?!(?:for|to|für|pour|por)\b)/i.test(text) && !text.includes('\n') && sentences.every(isTold)) return replies.thanks
  if (known && isThanks && sentences.every((sentence) => isNoise(sentence) || /!$/.test(sentence) && readAsk(sentence, reading).kind === 'none')) return replies.thanks
  if (sentences.every(isNoise)) return /^(?:thank|thx|danke|merci|gracias|cheers|great|perfect|cool)/i.test(text) ? replies.thanks : replies.talk
  const single = text.replace(/[.!?…]+$/, '')
  if (known && /^\S+$/.test(single)) return replies.word(single)
  if (/^(?:what can you do|who are you|are you (?:there|real|a (?:bot|human))|how does this work|help|what'?s up|tell me a joke)\b/i.test(text) && words.code === 'en' && text.length < 60) return replies.talk
  return null
}

const asksForOne = /^.*\b(?:(?:should|could|must|needs to) be (?:a|an|its own|their own|another|one) ?(?:own )?(?:mission|task|ticket|card)|(?:make|turn) (?:this|it|that|these) (?:into )?(?:a|an|its own|their own) (?:mission|task|ticket|card))s?\b.*$/im

/** Whoever wrote it wants nobody to do anything, whatever else they tell. */
export const asksNothing = /\b(?:you (?:do not|don't) (?:need|have) to (?:take any action|do anything)|no (?:further )?action (?:is )?(?:needed|required)(?: (?:from you|on your (?:side|part)))?)[.!]|(?<!\p{L})(?:sie müssen nichts (?:tun|unternehmen)|aucune action (?:de votre part )?(?:n'est )?(?:requise|nécessaire)|no (?:es necesaria|se requiere) ninguna acción)(?!\p{L})/iu

/** Says itself that nothing is to be done. */
const forInformation = /^(?:(?:just )?(?:fyi|for info)|(?:(?:i|we) )?(?:just )?(?:(?:want|wanted) )?to let (?:you|you all|everyone|everybody) know|for your information|just so (?:you know|everyone knows)|heads[- ]up|no action (?:is )?(?:needed|required)|zur info(?:rmation)?|nur zur info|pour info(?:rmation)?|para (?:tu|su|vuestra) información)(?!\p{L})|\b(?:just so (?:you|everyone|everybody) knows?|no action (?:is )?(?:needed|required)|no need to do anything|you (?:do not|don't) (?:need|have) to (?:take any action|do anything)|nothing (?:is )?to (?:be done|do)|kein handlungsbedarf|aucune action (?:n'est )?(?:requise|nécessaire))\b/iu

/** "A short update from me." */
const leadsIn = /^(?:(?:an?|just|only|quick|short|small|some|brief|little|bit of|kurzes?|petit|une?) )*(?:news|update|info|question|heads[- ]up|frage|nouvelles?|noticias?)(?: (?:from|about|on|regarding|zu|de|du|sobre)\b.*)?[.:!]?$/iu
const exclaims = /^(?:so(?= (?!that))|congratulations|happy (?:birthday|new year)|good luck|¡?enhorabuena|¡?felicidades|félicitations|(?:herzlichen )?glückwunsch|very|really|what an?|great|well done|congrat\p{L}*|nice|good|lovely|thanks|cheers|proud|amazing|classic|fantastic|wonderful|more|love|super|toll|bravo|genial)(?!\p{L})/iu

/** What is said where no task was found: an answer, or one proposal of the whole. */
export function nothingAsked(text: string, reading: Reading, known: boolean): Pick<IntakeResult, 'reply' | 'told'> | Piece {
  // "This should be a mission of its own", of what is quoted below: whatever that says.
  if (asksForOne.test(text)) {
    const rest = text.replace(/^[ \t]*>[ \t]?/gm, '').split('\n').filter((line) => !asksForOne.test(line)).join('\n').trim()
    return wholeOf(/\p{L}/u.test(rest) ? rest : text, reading, known)
  }
  // What a mail says without its head.
  const body = withoutSignature(text).replace(/^#.*\n/, '')
  const sentences = sentencesOf(/\p{L}/u.test(body) ? body : text).filter((sentence) => !isNoise(sentence) && !(tokensOf(sentence).length <= 2 && nearlyAll(sentence, findActors(sentence, reading))))
  if (known && sentences.every((sentence) => readAsk(sentence, reading).kind === 'forbid')) return { reply: replies.forbids(sentences[0] ?? text) }
  const isNone = (sentence: string) => readAsk(sentence, reading).kind === 'none'
  const isToldHere = (sentence: string, n: number) => isToldOnly(sentence, reading) || isNone(sentence) && (sentences.length > 1 && isStatement(sentence, reading) && !isWrong.test(sentence) || leadsIn.test(sentence) || (tells.test(sentence) || isMended.test(sentence)) && /^@?\p{Lu}|[.!]$/u.test(sentence) && (n > 0 || tokensOf(sentence).length >= 4) || exclaims.test(sentence))
  const isInformation = sentences.some((sentence) => forInformation.test(sentence))
  if (known && (isInformation || sentences.every(isToldHere))) return { reply: replies.tells(sentences[0] ?? text), told: isInformation ? [sentences.join(' ')] : sentences.slice(0, mostNews) }
  const asks = (sentence: string) => /\?["”)]*$/.test(sentence)
  const isQuestion = known && sentences.some(asks) && sentences.every((sentence, n) => asks(sentence) || isToldHere(sentence, n) || isNone(sentence) && (isStatement(sentence, reading) || /^(?:the ones?|i mean|like|something like)\s/i.test(sentence)))
  if (isQuestion) return { reply: answer(sentences.find((sentence) => sentence.includes('?')) ?? text, reading) }
  return wholeOf(text, reading, known)
}

/** All of it as one piece of work, named by what asks for something. */
export function wholeOf(text: string, reading: Reading, known: boolean): Piece {
  const sentences = sentencesOf(text).filter((sentence) => !isNoise(sentence))
  const lead = sentences.find((sentence) => !/\?$/.test(sentence)) ?? sentences[0] ?? text
  const task = readAsk(lead, reading)
  return {
    lead, ask: { ...task, task: known ? task.task : lead }, before: sentences.slice(0, sentences.indexOf(lead)), details: sentences.slice(sentences.indexOf(lead) + 1), good: [], under: [], passage: text, cells: {}, scope: '', mark: '', isNext: false,
  }
}

/** What the board says about a question, as it stands: titles and states, nothing that would have to be judged. */
export function answer(question: string, { request }: Reading): string {
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
