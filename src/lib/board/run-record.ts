import type { ActorId, AskId, CommentId, RoutineId, RunId } from './ids.ts'

/**
 * Why a run ended or waits, for programs; people read its `reason`. '' is a run that goes well, or went well.
 *
 * - `cancelled`, `stopped`: by a person; by the button that stops all.
 * - `mission_over`: the mission was deleted, archived, done or given to somebody else.
 * - `question`, `approval`: it waits for a person.
 * - `worker_lost`: its workers fell silent too often. `worker_failed`: its worker gave up with an error of its own.
 * - `turns`, `minutes`, `tokens`, `money`: a bound of the run; `month_money`, `month_runs`: of the staff member's month.
 * - `engine_refused`: the model's provider said no (401, 403, 400); `engine_unreachable`: it did not answer, or broke off too often;
 *   `engine_answer`: what it answered could not be used.
 * - `no_engine`: no key or model is set. `no_room`: what it made could not be stored.
 */
export const runCodes = [
  '', 'cancelled', 'stopped', 'mission_over', 'question', 'approval', 'worker_lost', 'worker_failed', 'turns', 'minutes', 'tokens', 'money', 'month_money',
  'month_runs', 'engine_refused', 'engine_unreachable', 'engine_answer', 'no_engine', 'no_room',
] as const
export type RunCode = (typeof runCodes)[number]

/** What started a run. */
export type Cause =
  | { kind: 'person'; id: ActorId }
  | { kind: 'auto_run' }
  /** A comment that mentions the staff member, by `by`, on the run's mission. */
  | { kind: 'mention'; commentId: CommentId; by: ActorId }
  | { kind: 'hand_over'; from: ActorId; runId: RunId; note: string }
  | { kind: 'retry'; id: ActorId; runId: RunId }
  /** By itself, for the mission that it made; `name` as it was then. */
  | { kind: 'routine'; id: RoutineId; name: string }

/** The staff and runs that led to a run, oldest first, itself not included. */
export type Chain = readonly { runId: RunId; staffId: ActorId }[]

export type AskKind = 'question' | 'approval'
/** Of an approval: for this call alone, for this tool in this run, for this tool from now on, or not at all. */
export const askVerdicts = ['once', 'run', 'always', 'declined'] as const
export type AskVerdict = (typeof askVerdicts)[number]

/**
 * What a run asked people. A question may offer `choices`; an approval says which `tool` would be called with which `args` (JSON).
 * `answer` are a person's words: the answer, or why not.
 */
export type Ask = {
  id: AskId
  runId: RunId
  /** The model's id of the call that asks. */
  key: string
  kind: AskKind
  question: string
  choices: readonly string[]
  tool: string
  args: string
  askedAt: number
  answeredAt: number | null
  answeredBy: ActorId | null
  answer: string | null
  verdict: AskVerdict | null
}

/** Tokens as the provider counts them; `micros` in millionths of a dollar, `null` where no price is known. */
export type Usage = { turns: number; inputTokens: number; outputTokens: number; micros: number | null }

/** In dollars for a million tokens. */
export type Price = { input: number; output: number }

/** What stands beside the words of an entry of a run's log. */
export type EntryData =
  | { of: 'call'; call: string; tool: string; args: string }
  | { of: 'result'; call: string; tool: string; ok: boolean; result: string; ms: number; micros?: number }
  | { of: 'usage'; model: string; inputTokens: number; outputTokens: number; micros: number | null; ms: number; firstMs: number | null }
  | { of: 'ask'; askId: string; kind: AskKind }
