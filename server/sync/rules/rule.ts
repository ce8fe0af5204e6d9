import type * as Y from 'yjs'
import type { Actor } from '#lib/board/policy.ts'
import { refusals, type RefusalCode } from '#lib/sync/close-reasons.ts'
import type { Op } from '../resolve-update.ts'

/** A client's update breaks a rule; `reason` is what the client is told. */
export type Refusal = { code: RefusalCode; message: string }

export const refuse = (code: RefusalCode, message: string = refusals[code]): Refusal => ({ code, message })

/**
 * Judges what a client's update does to a document of one kind; `null` lets it pass.
 * `doc` is the document before the update, and is only read.
 */
export type Rules = (actor: Actor, doc: Y.Doc, ops: readonly Op[]) => Refusal | null

/** The first refusal over all ops, or `null`. */
export function each(ops: readonly Op[], judge: (op: Op) => Refusal | null): Refusal | null {
  for (const op of ops) {
    const refusal = judge(op)
    if (refusal) return refusal
  }
  return null
}
