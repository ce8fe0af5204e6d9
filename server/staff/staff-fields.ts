import type { Updateable } from 'kysely'
import { autonomies, staffEngines, staffLimits } from '#lib/board/staff.ts'
import { isToolName } from '#lib/board/tools.ts'
import { readStaffLook, writeStaffLook } from '#lib/ui/staff-look.ts'
import { refuse, type Refusal } from '../auth/refusal.ts'
import type { Tables } from '../store/tables.ts'

export type StaffValues = Updateable<Tables['staff']>

type Read<Value> = { ok: true; value: Value } | Refusal
const read = <Value>(value: Value): Read<Value> => ({ ok: true, value })

const controlCharacters = /[\p{Cc}\p{Zl}\p{Zp}]/u
const mostTools = 300
/** A thousand dollars a run and a million a month are slips of the hand. */
const mostMicros = { perRun: 1_000_000_000, perMonth: 1_000_000_000_000 }
const mostMonthRuns = 1_000_000

function line(value: unknown, what: string, field: string, longest: number, shortest = 0): Read<string> {
  if (typeof value !== 'string') return refuse('invalid', `${what} must be a text.`, field)
  const text = value.trim()
  if (text.length < shortest) return refuse('invalid', `${what} is missing.`, field)
  if (text.length > longest) return refuse('invalid', `${what} may have at most ${longest} characters; this has ${text.length}.`, field)
  if (controlCharacters.test(text)) return refuse('invalid', `${what} must be on one line, without control characters.`, field)
  return read(text)
}

/** A colour, a sign or both, as `teal chart`. */
function look(value: unknown): Read<string | null> {
  const known = typeof value === 'string' && value !== '' && writeStaffLook(readStaffLook(value)) === value
  return value === null || known ? read(value as string | null) : refuse('invalid', 'The picture must be a colour, a sign, or both, such as “teal chart”.', 'avatar')
}

function oneOf<Value extends string>(value: unknown, values: readonly Value[], field: string): Read<Value> {
  const known = values.find((candidate) => candidate === value)
  return known === undefined ? refuse('invalid', `"${field}" must be one of ${values.join(', ')}.`, field) : read(known)
}

function count(value: unknown, what: string, field: string, most: number, least = 1): Read<number> {
  if (typeof value !== 'number' || !Number.isInteger(value) || value < least || value > most) {
    return refuse('invalid', `${what} must be a whole number from ${least.toLocaleString('en')} to ${most.toLocaleString('en')}.`, field)
  }
  return read(value)
}

const countOrNone = (value: unknown, ...rest: [string, string, number, number?]): Read<number | null> => (value === null ? read(null) : count(value, ...rest))

const isFields = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)

/** A list without doubles; each a tool of ours, or one of a server that the workspace has. */
function tools(value: unknown, servers: readonly string[], field: string): Read<string> {
  if (!Array.isArray(value) || value.length > mostTools) return refuse('invalid', `"${field}" must be a list of at most ${mostTools} tools.`, field)
  for (const name of value) {
    if (typeof name !== 'string') return refuse('invalid', `"${field}" must be a list of names of tools.`, field)
    const [server = '', tool = ''] = [name.slice(0, name.indexOf('/')), name.slice(name.indexOf('/') + 1)]
    const isKnown = name.includes('/') ? servers.includes(server) && tool !== '' && tool.length <= 200 : isToolName(name)
    if (!isKnown) return refuse('invalid', name.includes('/') && tool !== '' ? `There is no tool server called “${server}”.` : `There is no tool called “${name}”.`, field)
  }
  return read(JSON.stringify([...new Set(value as string[])]))
}

