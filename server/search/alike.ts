import type { DatabaseSync } from 'node:sqlite'
import { distance } from 'fastest-levenshtein'
import { plainLetters } from '#lib/search/plain-letters.ts'

/** What takes longer than this to read takes at most this share of the time. */
const [longMs, shareOfTime] = [20, 100]
/** Shorter ones are not guessed at; nobody types longer ones. */
const [shortest, longest] = [4, 40]
const mostWords = 200_000

type Word = { term: string; often: number }

/** The words that the index has, by their length: read as a whole, since it has no other way to go through them, and kept for a while. */
function vocabulary(database: DatabaseSync) {
  const all = database.prepare(`select term, doc from vocabulary where length(term) between ${shortest - 1} and ${longest} limit ${mostWords}`)
  const changes = database.prepare('pragma data_version')
  const ownChanges = database.prepare('select total_changes() as n')
  let kept: { byLength: Map<number, Word[]>; as: string; until: number } | null = null

  return (length: number): readonly Word[] => {
    const began = performance.now()
    const as = `${Number(changes.get()?.data_version)}/${Number(ownChanges.get()?.n)}`
    if (!kept || (kept.as !== as && began >= kept.until)) {
      const byLength = new Map<number, Word[]>()
      for (const { term, doc } of all.iterate() as Iterable<{ term: string; doc: number }>) {
        const those = byLength.get(term.length)
        if (those) those.push({ term, often: doc })
        else byLength.set(term.length, [{ term, often: doc }])
      }
      const now = performance.now()
      kept = { byLength, as, until: now - began > longMs ? now + (now - began) * shareOfTime : now }
    }
    return kept.byLength.get(length) ?? []
  }
}

/** So many of the nearest words are asked about. */
const mostAsked = 20

/** Finds the word that one was most likely meant to be, of those that `may` be; of those as near, the one that is used most. */
export function alikeFinder(database: DatabaseSync) {
  const wordsOfLength = vocabulary(database)
  return (word: string, may: (found: string) => boolean): string | null => {
    const plain = plainLetters(word)
    const most = plain.length < shortest || plain.length > longest ? 0 : plain.length < 8 ? 1 : 2
    const near: (Word & { far: number })[] = []
    for (let length = plain.length - most; most > 0 && length <= plain.length + most; length++) {
      for (const { term, often } of wordsOfLength(length)) {
        // Two letters that changed places are one slip.
        const far = swapped(plain, term) ? 1 : distance(plain, term)
        if (far <= most) near.push({ term, often, far })
      }
    }
    return near.sort((a, b) => a.far - b.far || b.often - a.often).slice(0, mostAsked).find(({ term }) => may(term))?.term ?? null
  }
}

function swapped(a: string, b: string): boolean {
  if (a.length !== b.length || a === b) return false
  let at = 0
  while (a[at] === b[at]) at++
  return a[at] === b[at + 1] && a[at + 1] === b[at] && a.slice(at + 2) === b.slice(at + 2)
}
