import { plainLetters } from '#lib/search/plain-letters.ts'

/** A word of a text, where it stands, and without its marks and case. */
export type Token = { at: number; end: number; text: string; plain: string }

export const tokensOf = (text: string): Token[] =>
  [...text.matchAll(/[\p{L}\p{N}](?:[\p{L}\p{N}\p{M}]|['.&-](?=[\p{L}\p{N}]))*/gu)]
    .map((match) => {
      const word = match[0].replace(/'s$/, '')
      return { at: match.index, end: match.index + word.length, text: word, plain: plainLetters(word) }
    })
