import * as Y from 'yjs'
import { isId } from '#lib/board/ids.ts'
import type { Actor } from '#lib/board/policy.ts'
import type { Op } from '../resolve-update.ts'
import { each, refuse, type Refusal } from './rule.ts'
import { written, type Check } from './value.ts'

/** A root map of records: id → map of plain fields. */
export type Records = {
  /** What a record is called in a message to a person. */
  name: string
  fields: Record<string, Check>
  /** The field that names who made the record: only oneself may be named there, and nobody changes it afterwards. */
  author?: string
  /** How many of them a document may hold. */
  most?: number
  /** The author has to be named when the record is made. */
  authorRequired?: boolean
  /** Fields that are not its author's alone. `naming` is the one among them that says who wrote them: oneself, or nobody. */
  common?: { fields: readonly string[]; naming: string; mayWrite: (actor: Actor) => boolean }
  mayCreate: (actor: Actor) => boolean
  /** `author`: who made the record, as far as it is known. */
  mayEdit: (actor: Actor, author: unknown) => boolean
  mayDelete: (actor: Actor, author: unknown) => boolean
}

const shown = (key: unknown) => String(key).slice(0, 40)

/** Judges the ops below one root of records; ops of other roots are not its business. */
export function judgeRecords(root: string, records: Records, actor: Actor, doc: Y.Doc, ops: readonly Op[]): Refusal | null {
  const own = ops.filter((op) => op.path[0] === root)
  if (own.length === 0) return null
  const map = doc.getMap<unknown>(root)
  const made = new Set<string>()
  const deleted = new Set<string>()
  const named = new Map<string, readonly unknown[]>()
  for (const op of own) {
    const key = op.path[1]
    if (typeof key !== 'string') continue
    const value = written(op)
    if (op.path.length === 2 && value.kind === 'map') made.add(key)
    if (op.path.length === 2 && value.kind === 'gone' && map.has(key)) deleted.add(key)
    if (op.path.length === 3 && op.path[2] === records.author && value.kind === 'plain') named.set(key, [...named.get(key) ?? [], ...value.values])
  }
  const authorOf = (key: string) => {
    const live = map.get(key)
    return live instanceof Y.Map ? live.get(records.author ?? '') : undefined
  }

  const refusal = each(own, (op) => {
    const [, key, field] = op.path
    if (op.path.length > 3 || typeof key !== 'string' || op.kind === 'insert') return refuse('wrong_value', `A ${records.name} holds plain values only.`)
    if (!isId(key)) return refuse('wrong_value', `"${shown(key)}" cannot be the id of a ${records.name}.`)
    const value = written(op)
    if (op.path.length === 2) {
      const exists = map.has(key)
      if (value.kind === 'gone') {
        return !exists || records.mayDelete(actor, authorOf(key)) ? null : refuse('not_allowed', `You may not delete this ${records.name}.`)
      }
      if (value.kind !== 'map') return refuse('wrong_value', `A ${records.name} must be a map of its fields.`)
      if (!records.mayCreate(actor)) return refuse('not_allowed', `You may not add a ${records.name}.`)
      return exists && !records.mayDelete(actor, authorOf(key)) ? refuse('not_allowed', `You may not replace this ${records.name}.`) : null
    }
    const check = Object.hasOwn(records.fields, field as string) ? records.fields[field as string] : undefined
    if (!check) return refuse('unknown_field', `"${shown(field)}" is not a field of a ${records.name}.`)
    if (value.kind === 'plain' && !value.values.every(check)) return refuse('wrong_value', `The field "${field}" of a ${records.name} does not take this value.`)
    if (value.kind === 'map' || value.kind === 'other') return refuse('wrong_value', `The field "${field}" of a ${records.name} takes a plain value.`)
    if (records.common?.fields.includes(field as string)) {
      if (field === records.common.naming && value.kind === 'plain' && !value.values.every((named) => named === null || named === actor.id)) {
        return refuse('forged_author', `Only you yourself can be named in "${field}".`)
      }
      if (records.common.mayWrite(actor)) return null
    }
    // The fields of a record that goes, such as when its making is undone, go with it: that is judged above.
    if (made.has(key) || (deleted.has(key) && value.kind === 'gone')) return null
    if (field === records.author && map.has(key)) {
      return value.kind === 'plain' && value.values.every((author) => author === authorOf(key)) ? null : refuse('forged_author', `Who made a ${records.name} cannot be changed.`)
    }
    return records.mayEdit(actor, authorOf(key)) ? null : refuse('not_allowed', `You may not change this ${records.name}.`)
  })
  if (refusal) return refusal
  if (records.most !== undefined && made.size > 0 && map.size + made.size > records.most) {
    return refuse('not_allowed', `There are ${records.most} ${records.name}s already, which is the most there may be.`)
  }
  if (!records.author) return null

  for (const [key, authors] of named) {
    if (made.has(key) && !authors.every((author) => author === actor.id || author === null)) return refuse('forged_author')
  }
  if (records.authorRequired) {
    for (const key of made) {
      if (!named.get(key)?.every((author) => author === actor.id)) return refuse('forged_author', `A ${records.name} has to name you as its author in "${records.author}".`)
    }
  }
  return null
}
