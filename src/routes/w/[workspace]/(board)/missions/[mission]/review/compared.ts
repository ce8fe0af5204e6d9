import type { Produced } from '#lib/board/review.ts'
import { contentUrl } from '../../../../files/file-look.ts'
import { readText } from '../../../../files/read-content.ts'

type Texts = { ok: true; before: string; after: string } | { ok: false; message: string }

/** Two states of one text that can be looked at side by side. */
export type Compared = {
  title: string
  labels: { before: string; after: string }
  read: (signal: AbortSignal) => Promise<Texts>
}

const mostBytes = 1_000_000

export function compareFiles(before: Produced, after: Produced, labels: Compared['labels']): Compared {
  return {
    title: after.name,
    labels,
    async read(signal) {
      const [was, is] = await Promise.all([readText(contentUrl(before), mostBytes, signal), readText(contentUrl(after), mostBytes, signal)])
      if (!was.ok) return was
      if (!is.ok) return is
      if (was.cut || is.cut) return { ok: false, message: 'These files are too large to be compared here. Download both to compare them.' }
      return { ok: true, before: was.text, after: is.text }
    },
  }
}

export const compareTexts = (title: string, before: string, after: string, labels: Compared['labels']): Compared =>
  ({ title, labels, read: async () => ({ ok: true, before, after }) })
