import { plainLetters } from '#lib/search/plain-letters.ts'
import { tokensOf } from './names.ts'

const small = new Set(`the a an of and for to in on at by with from our my your his her their its this that these those is are be it we i you please can could should would will need new some all any into about as or so up out off
  der die das den dem des ein eine einen und für zu im am von mit auf bitte le la les de des du et pour un une au aux el los las y para con una del`.split(/\s+/))

/** The ending that a word has as one of several, or as something that is being done. */
const stem = (word: string) => word.length > 4 ? word.replace(/(?:ies|ied)$/, 'y').replace(/(?:ing|ings|ed|es|s|e)$/, '') : word

export const contentOf = (text: string): string[] =>
  tokensOf(text).map(({ plain }) => plain).filter((word) => !small.has(word) && (word.length > 1 || /\d/.test(word))).map(stem)

/** From 0 to 1: how many words two texts share. */
export function likeness(a: string, b: string): number {
  const left = new Set(contentOf(a))
  const right = new Set(contentOf(b))
  if (left.size === 0 || right.size === 0) return 0
  if (plainLetters(a).trim() === plainLetters(b).trim()) return 1
  const shared = [...left].filter((word) => right.has(word)).length
  return (2 * shared) / (left.size + right.size)
}

/** Enough to ask whether it is the same: most words, and at least two of them. */
export function isAlike(a: string, b: string): boolean {
  const left = new Set(contentOf(a))
  const shared = [...new Set(contentOf(b))].filter((word) => left.has(word)).length
  return likeness(a, b) >= (shared >= 3 ? 0.66 : 0.79) && (shared >= 2 || likeness(a, b) === 1)
}