/** What somebody wants a staff member to be, as columns. What is left out is left out. `servers`: names of the workspace's tool servers. */
export function readStaffFields(fields: Readonly<Record<string, unknown>>, servers: readonly string[]): { ok: true; values: StaffValues } | Refusal {
  const values: StaffValues = {}
  const readers: Readonly<Record<string, (value: unknown) => Refusal | { ok: true }>> = {
    name: (value) => keep(line(value, 'The name', 'name', staffLimits.name, 1), (name) => ({ name })),
    role: (value) => keep(line(value, 'The role', 'role', staffLimits.role), (role) => ({ role })),
    avatar: (value) => keep(look(value), (avatar) => ({ avatar })),
    instructions: (value) => keep(longText(value), (instructions) => ({ instructions })),
    engine: (value) => keep(oneOf(value, staffEngines, 'engine'), (engine) => ({ engine })),
    model: (value) => keep(line(value, 'The model', 'model', staffLimits.model), (model) => ({ model })),
    tools: (value) => keep(tools(value, servers, 'tools'), (list) => ({ tools: list })),
    alwaysAllowed: (value) => keep(tools(value, servers, 'alwaysAllowed'), (list) => ({ always_allowed: list })),
    autonomy: (value) => keep(oneOf(value, autonomies, 'autonomy'), (autonomy) => ({ autonomy })),
    concurrency: (value) => keep(count(value, 'How many runs go on at once', 'concurrency', staffLimits.concurrency), (concurrency) => ({ concurrency })),
    perRun: (value) => within(value, 'perRun', {
      turns: (turns) => keep(count(turns, 'Turns per run', 'perRun.turns', staffLimits.turns), (most_turns) => ({ most_turns })),
      minutes: (minutes) => keep(count(minutes, 'Minutes per run', 'perRun.minutes', staffLimits.minutes), (most_minutes) => ({ most_minutes })),
      tokens: (tokens) => keep(count(tokens, 'Tokens per run', 'perRun.tokens', staffLimits.tokens), (most_tokens) => ({ most_tokens })),
      micros: (micros) => keep(countOrNone(micros, 'Money per run, in millionths of a dollar,', 'perRun.micros', mostMicros.perRun), (most_micros) => ({ most_micros })),
    }),
    perMonth: (value) => within(value, 'perMonth', {
      runs: (runs) => keep(countOrNone(runs, 'Runs a month', 'perMonth.runs', mostMonthRuns), (month_runs) => ({ month_runs })),
      micros: (micros) => keep(countOrNone(micros, 'Money a month, in millionths of a dollar,', 'perMonth.micros', mostMicros.perMonth), (month_micros) => ({ month_micros })),
    }),
  }

  function keep<Value>(found: Read<Value>, columns: (value: Value) => StaffValues): Refusal | { ok: true } {
    if (found.ok) Object.assign(values, columns(found.value))
    return found.ok ? { ok: true } : found
  }

  function within(value: unknown, field: string, parts: Readonly<Record<string, (value: unknown) => Refusal | { ok: true }>>): Refusal | { ok: true } {
    if (!isFields(value)) return refuse('invalid', `"${field}" must be an object with ${Object.keys(parts).join(', ')}.`, field)
    return readAll(value, parts, `${field}.`)
  }

  const outcome = readAll(fields, readers)
  return outcome.ok ? { ok: true, values } : outcome
}

/** Each field by its reader; a name that nobody reads is said, since somebody meant something by it. */
function readAll(fields: Readonly<Record<string, unknown>>, readers: Readonly<Record<string, (value: unknown) => Refusal | { ok: true }>>, prefix = ''): Refusal | { ok: true } {
  for (const [name, value] of Object.entries(fields)) {
    if (value === undefined) continue
    const reader = Object.hasOwn(readers, name) ? readers[name] : undefined
    const outcome = reader ? reader(value) : refuse('invalid', `A staff member has no "${prefix}${name}".`, `${prefix}${name}`)
    if (!outcome.ok) return outcome
  }
  return { ok: true }
}

function longText(value: unknown): Read<string> {
  const longest = staffLimits.instructions
  if (typeof value !== 'string') return refuse('invalid', 'The instructions must be a text.', 'instructions')
  if (value.length > longest) return refuse('invalid', `The instructions may have at most ${longest.toLocaleString('en')} characters; these have ${value.length.toLocaleString('en')}.`, 'instructions')
  return read(value)
}
