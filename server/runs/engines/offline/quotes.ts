import { isAbout, type Guidance, type Subject } from './guidance.ts'
import { bestOf, rankSentences, type Ranked, type Sentence } from './rank-sentences.ts'
import type { Place } from './sources.ts'

/** A sentence that may be quoted, with the place where it stands word for word. */
export type Quote = Ranked & { place: Place }

/** Counts how many sentences and facts a request to leave something out has cost. */
export type Dropped = Map<Subject, number>

/** Whether something was asked to be left out; if so it is counted. */
export function isDropped(terms: ReadonlySet<string>, guidance: Guidance, dropped: Dropped): boolean {
  const subject = guidance.leaveOut.find((candidate) => isAbout(terms, candidate))
  if (subject) dropped.set(subject, (dropped.get(subject) ?? 0) + 1)
  return subject !== undefined
}

const focusWorth = 0.8

/** Scores the sentences of one source under the guidance, without those to be left out. */
export async function quotesOf(
  sentences: readonly Sentence[],
  placeOf: (passage: number) => Place,
  guidance: Guidance,
  dropped: Dropped,
  breathe: () => Promise<void>,
): Promise<Quote[]> {
  const kept = sentences.filter(({ terms }) => !isDropped(terms, guidance, dropped))
  const ranked = await rankSentences(kept, guidance.weights, breathe)
  return ranked.map((sentence) => ({
    ...sentence,
    score: sentence.score + (guidance.focus.some((subject) => isAbout(sentence.terms, subject)) ? focusWorth : 0),
    place: placeOf(sentence.passage),
  }))
}

/** The best quotes in the order in which they stand in their source. */
export const inOrder = (quotes: readonly Quote[], count: number, said: readonly Quote[] = []): Quote[] =>
  bestOf(quotes, count, said).sort((a, b) => a.order - b.order)
