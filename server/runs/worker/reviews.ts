import type * as Y from 'yjs'
import type { ActorId } from '#lib/board/ids.ts'
import { readFiles } from '#lib/board/mission-document.ts'
import { quotedFile } from '#lib/board/quote.ts'
import { readReviews } from '#lib/board/review.ts'
import type { RunContext } from '../engine.ts'

/** What reviewers said of earlier runs, with the passages they quoted and where those stand. What was taken back is not heard. */
export function reviewsFor(mission: Y.Doc, nameOf: (id: ActorId) => string): RunContext['reviews'] {
  const names = new Map(readFiles(mission).map(({ id, name }) => [id, name]))
  return readReviews(mission).filter(({ withdrawnAt }) => withdrawnAt === null).map(({ by, verdict, note, quotes, files, createdAt }) => {
    const where = (source: string) => {
      const file = quotedFile(source)
      if (!file) return source === 'description' ? 'the description' : 'the text'
      const name = files.find(({ id }) => id === file.id)?.name ?? names.get(file.id)
      return name ? `“${name}”, version ${file.version}` : 'a file that is gone'
    }
    return { author: nameOf(by), verdict, note, quotes: quotes.map(({ text, source }) => ({ text, where: where(source) })), createdAt }
  })
}
