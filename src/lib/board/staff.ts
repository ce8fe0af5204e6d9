import type { ActorId } from './ids.ts'

/** What drives the runs of a staff member. `external`: an agent of somebody's own, that claims its runs over the API. */
export const staffEngines = ['offline', 'openai', 'external'] as const
export type StaffEngine = (typeof staffEngines)[number]

/** `notify` reads and reports; `assist` asks before each write and each call outside; `autonomous` acts within its tools and budget. */
export const autonomies = ['notify', 'assist', 'autonomous'] as const
export type Autonomy = (typeof autonomies)[number]

/** What both allow. `null` sets no bound. */
export const narrower = (one: Autonomy, other: Autonomy | null): Autonomy =>
  (other !== null && autonomies.indexOf(other) < autonomies.indexOf(one) ? other : one)

/** Bounds of one run. Money is in millionths of a dollar; `null` is no bound. */
export type RunGuards = { turns: number; minutes: number; tokens: number; micros: number | null }

/** Bounds of a calendar month, in UTC. */
type MonthGuards = { runs: number | null; micros: number | null }

/** A staff member as its page shows it. `tools` are names of tools; those of MCP servers are `<server>/<tool>`. Times are epoch milliseconds. */
export type Staff = {
  id: ActorId
  name: string
  role: string
  avatar: string | null
  instructions: string
  instructionsVersion: number
  engine: StaffEngine
  /** '' is the workspace's. */
  model: string
  tools: readonly string[]
  alwaysAllowed: readonly string[]
  autonomy: Autonomy
  perRun: RunGuards
  perMonth: MonthGuards
  /** How many of its runs go on at once. */
  concurrency: number
  pausedAt: number | null
  archivedAt: number | null
  createdAt: number
}

export const staffLimits = { name: 60, role: 120, instructions: 20_000, model: 200, turns: 500, minutes: 24 * 60, tokens: 100_000_000, concurrency: 20 } as const

export const standardGuards: RunGuards = { turns: 40, minutes: 30, tokens: 1_000_000, micros: null }
