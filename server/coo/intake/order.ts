import { contentOf } from './alike.ts'
import type { Piece } from './piece.ts'
import type { Words } from './words/words.ts'

/** The pieces that come before each, by their places. A circle would hold up everything in it, so what would close one is left out. */
export function orderOf(pieces: readonly Piece[], titles: readonly string[], words: Words): number[][] {
  const order: number[][] = pieces.map(() => [])
  const waitsFor = (from: number, to: number): boolean => from === to || (order[from] ?? []).some((one) => waitsFor(one, to))
  for (const [place, piece] of pieces.entries()) {
    const previous = place - 1
    const lead = piece.lead.trim()
    const follows = previous >= 0 && (piece.isNext || ((words.then.test(lead) || trails.test(lead)) && !isDay.test(lead) && (!isLast.test(lead) || isSequence(pieces, words))))
    const named = [...[lead, ...piece.details].join('\n').matchAll(new RegExp(words.once.source, 'giu'))].flatMap((match) => namedBy(match[1] ?? match[2] ?? '', place, pieces, titles))
    const listed = (piece.cells.after ?? '').split(/[,;&]|\band\b/).flatMap((part) => namedBy(part, place, pieces, titles))
    for (const before of new Set([...follows ? [previous] : [], ...named, ...listed])) if (!waitsFor(before, place)) order[place]?.push(before)
  }
  return order.map((before) => before.sort((a, b) => a - b))
}

/** "Send me the certificate afterwards". */
const trails = /,?\s(?:afterwards|after that|anschließend|danach|ensuite|después)[.!]*$/iu

/** "Next week …" begins no second step, and "finally" only closes a sequence that there is. */
const isDay = /^next (?:week|month|year|\p{L}+day)/iu
const isLast = /^(?:finally|lastly|next|enfin|schließlich|finalmente)/i

const isSequence = (pieces: readonly Piece[], words: Words) => pieces.some(({ lead }) => words.first.test(lead.trim()) || /^(?:and )?then\b/i.test(lead.trim()))

/** Which pieces a phrase means: "the draft", "#2", "step 1". */
function namedBy(phrase: string, place: number, pieces: readonly Piece[], titles: readonly string[]): number[] {
  const number = /^\s*(?:#|no\.? ?|nr\.? ?|step |item |task |point )?(\d{1,3}|[a-z])[.)]?\s*$/i.exec(phrase)
  if (number) {
    const at = pieces.findIndex(({ mark }, n) => n !== place && mark.toLowerCase() === (number[1] ?? '').toLowerCase())
    return at >= 0 ? [at] : []
  }
  const wanted = [...new Set(contentOf(phrase))]
  if (wanted.length === 0) return []
  const scores = titles.map((title, n) => {
    const words = new Set(contentOf(title))
    return n === place ? 0 : wanted.filter((word) => words.has(word)).length / wanted.length
  })
  const best = Math.max(...scores)
  const at = scores.indexOf(best)
  return best >= 0.5 && scores.filter((score) => score === best).length === 1 ? [at] : []
}
