import { readAsk } from './asks.ts'
import type { Piece } from './piece.ts'
import type { Reading } from './reading.ts'
import { isNoise, sentencesOf } from './sentences.ts'

const steps = /^\W*(?:steps to reproduce|how to reproduce|to reproduce|repro(?:duction)?(?: steps)?|schritte zum (?:nachstellen|reproduzieren)|étapes pour reproduire|pasos para reproducir)\W*$/i
const happens = /^\W*(?:actual(?: (?:result|behaviou?r))?|what happens|observed|tatsächlich|résultat obtenu|resultado actual)\s*[:–—-]\s*(.+)$/i
const mark = /^\s*(?:[-*+•]|\d{1,2}[.)])\s+/
const asTitle = (line: string) => line.replace(/^#{1,6}\s+/, '').replace(/\*\*|__/g, '').replace(/^(?:bug|issue|error)\s*[:–—-]\s*/i, '').replace(/[:.\s]+$/, '')

/** How a fault is shown, step by step, is one piece of work, and its steps are no tasks. `null` where the text is no such report. */
export function bugReport(text: string, reading: Reading): Piece | null {
  const lines = text.split('\n')
  const at = lines.findIndex((line) => steps.test(line))
  if (at < 0) return null
  const above = lines.slice(0, at).map((line) => line.trim()).filter((line) => line !== '' && !sentencesOf(line).every(isNoise))
  const after = lines.slice(at + 1)
  const begin = after.findIndex((line) => line.trim() !== '')
  const from = after.slice(Math.max(0, begin))
  const end = from.findIndex((line) => line.trim() === '' || !mark.test(line))
  const last = (end < 0 ? from : from.slice(0, end)).at(-1)?.replace(mark, '').trim() ?? ''
  const actual = lines.flatMap((line) => happens.exec(line)?.[1] ?? []).at(0)?.replace(/[.\s]+$/, '')
  const told = above.find((line) => line.length <= 120)
  const lead = told !== undefined ? asTitle(told) : actual !== undefined ? `${actual}${last === '' ? '' : ` (${last.replace(/[.\s]+$/, '')})`}` : sentencesOf(text).find((line) => readAsk(line, reading).kind === 'trouble') ?? asTitle(lines[at] ?? '')
  const body = lines.filter((line) => line.trim() !== told && !sentencesOf(line).some(isNoise)).join('\n').trim()
  // Where no line says what is wrong, the report is all that there is to say.
  return { lead: told === undefined ? body : lead, ask: { kind: 'trouble', task: lead, who: null }, before: [], details: told === undefined ? [] : [body], good: [], under: [], passage: null, cells: {}, scope: '', mark: '', isNext: false }
}
