/** One or two letters that stand for a name; `?` for a name without any. */
export function initials(name: string): string {
  const words = name.split(/[\s.\-_@]+/u).filter((word) => /[\p{L}\p{N}]/u.test(word))
  const first = words[0]
  const last = words.length > 1 ? words.at(-1) : undefined
  return [first, last].map((word) => firstLetter(word ?? '')).join('').toLocaleUpperCase() || '?'
}

const firstLetter = (word: string) => Array.from(word).find((char) => /[\p{L}\p{N}]/u.test(char)) ?? ''
