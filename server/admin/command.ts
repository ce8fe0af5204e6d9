import type { Refusal } from '../auth/refusal.ts'
import { UserError } from '../user-error.ts'

/** A command that could not do what it was asked. `code` is for scripts, the message for people. */
export class Failure extends UserError {
  code: string
  constructor(code: string, message: string) {
    super(message)
    this.code = code
  }
}

/** The outcome of what an administrator asked for, or a Failure in its own words. */
export function granted<Done extends { ok: true }>(outcome: Done | Refusal): Done {
  if (outcome.ok) return outcome
  throw new Failure(outcome.code, outcome.message)
}

/** A flag that was given reads `yes`. */
export type Options = Readonly<Record<string, string>>

export type Outcome = {
  /** What `--json` prints. */
  json: Record<string, unknown>
  /** What people read. */
  text: string
  /** Absent: all is well. */
  exitCode?: 1
}

export type Command = {
  summary: string
  /** Option → what it is; all are required but those in `optional`. */
  options: Readonly<Record<string, string>>
  optional?: readonly string[]
  /** Options without a value → what they say. */
  flags?: Readonly<Record<string, string>>
  /** `address`: where people reach the server. */
  run: (options: Options, dataDir: string, address: () => string) => Promise<Outcome>
}

/** Reads an option that has a closed set of values. */
export function choice<Value extends string>(options: Options, name: string, values: readonly Value[]): Value {
  const chosen = values.find((value) => value === options[name])
  if (!chosen) throw new Failure('usage', `--${name} is "${options[name]}", but must be one of ${values.join(', ')}.`)
  return chosen
}
