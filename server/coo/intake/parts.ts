import { readAsk, type Ask } from './asks.ts'
import type { Item } from './blocks.ts'
import { firstLine } from './piece.ts'
import type { Reading } from './reading.ts'
import { announces, contains } from './sections.ts'
import { tokensOf } from './tokens.ts'

/** A request whose list says what is in the one thing that it asks for: "a plan that covers: …". */
export function listsParts(sentence: string, ask: Ask, items: readonly Item[], reading: Reading): boolean {
  const tasks = items.filter(({ text: item }) => {
    const own = readAsk(firstLine(item), reading)
    return own.kind === 'order' || own.kind === 'trouble'
  }).length
  if (contains.test(sentence.replace(/:\s*$/, '')) && !/\b(?:following|these) (?:things|tasks|points|items)\b/i.test(sentence)) return tasks < items.length || ask.kind === 'want' || contains.test(sentence)
  if (announces.test(sentence)) return false
  return tasks < items.length * 0.4 && tokensOf(ask.task).length >= 2
}

/** Sub-items, as Markdown; those that say what a good result has apart. */
export function splitGood(items: readonly Item[], { words }: Reading): { good: string[]; rest: string[] } {
  const good: string[] = []
  const rest: string[] = []
  const write = (list: readonly Item[], depth: number): string[] => list.flatMap((item) =>
    [`${'  '.repeat(depth)}- ${item.done === null ? '' : item.done ? '[x] ' : '[ ] '}${item.text.replaceAll('\n', ' ')}`, ...write(item.items, depth + 1)])
  const lines: string[] = []
  for (const item of items) {
    if (words.good.test(item.text) && item.items.length === 0) good.push(item.text)
    else lines.push(...write([item], 0))
  }
  if (lines.length > 0) rest.push(lines.join('\n'))
  return { good, rest }
}
