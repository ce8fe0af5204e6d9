import { asWho, type Who } from './asks.ts'
import { findActors } from './names.ts'
import type { Reading } from './reading.ts'
import { isNoise } from './sentences.ts'

// Who is spoken to, and who "he" is.

/** Asks whoever is spoken to. */
export const ofYou = /(?<!\p{L})(?:(?:can|could|would|will) you(?! all| guys)|if you (?:can|could|would)|kannst du|könntest du|magst du|\p{Ll}{2,}st du (?:bitte|mal|noch)|tu peux|tu pourrais|peux-tu|pourrais-tu|puedes|podrías)(?!\p{L})/iu

const greets = /^(?:(?:hi|hello|hey|hiya|dear|morning|hallo|moin|liebe[rs]?|bonjour|salut|hola|thanks|thank you|danke|merci|gracias|(?:and|so|also|but|oh)[ ,]+)\s*)*@?$/i
const ends = /^\s*(?:[,!.:–-]|$)/

/** "And Chloe, …", "Hi Bo,", "Thanks Jonas!", "@Bo …": somebody else than who asks, alone. */
export function calledIn(sentence: string, reading: Reading): Who | null {
  // "Hope you had a good holiday, Chloe!"
  const all = isNoise(sentence) ? findActors(sentence, reading) : []
  const [last] = all.length === 1 ? all : []
  if (last && /,\s@?$/.test(sentence.slice(0, last.at)) && /^[.!?\s]*$/.test(sentence.slice(last.end)) && !last.ids.includes(reading.request.by)) return asWho(last)
  const [first, second] = findActors(sentence.slice(0, 60), reading)
  if (!first || !greets.test(sentence.slice(0, first.at)) || !(ends.test(sentence.slice(first.end)) || sentence[first.at - 1] === '@' && /^\s/.test(sentence.slice(first.end)))) return null
  const isOne = !second || /\p{Ll}/u.test(sentence.slice(first.end, second.at))
  return isOne && !first.ids.includes(reading.request.by) ? asWho(first) : null
}

const pronoun = /^(?:(?:so|and|then|also|perhaps|maybe) )*(?:he|she|er|sie|il|elle|él|ella)(?=\s)/i

const object = /^((?:(?:so|and|then|please) )*(?:let|have|ask|get)) (?:him|her)(?=\s(?:to\s)?\p{L})/iu

/** "Bo has the key. He should open the hall": in the name of whoever was spoken of last. */
export function inNameOf(sentence: string, before: string, reading: Reading): string {
  const subject = pronoun.exec(sentence)
  const given = object.exec(sentence)
  const isAsked = subject !== null && reading.words.does.test(sentence.slice(subject[0].length))
  if (!isAsked && !given) return sentence
  const last = findActors(before, reading).at(-1)
  if (!last) return sentence
  return given ? `${given[1] ?? ''} ${last.text}${sentence.slice(given[0].length)}` : last.text + sentence.slice(subject?.[0].length)
}
