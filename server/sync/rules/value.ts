import * as Y from 'yjs'
import { isId } from '#lib/board/ids.ts'
import { isQuote } from '#lib/board/quote.ts'
import type { Op } from '../resolve-update.ts'

/**
 * What an op writes, as far as a rule can see it. `gone`: overwritten or deleted before it reached the server. `values`: the one
 * that is to stand, and before it those that it replaced already: a client that keeps what it could undo sends them along.
 */
export type Written =
  | { kind: 'plain'; values: readonly unknown[] }
  | { kind: 'map' } | { kind: 'other' } | { kind: 'gone' }

export function written({ kind, content }: Op): Written {
  if (kind === 'delete' || content instanceof Y.ContentDeleted) return { kind: 'gone' }
  if (content instanceof Y.ContentAny) return { kind: 'plain', values: content.arr }
  // Not an XmlHook, which is a kind of map to JavaScript.
  if (content instanceof Y.ContentType && content.type.constructor === Y.Map) return { kind: 'map' }
  return { kind: 'other' }
}

export type Check = (value: unknown) => boolean

export const text = (longest: number): Check => (value) => typeof value === 'string' && value.length <= longest
export const boolean: Check = (value) => typeof value === 'boolean'
export const id: Check = isId
/** Epoch milliseconds, or ISO 8601 as agents in other languages write it. */
export const instant: Check = (value) =>
  (typeof value === 'number' && Number.isFinite(value)) || (typeof value === 'string' && value.length <= 40 && Number.isFinite(Date.parse(value)))
export const number: Check = (value) => typeof value === 'number' && Number.isFinite(value)
export const oneOf = (values: readonly string[]): Check => (value) => typeof value === 'string' && values.includes(value)
export const listOf = (item: Check, longest: number): Check => (value) =>
  Array.isArray(value) && value.length <= longest && value.every(item)
/** A quoted passage, see `Quote`. */
export const quote: Check = isQuote
export const nothing: Check = (value) => value === null
export const either = (...checks: Check[]): Check => (value) => checks.some((check) => check(value))
export const optional = (check: Check) => either(nothing, check)
