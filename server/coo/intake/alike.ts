import { plainLetters } from '#lib/search/plain-letters.ts'
import { tokensOf } from './tokens.ts'

const small = new Set(`the a an of and for to in on at by with from our my your his her their its this that these those is are be it we i you please can could should would will need new some all any into about as or so up out off
  der die das den dem des ein eine einen und für zu im am von mit auf bitte le la les de des du et pour un une au aux el los las y para con una del`.split(/\s+/))

/** The ending that a word has as one of several, or as something that is being done. */
const stem = (word: string) => word.length > 4 ? word.replace(/(?:ies|ied)$/, 'y').replace(/(?:ing|ings|ed|es|s|e)$/, '') : word

export const contentOf = (text: string): string[] =>
  tokensOf(text).map(({ plain }) => plain).filter((word) => !small.has(word) && (word.length > 1 || /\d/.test(word))).map(stem)

const most = 3

/** Finds what may be the same work: titles that share most words, and at least two of them; the likest first. */
export function alikeAmong<Titled extends { id: string; title: string }>(titled: readonly Titled[]): (title: string) => Titled['id'][] {
  const known = titled.map(({ id, title }) => ({ id, words: new Set(contentOf(title)), plain: plainLetters(title).trim() }))
  const byWord = new Map<string, number[]>()
  for (const [n, { words }] of known.entries()) for (const word of words) {
    const places = byWord.get(word)
    if (places) places.push(n)
    else byWord.set(word, [n])
  }
  return (title) => {
    const wanted = new Set(contentOf(title))
    const shared = new Map<number, number>()
    for (const word of wanted) for (const n of byWord.get(word) ?? []) shared.set(n, (shared.get(n) ?? 0) + 1)
    const plain = plainLetters(title).trim()
    return [...shared].flatMap(([n, count]) => {
      const one = known[n]
      if (!one) return []
      const like = one.plain === plain ? 1 : (2 * count) / (wanted.size + one.words.size)
      return like === 1 || (count >= 2 && like >= (count >= 3 ? 0.66 : 0.79)) ? [{ id: one.id, like }] : []
    }).sort((a, b) => b.like - a.like).slice(0, most).map(({ id }) => id)
  }
}
