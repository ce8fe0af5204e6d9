import * as Y from 'yjs'
import { isId } from '#lib/board/ids.ts'
import { limits } from '#lib/board/limits.ts'
import { filesOf } from '#lib/board/mission-document.ts'
import { can } from '#lib/board/policy.ts'
import { isQuote } from '#lib/board/quote.ts'
import { verdicts, type JudgedFile } from '#lib/board/review.ts'
import { judgeRecords, type Records } from './records.ts'
import { each, refuse, type Rules } from './rule.ts'
import { id, instant, listOf, oneOf, optional, text, written } from './value.ts'

const isJudgedFile = (value: unknown): value is JudgedFile => {
  if (typeof value !== 'object' || value === null || Object.keys(value).length !== 4) return false
  const { id, version, hash, name } = value as Record<string, unknown>
  return isId(id) && Number.isInteger(version) && (version as number) > 0 && text(128)(hash) && text(limits.title)(name)
}

const reviews: Records = {
  name: 'review',
  author: 'by',
  authorRequired: true,
  fields: {
    by: id,
    verdict: oneOf(verdicts),
    note: text(limits.note),
    quotes: optional(listOf(isQuote, limits.quotes)),
    files: optional(listOf(isJudgedFile, limits.judgedFiles)),
    runId: optional(id),
    createdAt: instant,
  },
  mayCreate: (actor) => can(actor, 'review', { kind: 'mission', workspaceId: actor.workspaceId }),
  // A verdict is a record: a second opinion is a second review, and what takes one back the server adds to it.
  mayEdit: () => false,
  mayDelete: () => false,
}

const versionsOf = (entry: unknown): { version: unknown; hash: unknown }[] => {
  const fields = entry instanceof Y.Map ? entry.toJSON() : typeof entry === 'object' && entry !== null ? entry as Record<string, unknown> : null
  if (!fields) return []
  const { version, hash, versions } = fields as Record<string, unknown>
  return [{ version, hash }, ...(Array.isArray(versions) ? versions as { version: unknown; hash: unknown }[] : [])]
}

/** A version that the mission has is named with the content it has. A file that is gone by now may be named: it was there when it was judged. */
const namesFalsely = (mission: Y.Doc, file: JudgedFile) =>
  versionsOf(filesOf(mission).get(file.id)).some(({ version, hash }) => version === file.version && hash !== file.hash)

export const judgeReviews: Rules = (actor, mission, ops) =>
  judgeRecords('reviews', reviews, actor, mission, ops)
  ?? each(ops.filter(({ path }) => path[0] === 'reviews' && path[2] === 'files'), (op) => {
    const value = written(op)
    const files = value.kind === 'plain' ? value.values.flatMap((list) => (Array.isArray(list) ? list as JudgedFile[] : [])) : []
    return files.some((file) => namesFalsely(mission, file)) ? refuse('wrong_value', 'A review names a version of a file with a content that it does not have.') : null
  })
