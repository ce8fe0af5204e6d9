import type { ActorId, AskId, CommentId, MissionId, ProjectId, RunId } from './ids.ts'

export const statuses = ['backlog', 'in_progress', 'review', 'done'] as const
export type Status = (typeof statuses)[number]

export const statusNames: Record<Status, string> = {
  backlog: 'Backlog',
  in_progress: 'In progress',
  review: 'Review',
  done: 'Done',
}

export const priorities = ['none', 'low', 'medium', 'high', 'urgent'] as const
export type Priority = (typeof priorities)[number]

export const priorityNames: Record<Priority, string> = { none: 'No priority', low: 'Low', medium: 'Medium', high: 'High', urgent: 'Urgent' }

/** A card of the board. Times are epoch milliseconds; `dueOn` is a calendar day, `YYYY-MM-DD`, without a time zone. */
export type Mission = {
  id: MissionId
  title: string
  status: Status
  rank: string
  projectId: ProjectId | null
  assigneeId: ActorId | null
  /** Whom somebody asked to review it; without one see `reviewersOf`. */
  reviewerId: ActorId | null
  autoRun: boolean
  priority: Priority
  labels: readonly string[]
  dueOn: string | null
  /** Missions, and proposals, that come before it; see `openBefore`. */
  blockedBy: readonly MissionId[]
  createdBy: ActorId | null
  createdAt: number
  archivedAt: number | null
}

export type Project = { id: ProjectId; name: string; colour: string; archivedAt: number | null }

export const runStates = ['queued', 'running', 'waiting', 'succeeded', 'failed', 'cancelled'] as const
export type RunState = (typeof runStates)[number]

export const isActive = (state: RunState) => state === 'queued' || state === 'running' || state === 'waiting'

/** What the server states about a mission, for its card: the newest run with its latest line, and counts. */
export type Facts = {
  run: { id: RunId; state: RunState; staffId: ActorId; line: string; since: number; /** What it waits for: the oldest of what it asked. */ ask: AskId | null } | null
  comments: number
  /** The newest of them: whether it was seen is each one's own. */
  lastComment: { id: CommentId; by: ActorId; at: number } | null
  attachments: number
  artifacts: number
}

export const noFacts: Facts = { run: null, comments: 0, lastComment: null, attachments: 0, artifacts: 0 }

/** A person or staff member of the workspace, as everyone sees them. */
export type Member = {
  id: ActorId
  kind: 'person' | 'staff'
  name: string
  role: string
  avatar: string | null
}
