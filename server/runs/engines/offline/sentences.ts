import { wordsOf } from './words.ts'

const segmenter = new Intl.Segmenter('en', { granularity: 'sentence' })

/** After these a full stop ends no sentence. */
const abbreviation =
  /(?:^|[\s(])(?:e\.g|i\.e|etc|cf|vs|approx|dr|mr|mrs|ms|prof|st|fig|figs|eq|no|nos|vol|pp?|ed|al|inc|ltd|co|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|z\.b|d\.h|bzw|\p{Lu})\.$/iu

/** The sentences of a passage, each as it stands there; one at a time, for a passage may be as long as a file. */
export function* sentencesOf(passage: string): Generator<string> {
  let open = ''
  for (const { segment } of segmenter.segment(passage)) {
    open += segment
    if (abbreviation.test(open.trimEnd()) && open.length < 600) continue
    if (open.trim() !== '') yield open.trim()
    open = ''
  }
  if (open.trim() !== '') yield open.trim()
}

const longest = 500

/** Whether a sentence can stand alone: neither a scrap, nor a row of figures, nor half a page. */
export function standsAlone(sentence: string): boolean {
  if (sentence.length > longest) return false
  const words = wordsOf(sentence)
  if (words.length < 4 || words.length > 70) return false
  const letters = sentence.match(/\p{L}/gu)?.length ?? 0
  return letters >= sentence.replace(/\s/g, '').length * 0.6
}

/** Begins like a sentence and ends like one; what a page break cut does not. */
export const isWhole = (sentence: string) => !/^\p{Ll}/u.test(sentence) && /[.!?。！？؟…]["'”’»)\]]*$/u.test(sentence)
