/** A text in pieces, those that were sought apart from the rest. */
export function markWords(text: string, words: string): { text: string; found: boolean }[] {
  const sought = words.split(/\s+/).filter(Boolean)
  if (sought.length === 0) return [{ text, found: false }]
  const any = new RegExp(`(${sought.map((word) => word.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|')})`, 'giu')
  return text.split(any).map((piece, at) => ({ text: piece, found: at % 2 === 1 })).filter((piece) => piece.text !== '')
}
