import { staffLimits, type Autonomy, type Staff, type StaffEngine } from '#lib/board/staff.ts'
import type { StaffFields } from '../staff-calls.ts'

/** A staff member as the form has it: numbers as they are typed, '' for no bound, money in dollars. */
export type StaffDraft = {
  name: string; role: string; avatar: string | null; instructions: string
  engine: StaffEngine; model: string; tools: readonly string[]; alwaysAllowed: readonly string[]; autonomy: Autonomy
  turns: string; minutes: string; tokens: string; money: string; monthRuns: string; monthMoney: string; concurrency: string
}
export type DraftKey = keyof StaffDraft

const dollars = (micros: number | null) => (micros === null ? '' : String(micros / 1_000_000))
const counted = (count: number | null) => (count === null ? '' : String(count))

export const draftOf = ({ name, role, avatar, instructions, engine, model, tools, alwaysAllowed, autonomy, perRun, perMonth, concurrency }: Staff): StaffDraft => ({
  name, role, avatar, instructions, engine, model, autonomy,
  tools: [...tools].sort(), alwaysAllowed: [...alwaysAllowed].sort(),
  turns: String(perRun.turns), minutes: String(perRun.minutes), tokens: perRun.tokens.toLocaleString('en-US'), money: dollars(perRun.micros),
  monthRuns: counted(perMonth.runs), monthMoney: dollars(perMonth.micros), concurrency: String(concurrency),
})

const keys = ['name', 'role', 'avatar', 'instructions', 'engine', 'model', 'tools', 'alwaysAllowed', 'autonomy', 'turns', 'minutes', 'tokens', 'money', 'monthRuns', 'monthMoney', 'concurrency'] as const satisfies DraftKey[]
const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b)

/** What is different in `mine`. */
export const changedKeys = (base: StaffDraft, mine: StaffDraft): DraftKey[] => keys.filter((key) => !same(base[key], mine[key]))

/** A list that two changed: whatever either added is there, whatever either took away is not. */
const joined = (base: readonly string[], mine: readonly string[], theirs: readonly string[]) =>
  [...new Set([...theirs, ...mine])].filter((each) => (base.includes(each) ? mine.includes(each) && theirs.includes(each) : true)).sort()

/**
 * `mine`, begun from `base`, on top of what is there now. What only others changed comes in; lists are joined; of what both changed
 * otherwise mine stays, and is named.
 */
export function mergeDraft(base: StaffDraft, mine: StaffDraft, theirs: StaffDraft): { merged: StaffDraft; both: DraftKey[] } {
  const touched = new Set(changedKeys(base, mine))
  const both = [...touched].filter((key) => key !== 'tools' && key !== 'alwaysAllowed' && !same(base[key], theirs[key]) && !same(mine[key], theirs[key]))
  const kept = Object.fromEntries([...touched].map((key) => [key, mine[key]])) as Partial<StaffDraft>
  const merged = { ...theirs, ...kept }
  if (touched.has('tools')) merged.tools = joined(base.tools, mine.tools, theirs.tools)
  if (touched.has('alwaysAllowed')) merged.alwaysAllowed = joined(base.alwaysAllowed, mine.alwaysAllowed, theirs.alwaysAllowed)
  return { merged, both }
}

export type DraftProblems = Partial<Record<DraftKey, string>>

const whole = (text: string, most: number, what: string): { value: number } | { problem: string } => {
  const value = Number(text.trim().replaceAll(/[\s,_]/g, ''))
  return text.trim() !== '' && Number.isInteger(value) && value >= 1 && value <= most
    ? { value } : { problem: `${what} must be a whole number from 1 to ${most.toLocaleString('en-US')}.` }
}

/** In dollars, with a dot or a comma; '' is no bound. */
const money = (text: string): { value: number | null } | { problem: string } => {
  const plain = text.trim().replace(/^\$/, '').replace(',', '.')
  if (plain === '') return { value: null }
  const value = Number(plain)
  return Number.isFinite(value) && value >= 0 && value <= 1_000_000 ? { value: Math.round(value * 1_000_000) } : { problem: 'Write an amount in dollars, such as 2.50, or leave it empty for no bound.' }
}

/** What to send for the keys that were changed, or what is wrong with them. */
export function fieldsOf(draft: StaffDraft, changed: readonly DraftKey[]): { fields: StaffFields; problems: DraftProblems } {
  const problems: DraftProblems = {}
  const is = (...some: DraftKey[]) => some.some((key) => changed.includes(key))
  const take = <T>(key: DraftKey, read: { value: T } | { problem: string }, otherwise: T): T => {
    if ('value' in read) return read.value
    problems[key] = read.problem
    return otherwise
  }
  const fields: StaffFields = {}
  if (is('name')) {
    fields.name = draft.name.trim()
    if (fields.name === '') problems.name = 'Give it a name that people will mention.'
  }
  if (is('role')) fields.role = draft.role.trim()
  if (is('avatar')) fields.avatar = draft.avatar
  if (is('instructions')) fields.instructions = draft.instructions
  if (is('engine')) fields.engine = draft.engine
  if (is('model')) fields.model = draft.model.trim()
  if (is('tools')) fields.tools = draft.tools
  if (is('alwaysAllowed')) fields.alwaysAllowed = draft.alwaysAllowed
  if (is('autonomy')) fields.autonomy = draft.autonomy
  if (is('turns', 'minutes', 'tokens', 'money')) {
    fields.perRun = {
      turns: take('turns', whole(draft.turns, staffLimits.turns, 'Turns'), 1),
      minutes: take('minutes', whole(draft.minutes, staffLimits.minutes, 'Minutes'), 1),
      tokens: take('tokens', whole(draft.tokens, staffLimits.tokens, 'Tokens'), 1),
      micros: take('money', money(draft.money), null),
    }
  }
  if (is('monthRuns', 'monthMoney')) {
    fields.perMonth = {
      runs: draft.monthRuns.trim() === '' ? null : take<number | null>('monthRuns', whole(draft.monthRuns, 1_000_000, 'Runs'), null),
      micros: take('monthMoney', money(draft.monthMoney), null),
    }
  }
  if (is('concurrency')) fields.concurrency = take('concurrency', whole(draft.concurrency, staffLimits.concurrency, 'Runs at once'), 1)
  return { fields, problems }
}

export const keyNames: Record<DraftKey, string> = {
  name: 'name', role: 'role', avatar: 'picture', instructions: 'instructions', engine: 'engine', model: 'model', tools: 'tools', alwaysAllowed: 'standing approvals',
  autonomy: 'autonomy', turns: 'turns', minutes: 'minutes', tokens: 'tokens', money: 'money for a run', monthRuns: 'runs a month', monthMoney: 'money a month', concurrency: 'runs at once',
}
