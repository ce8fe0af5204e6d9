/** How many words a text has; in languages without spaces, how many runs of letters. */
const wordsOf = (text: string) => text.match(/[\p{L}\p{N}][\p{L}\p{N}\p{M}'’_-]*/gu) ?? []

export const countWords = (text: string): number => wordsOf(text).length

/** How many words came and went between two texts, wherever they stand: one that was only moved did neither. */
export function wordChanges(before: string, after: string): { added: number; removed: number } {
  const left = new Map<string, number>()
  for (const word of wordsOf(before)) left.set(word, (left.get(word) ?? 0) + 1)
  let added = 0
  for (const word of wordsOf(after)) {
    const count = left.get(word) ?? 0
    if (count === 0) added += 1
    else left.set(word, count - 1)
  }
  return { added, removed: [...left.values()].reduce((sum, count) => sum + count, 0) }
}
