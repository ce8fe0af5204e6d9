import { clipped } from '#lib/wording.ts'

/**
 * What is inside a file, as it is stored. A part is a stretch of Markdown, such as a page, a slide or the whole of a letter, or a
 * table in CSV (comma, quotation marks doubled). `page` counts from 1.
 */
export type TextPart =
  | { kind: 'text'; title: string | null; page: number | null; markdown: string }
  | { kind: 'table'; title: string | null; csv: string }
/** `notes` say, in sentences without a subject, what a reader should know: `has 2 pages without text`. */
export type FileText = { parts: TextPart[]; pages: number | null; notes: string[] }

/** The version of the readers: what an older one read is read again. */
export const textEngine = 1

/** The most that is kept of one file, in characters; what goes beyond is said in a note. */
const mostTextLength = 8 * 1024 * 1024

/** A paragraph or a cell longer than this is none: what comes after is not collected. */
const longestPiece = 1_000_000
export const grown = (text: string, piece: string) => (text.length < longestPiece ? text + piece : text)

/** A file that cannot be read. The message continues a sentence that begins with the file's name: `is protected by a password`. */
export class NoText extends Error {}

/** Counts what was read of a file, and says when it is enough. */
export function textBudget() {
  let left = mostTextLength
  return {
    get full() {
      return left <= 0
    },
    /** As much of the text as there is room for. */
    take(text: string): string {
      const taken = clipped(text, left)
      left -= text.length
      return taken
    },
    notes: () => (left < 0 ? [`was read up to its first ${mostTextLength / 1024 / 1024} million characters`] : []),
  }
}
export type TextBudget = ReturnType<typeof textBudget>

/** Text for those who do not care for its form. */
export const plainText = ({ parts }: FileText): string =>
  parts.map((part) => `${part.title ? `${part.title}\n\n` : ''}${part.kind === 'text' ? part.markdown : part.csv}`).join('\n\n')
