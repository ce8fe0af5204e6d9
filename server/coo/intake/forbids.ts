import { contentOf } from './alike.ts'
import type { Words } from './words/words.ts'

/** Says what must not be done: no work by itself, and of use to whoever does what is near it. */
const forbids: Record<Words['code'], RegExp> = {
  en: /^(?:(?:but|and|please|also|so|you|we|nobody|for now|whatever you do,?) )*(?:do not|don't|never|must not|mustn't|should not|shouldn't|(?:nobody|no one) (?:should|may|must)|under no circumstances)\s+(?!forget\b|hesitate\b|worry\b|know\b|have\b|think\b)\p{L}/iu,
  de: /^(?:(?:bitte|aber|und|auch|auf keinen fall|keinesfalls) )*(?:nicht\s+\p{L}|niemals\s)|^(?:bitte )?[^,]{2,60} (?:auf keinen fall|bitte nicht|keinesfalls) \p{L}+[.!]*$/iu,
  fr: /^(?:(?:mais|et|surtout|s'il (?:te|vous) pla[iî]t,?|merci de) )*(?:ne (?:pas|jamais|rien) \p{L}|ne \p{L}+(?:ez|e|s) (?:pas|jamais|rien)(?!\p{L}))/iu,
  es: /^(?:(?:pero|y|por favor,?) )*(?:no (?!hay|tenemos|olvid|te preocup|es |está|sé |funciona)\p{L}+(?:es|e|as|en|áis|éis|ar|er|ir) (?:el|la|los|las|nada|a|un|una|nuestr))/iu,
}
export const isForbidden = (sentence: string, { code }: Words) => forbids[code].test(sentence.trim())

const denied = /^(?:(?:but|and|please|also|so|for now|aber|bitte|und|mais|et|pero|y|por favor,?) )*(?:do not|don't|never|must not|nicht|niemals|auf keinen fall|keinesfalls|ne pas|ne |n'|no |under no circumstances)\s*(.+?)(?=\s+(?:before|until|unless|without|as long as|this|yet|if|while|at|on|in|by)\b|[,.;:!?]|$)/i
const isAlike = (a: string, b: string) => a === b || a.length >= 5 && b.length >= 5 && a.slice(0, 5) === b.slice(0, 5)

/** What a request says must not be done, though it asks for just that: the sentence, word for word. */
export function contradictionTo(title: string, sentences: readonly string[]): string | null {
  const asked = contentOf(title)
  return sentences.find((sentence) => {
    const deed = contentOf(denied.exec(sentence.replace(/^.{3,60}: (?=do not|don't)/i, '').trim())?.[1] ?? '').filter((word) => !/^(?:pas|jamais|nie)$/.test(word))
    return deed.length >= 2 && deed.every((word) => asked.some((other) => isAlike(word, other)))
  }) ?? null
}

const counted = (text: string) => [...text.matchAll(/(?<![\p{L}\d.,:/-])(\d{1,6})\s+((?!%|am|pm|uhr|h\b|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|mai|okt|dez|déc|janv|févr|ene|abr|ago|dic)\w{0,6}\b|january|february|march|april|may|june|july|august|september|october|november|december|of\b)\p{L}{3,}(?:\s\p{L}{3,})?)/giu)]
  .map(([, count = '', thing = '']) => ({ said: `${count} ${thing.split(' ')[0] ?? ''}`, count, thing: contentOf(thing)[0] ?? '' }))

/** "Order 40 chairs", and elsewhere "60 chairs": two numbers of the same thing. */
export function otherCount(lead: string, sentences: readonly string[]): { said: string; other: string } | null {
  for (const own of counted(lead)) {
    const other = sentences.flatMap(counted).find(({ count, thing }) => thing === own.thing && thing !== '' && count !== own.count)
    if (other) return { said: own.said, other: other.said }
  }
  return null
}

/** Which of several a prohibition is about: the one that shares most words with it, if any does. */
export function nearest(sentence: string, texts: readonly string[]): number | null {
  const words = new Set(contentOf(sentence))
  const shared = texts.map((text) => new Set(contentOf(text).filter((word) => words.has(word))).size)
  const most = Math.max(0, ...shared)
  return most === 0 ? null : shared.indexOf(most)
}
