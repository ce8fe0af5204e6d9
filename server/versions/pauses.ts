import type { ActorId } from '#lib/board/ids.ts'

/** So long nobody writes, and what was written is worth a version. */
const quietMs = 2 * 60_000
/** Who writes without a pause gets one now and then. */
const longestMs = 20 * 60_000

type Writing = { since: number; last: number; by: ActorId | null }

/** Tells when a text that was written in comes to rest. The caller asks `due` from time to time. */
export function watchPauses(now: () => number) {
  const writing = new Map<string, Writing>()
  return {
    wrote(document: string, by: ActorId | null) {
      const at = now()
      const known = writing.get(document)
      writing.set(document, { since: known?.since ?? at, last: at, by: by ?? known?.by ?? null })
    },

    /** The documents whose moment has come, each told once, with who wrote last. */
    due(): { document: string; by: ActorId | null }[] {
      const at = now()
      const found: { document: string; by: ActorId | null }[] = []
      for (const [document, { since, last, by }] of writing) {
        if (at - last < quietMs && at - since < longestMs) continue
        writing.delete(document)
        found.push({ document, by })
      }
      return found
    },
  }
}
