import type { Proposal } from '#lib/board/proposal.ts'
import type { Refinable, Refined } from '#lib/board/proposal-changes.ts'
import type { IntakeRequest } from '../intake.ts'
import type { DescriptionEdit } from './text-changes.ts'

/** An answer that was not taken up yet; `by` is a name. */
export type GivenAnswer = { id: string; question: string; choices: readonly string[]; answer: string; by: string }

/** What people answered about a proposal that is open, with all that may be known for it. */
export type RefineQuestion = {
  proposal: Proposal
  /** Markdown. */
  description: string
  answers: readonly GivenAnswer[]
  /** What people chose: it stays as it is. */
  chosen: ReadonlySet<Refinable>
  known: Pick<IntakeRequest, 'people' | 'staff' | 'projects' | 'now' | 'timeZone'>
  /** Why something of it cannot be done, in words for whoever proposes it. */
  check: (refinement: Refinement) => Promise<string | null>
  signal: AbortSignal
}

/** What answers change. */
export type Refinement = { /** What found it: `offline`, or a model's name. */ engine: string; fields: Refined; edits: readonly DescriptionEdit[] }
