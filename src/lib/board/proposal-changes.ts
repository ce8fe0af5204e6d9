import * as Y from 'yjs'
import { instant } from './board-document.ts'
import { isId, type ActorId } from './ids.ts'
import type { Proposal } from './proposal.ts'

/** What the COO may change in a proposal that is open. */
export const refinable = ['title', 'assigneeId', 'projectId', 'priority', 'dueOn', 'size'] as const
export type Refinable = (typeof refinable)[number]
/** What an answer about a template's field may change. */
export const changeable = [...refinable, 'labels', 'autoRun'] as const
export type Changeable = (typeof changeable)[number]
export type Refined = Partial<Pick<Proposal, Refinable | 'why'>>

/** What the COO changed in an open proposal, because of answers. */
export type CooChange = {
  id: string
  at: number
  /** What made it: `offline`, or a model's name. */
  engine: string
  /** The questions whose answers led to it. */
  because: readonly string[]
  /** As they were, and as the COO made them. */
  fields: Partial<Record<Changeable, { from: unknown; to: unknown }>>
  /** Words that it wrote into the description and took out of it, as Markdown. */
  added: string
  removed: string
  /** When it was taken back; by the COO itself, where an answer was another one later. */
  undoneAt: number | null
  undoneBy: ActorId | null
}

export const changeField = (id: string) => `change_${id}`
export const isChangeField = (field: string) => field.startsWith('change_') || field.startsWith('taken_')
/** Notes, beside a question, which answer to it the COO took up: the id of the item that holds it. */
export const takenField = (questionId: string) => `taken_${questionId}`

const text = (value: unknown) => (typeof value === 'string' ? value : '')
const record = (value: unknown) => (typeof value === 'object' && value !== null && !Array.isArray(value) ? value as Record<string, unknown> : {})

function readFields(value: unknown): CooChange['fields'] {
  const given = record(value)
  return Object.fromEntries(changeable.flatMap((field) => (Object.hasOwn(given, field) ? [[field, { from: record(given[field]).from ?? null, to: record(given[field]).to ?? null }]] : [])))
}

/** Oldest first. */
export const readChanges = (proposal: Y.Map<unknown>): CooChange[] =>
  [...proposal.entries()].flatMap(([key, value]): CooChange[] => {
    if (!key.startsWith('change_')) return []
    const { at, engine, because, fields, added, removed, undoneAt, undoneBy } = record(value)
    return [{
      id: key.slice('change_'.length), at: instant(at) ?? 0, engine: text(engine), because: Array.isArray(because) ? because.filter(isId) : [], fields: readFields(fields),
      added: text(added), removed: text(removed), undoneAt: instant(undoneAt), undoneBy: isId(undoneBy) ? undoneBy as ActorId : null,
    }]
  }).sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1))
