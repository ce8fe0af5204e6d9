import { isWhole, sentencesOf, standsAlone } from './sentences.ts'
import { termsOf, type Weights } from './words.ts'

/** `place` is the index of the passage the sentence stands in. `terms` are without repetitions. */
export type Sentence = { text: string; passage: number; order: number; terms: ReadonlySet<string> }
export type Ranked = Sentence & { score: number; relevance: number }

const mostSentences = 20_000

/** All sentences of the passages that can be quoted; where there is none, short passages as they are. */
export async function readSentences(passages: readonly { text: string }[], breathe: () => Promise<void>): Promise<Sentence[]> {
  const all: Sentence[] = []
  const seen = new Set<string>()
  const take = (text: string, passage: number) => {
    const key = text.toLowerCase()
    if (seen.has(key)) return
    seen.add(key)
    all.push({ text, passage, order: all.length, terms: new Set(termsOf(text)) })
  }
  for (const [index, { text }] of passages.entries()) {
    await breathe()
    if (all.length >= mostSentences) break
    for (const sentence of sentencesOf(text)) {
      await breathe()
      if (standsAlone(sentence)) take(sentence, index)
    }
  }
  if (all.length === 0) {
    for (const [index, { text }] of passages.slice(0, 50).entries()) if (text.length <= 300) take(text, index)
  }
  return all
}

/**
 * Scores sentences by how well they stand for their document (likeness to the mean of its tf-idf vectors), by how much they say of
 * what is asked (`weights`), and a little by where they stand. Scores and relevance compare across documents: both lie near 0 to 2.
 */
export async function rankSentences(sentences: readonly Sentence[], weights: Weights, breathe: () => Promise<void>): Promise<Ranked[]> {
  const within = new Map<string, number>()
  for (const { terms } of sentences) for (const term of terms) within.set(term, (within.get(term) ?? 0) + 1)
  const rarity = (term: string) => Math.log(1 + sentences.length / (within.get(term) ?? 1))
  const mean = new Map<string, number>()
  for (const { terms } of sentences) for (const term of terms) mean.set(term, (mean.get(term) ?? 0) + rarity(term))
  const meanLength = Math.sqrt([...mean.values()].reduce((sum, value) => sum + value * value, 0))
  const most = Math.max(1, ...weights.values())
  const ranked: Ranked[] = []
  for (const sentence of sentences) {
    await breathe()
    let likeness = 0
    let length = 0
    let asked = 0
    for (const term of sentence.terms) {
      const rare = rarity(term)
      likeness += rare * (mean.get(term) ?? 0)
      length += rare * rare
      asked += (weights.get(term) ?? 0) / most
    }
    const central = length === 0 || meanLength === 0 ? 0 : likeness / (Math.sqrt(length) * meanLength)
    // Three weighty words in a sentence of usual length are about as much as one finds.
    const relevance = Math.min(2, (asked / Math.sqrt(Math.max(4, sentence.terms.size))) * 1.5)
    const early = sentences.length > 1 ? 0.15 * (1 - sentence.order / (sentences.length - 1)) : 0.15
    const score = (central + relevance + early) * (isWhole(sentence.text) ? 1 : 0.6) * (sentence.text.endsWith('?') ? 0.8 : 1)
    ranked.push({ ...sentence, score, relevance })
  }
  return ranked
}

function alike(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  let shared = 0
  for (const term of a) if (b.has(term)) shared += 1
  return shared / Math.max(1, Math.min(a.size, b.size))
}

/** The best `count` sentences that repeat neither each other nor what was `said` before, best first. */
export function bestOf<T extends Ranked>(ranked: readonly T[], count: number, said: readonly Sentence[] = []): T[] {
  const chosen: T[] = []
  for (const candidate of ranked.toSorted((a, b) => b.score - a.score || a.order - b.order)) {
    if (chosen.length === count) break
    if ([...said, ...chosen].every((earlier) => alike(earlier.terms, candidate.terms) < 0.7)) chosen.push(candidate)
  }
  return chosen
}
