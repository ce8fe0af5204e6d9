import { littleWords } from '../../../search/little-words.ts'

// Scripts without spaces between words need a dictionary to be parted; for all others a pattern does it, many times faster.
const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u
const dictionary = new Intl.Segmenter('und', { granularity: 'word' })

/** The words of a text in lower case, in order, without punctuation. */
export function wordsOf(text: string): string[] {
  const lower = text.toLowerCase()
  if (!unspaced.test(lower)) return lower.match(/[\p{L}\p{M}\p{N}]+(?:['’][\p{L}]+)?/gu) ?? []
  return [...dictionary.segment(lower)].flatMap((part) => (part.isWordLike ? [part.segment] : []))
}

/** Folds an English word's plainest endings, so that `tables` finds `table`; other words stay as they are. */
export function stem(word: string): string {
  const plain = word.replace(/['’]s?$/, '')
  if (!/^[a-z]{4,}$/.test(plain)) return plain
  if (plain.endsWith('ies') && plain.length > 4) return `${plain.slice(0, -3)}y`
  if (/(ss|us|is)$/.test(plain)) return plain
  const base = plain.replace(/(?:(?<=s|x|ch|sh)es|s)$/, '')
  return base.length > 5 ? base.replace(/(?:ing|ed)$/, '') : base
}

/** The stems of the words that carry meaning, in order and with repetitions. */
export const termsOf = (text: string): string[] =>
  wordsOf(text)
    .filter((word) => !littleWords.has(word) && (word.length > 2 || unspaced.test(word) || /\d/.test(word)))
    .map(stem)

/** `total_bill`, `lifeExp` and `unit-price` as words. */
export const termsOfName = (name: string): string[] =>
  termsOf(
    name
      .replace(/\.[a-z0-9]{1,5}$/i, '')
      .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
      .replace(/[_\-./]+/g, ' '),
  )

export type Weights = ReadonlyMap<string, number>

/** How much a column's name says about what is asked, the mean over its words: `pop` stands for `population`. */
export function interestIn(name: string, weights: Weights): number {
  const terms = termsOfName(name)
  let interest = 0
  for (const term of terms) {
    const exact = weights.get(term)
    if (exact !== undefined) interest += exact
    else if (term.length >= 3 && !/\d/.test(term)) interest += [...weights].find(([wanted]) => wanted.startsWith(term))?.[1] ?? 0
  }
  return terms.length === 0 ? 0 : interest / terms.length
}
