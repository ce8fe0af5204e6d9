import type { Ask } from './asks.ts'

/** What the cells of a row say beside the task. */
export type Cells = { who?: string; due?: string; priority?: string; project?: string; size?: string; after?: string }

/** Words of a request that are one piece of work. `lead` names it; `details` are Markdown, a line or a paragraph each. */
export type Piece = {
  lead: string
  ask: Ask
  details: string[]
  /** What a good result has, where the request says it. */
  good: string[]
  /** What was told before it, in the same paragraph or above. */
  before: string[]
  /** Titles and introductions that it stands under, the outermost first. */
  under: readonly string[]
  /** The larger passage that it was cut out of. */
  passage: string | null
  cells: Cells
  /** What stands before the tasks of its sentence and holds for all of them: "For the fair, …". */
  scope: string
  /** Its number or letter in the list. */
  mark: string
  /** Comes after the piece before it, as the list says. */
  isNext: boolean
}

export type LeftOut = { text: string; why: 'tells' | 'done' | 'asks' | 'forbids' }
export type Split = { pieces: Piece[]; leftOut: LeftOut[]; /** Notes of a meeting. */ isNotes: boolean }

export const firstLine = (text: string) => text.split('\n')[0] ?? ''
