import type { World } from '#lib/templates/fill.ts'
import type { Template } from '#lib/templates/template.ts'
import type { ActorId } from '#lib/board/ids.ts'
import type { OfferKind } from '#lib/board/offer.ts'
import type { Proposal } from '#lib/board/proposal.ts'
import type { SearchKind } from '#lib/search/query.ts'
import type { IntakeProposal, IntakeRequest } from './intake.ts'
import type { NewOffer } from './offers/what-to-offer.ts'
import type { Refinement, RefineQuestion } from './refine/refinement.ts'

/** What was said before in a chat; `who` is a name. */
export type Said = { who: string; coo: boolean; body: string }

/** What the COO is asked, with all that it may know. */
export type CooQuestion = {
  request: IntakeRequest
  /** Oldest first; the request is not among them. */
  before: readonly Said[]
  /** Proposals of this chat that nobody has decided about yet. */
  open: readonly Pick<Proposal, 'title' | 'questions'>[]
  /** What it offered to set up in other chats of the workspace. */
  offered: ReadonlySet<OfferKind>
  /** The workspace as it stands, as lines of Markdown for whoever reads: what is on the board, who works on what. */
  board: readonly BoardLine[]
  /** What missions may be made from, and what their fields can be filled in with. */
  templates: readonly Template[]
  world: World
  /** How the work of each staff member went, as sentences. */
  records: () => Promise<readonly { id: ActorId; name: string; words: string }[]>
  /** What happened last, newest first, as Markdown. */
  recent: () => Promise<readonly { at: number; words: string }[]>
  search: (words: string) => Promise<readonly { title: string; reference: string; excerpt: string; kind: SearchKind }[]>
  signal: AbortSignal
}

export type BoardLine = {
  reference: string; title: string; status: string; assignee: string; project: string; dueOn: string | null
  /** The newest run: its state and latest words; '' without one. */
  run: string; runLine: string
  since: number
}

/** `offers`: what a model would set up in an empty workspace; without them rules say it. `told`: what rules took as news, and a person may want a mission of. */
export type CooAnswer = { proposals: readonly IntakeProposal[]; offers?: readonly NewOffer[]; told?: readonly string[] }

/** What answers in chat. `say` is called with further words; what was said stands, also when it fails then with words for people. */
export type CooEngine = {
  /** `offline`, or the model's name. */
  readonly name: string
  /** Each answer takes what happened last and how everybody's work went: it is worth reading before somebody asks. */
  readonly readsAll: boolean
  /** Somebody begins to write to it. Never fails: what cannot be got ready is done when it is asked. */
  prepare(): Promise<void>
  answer(question: CooQuestion, say: (words: string) => void): Promise<CooAnswer>
  /** What answers change in a proposal. Those that were given at the same time are taken up together, where `together`. */
  refine(question: RefineQuestion): Promise<Refinement>
  readonly together: boolean
}

/** Fails with words that people read. */
export class CooFailed extends Error {}
