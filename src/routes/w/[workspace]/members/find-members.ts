import { plainLetters } from '#lib/search/plain-letters.ts'

/** From so many on it is quicker to type a name than to look for it. */
export const manyMembers = 8

/** Those whose name or address has every word that is sought, in whatever spelling of its accents. */
export function findMembers<Member extends { name: string; email: string | null }>(members: readonly Member[], sought: string): readonly Member[] {
  const words = plainLetters(sought).split(/\s+/).filter(Boolean)
  if (words.length === 0) return members
  return members.filter(({ name, email }) => {
    const text = plainLetters(`${name} ${email ?? ''}`)
    return words.every((word) => text.includes(word))
  })
}
