import * as Y from 'yjs'
import { limits } from '#lib/board/limits.ts'
import { lastEntry } from '#lib/board/run-document.ts'
import { each, refuse, type Rules } from './rule.ts'
import { either, number, optional, text, written } from './value.ts'

const isData = (data: unknown) => typeof data === 'object' && JSON.stringify(data).length <= limits.entryData

const isEntry = (value: unknown) => {
  if (typeof value !== 'object' || value === null) return false
  const { seq, at, kind, text: line, data } = value as Record<string, unknown>
  return number(seq) && number(at) && text(40)(kind) && text(limits.logEntry)(line) && (data === undefined || isData(data))
}

/** `holdsLease` is asked at the moment of the write: a worker that lost its run writes nothing more. */
export const runRules = (runId: string, holdsLease: (runId: string, attempt: number) => boolean): Rules => (actor, run, ops) => {
  if (ops.length === 0) return null
  const lease = actor.kind === 'staff' ? actor.lease : null
  if (lease?.runId !== runId || !holdsLease(runId, lease.attempt)) return refuse('not_allowed', 'Only the worker that holds this run may write its record.')
  let words = 0
  let last = lastEntry(run)?.seq ?? -1
  /** Rows and document are joined by their numbers: one that comes twice would hide another. */
  const isNext = (entry: unknown) => {
    const { seq } = entry as { seq: number }
    const next = seq > last
    last = seq
    return next
  }
  return each(ops, (op) => {
    const [root, key] = op.path
    if (root === 'entries' && op.path.length === 1 && op.kind !== 'set') {
      if (op.kind === 'delete') return refuse('not_allowed', 'Entries of a run log are kept.')
      if (op.content instanceof Y.ContentDeleted) return null
      if (!(op.content instanceof Y.ContentAny) || !op.content.arr.every(isEntry)) return refuse('wrong_value', 'An entry of a run log needs seq, at, kind and text.')
      return op.content.arr.every(isNext) ? null : refuse('wrong_value', `Entries of a run log are numbered upwards; the last one has ${last}.`)
    }
    if (root === 'draft' && op.path.length === 1 && op.kind !== 'set') {
      if (op.kind === 'delete' || op.content instanceof Y.ContentDeleted) return null
      if (!(op.content instanceof Y.ContentString)) return refuse('wrong_value', 'A draft is plain text.')
      words += op.content.str.length
      return run.getText('draft').length + words <= limits.draft ? null : refuse('wrong_value', `A draft has at most ${limits.draft} characters.`)
    }
    if (root === 'state' && op.path.length === 2 && typeof key === 'string' && op.kind !== 'insert') {
      const value = written(op)
      return value.kind === 'gone' || (value.kind === 'plain' && value.values.every(optional(either(number, text(limits.title)))))
        ? null : refuse('wrong_value', 'A run state takes numbers and short texts.')
    }
    return refuse('unknown_field', `A run has no "${String(root).slice(0, 40)}".`)
  })
}
