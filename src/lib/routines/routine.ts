import type { ActorId, ChatId, DocId, FiringId, MissionId, ProjectId, RoutineId, RunId, TemplateId } from '../board/ids.ts'
import type { RunState, Status } from '../board/mission.ts'
import type { Autonomy } from '../board/staff.ts'

/** What sets a routine off. `ending`: of the file's name, such as `csv`; '' is any. Without a project all of the workspace counts. */
export type Trigger =
  | { kind: 'schedule'; cron: string; zone: string }
  | { kind: 'column'; status: Status; projectId: ProjectId | null }
  | { kind: 'file'; projectId: ProjectId | null; ending: string }
  | { kind: 'webhook' }
export const triggerKinds = ['schedule', 'column', 'file', 'webhook'] as const satisfies readonly Trigger['kind'][]

/** Where the result goes. Unless it waits for a review as a mission, its mission is put away once it was delivered. */
export type Delivery = { kind: 'mission' } | { kind: 'doc'; docId: DocId } | { kind: 'chat'; chatId: ChatId } | { kind: 'webhook'; url: string }
export const deliveryKinds = ['mission', 'doc', 'chat', 'webhook'] as const satisfies readonly Delivery['kind'][]

/**
 * The template whose missions it makes, instead of having a staff member do its instructions. `fields`: by key, as the template's defaults are written: of a
 * date the days from the day on which it is due. Words may have `{{day}}`, `{{week}}`, `{{month}}`, and `{{about}}`, what set it off.
 */
export type FromTemplate = { id: TemplateId; fields: Readonly<Record<string, string>> }

/** What becomes of times that nobody was there for. `all`: the newest `routineLimits.missed` of them. */
export const missedChoices = ['once', 'skip', 'all'] as const
export type Missed = (typeof missedChoices)[number]

/** Times are epoch milliseconds. */
export type Routine = {
  id: RoutineId
  name: string
  /** Markdown; '' where it uses a template. */
  instructions: string
  template: FromTemplate | null
  trigger: Trigger
  /** `null` where it uses a template, which says who does what. */
  staffId: ActorId | null
  projectId: ProjectId | null
  /** Its runs may no more than this, and no more than their staff member. */
  autonomy: Autonomy
  delivery: Delivery
  missed: Missed
  /** It begins up to so much later than it is due: always as much for the same time. */
  jitterMinutes: number
  /** It ends after so many failures in a row. */
  endAfter: number
  enabled: boolean
  createdBy: ActorId
  createdAt: number
  failures: number
  /** When it ended by itself, and why, in words; `null` while it did not, and once somebody switched it on again. */
  ended: { at: number; why: string } | null
  nextAt: number | null
  /** Of a webhook: the id in its address, and whether a secret is set. */
  hook: { id: string; hasSecret: boolean } | null
  /** Of a delivery by webhook: whether what is sent is signed. */
  signs: boolean
}

export const routineLimits = { name: 120, instructions: 20_000, url: 2_000, ending: 20, jitterMinutes: 60, endAfter: 100, missed: 20, payload: 256 * 1024, perWorkspace: 500 } as const

/** What set it off this time. `missed`: a time at which nobody was there. */
const firingCauses = ['schedule', 'missed', 'column', 'file', 'webhook', 'person'] as const
export type FiringCause = (typeof firingCauses)[number]

/**
 * `due`: it will begin. `running`: its run is under way. `delivering`: its result waits to be taken by another server. `skipped`: it was left out,
 * and the reason says why.
 */
const firingStates = ['due', 'running', 'delivering', 'succeeded', 'failed', 'cancelled', 'skipped'] as const
export type FiringState = (typeof firingStates)[number]

export const isOpen = (state: FiringState) => state === 'due' || state === 'running' || state === 'delivering'

/** One time that a routine was set off, as its history shows it. */
export type Firing = {
  id: FiringId
  cause: FiringCause
  state: FiringState
  dueAt: number
  /** Of skipped ones: how many times it stands for. */
  count: number
  /** Why it was skipped, failed or waits, in words. */
  reason: string
  startedAt: number | null
  endedAt: number | null
  /** `null` where none was made. */
  mission: { id: MissionId; title: string } | null
  run: { id: RunId; state: RunState; summary: string; tokens: number; micros: number | null } | null
  /** When a delivery that was not taken is sent again. */
  tryAt: number | null
  /** Who pressed Run now. */
  by: ActorId | null
}

export type ListedRoutine = Routine & { /** The newest first; none before it was ever due. */ last: Firing | null; running: boolean }

/** In which zone the days of a routine are told. */
export const timeZoneOf = (trigger: Trigger) => (trigger.kind === 'schedule' ? trigger.zone : 'UTC')
