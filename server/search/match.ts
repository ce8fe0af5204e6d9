import type { Term } from '#lib/search/query.ts'
import { isUnspaced, splitWords } from './split-words.ts'

/** A string of FTS5: nothing in it is an operator. */
const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`

function one({ text, prefix }: Term): string {
  // The last letters of a phrase are whole ones in scripts without spaces.
  return quoted(splitWords(text)) + (prefix && !isUnspaced(text) ? '*' : '')
}

/** What FTS5 looks for; `null` where there is nothing to look for. All terms must be there. */
export function matchOf(terms: readonly Term[]): string | null {
  const wanted = terms.filter(({ not }) => !not).map(one)
  if (wanted.length === 0) return null
  const unwanted = terms.filter(({ not }) => not).map(one)
  return [wanted.join(' AND '), ...unwanted].join(' NOT ')
}

/** What FTS5 looks for where one of the terms is enough. */
export const matchAny = (terms: readonly Term[]): string => terms.filter(({ not }) => !not).map(one).join(' OR ')
