import type { ActorId, MissionId, ProjectId, RunId } from '#lib/board/ids.ts'
import type { AskKind, AskVerdict } from '#lib/board/run-record.ts'

/** Everything that is recorded, as the thing it happened to and what happened. */
export const activityKinds = [
  'mission.created', 'mission.moved', 'mission.assigned', 'mission.renamed', 'mission.changed', 'mission.described',
  'mission.archived', 'mission.restored', 'mission.deleted',
  'comment.added', 'comment.edited', 'comment.deleted', 'comment.restored', 'comment.resolved', 'comment.reopened',
  'file.added', 'file.replaced', 'file.renamed', 'file.deleted', 'file.restored', 'file.pinned', 'file.unpinned',
  'context.given', 'context.taken',
  'collection.created', 'collection.renamed', 'collection.deleted', 'collection.filled', 'collection.emptied',
  'note.proposed', 'note.accepted', 'note.declined', 'note.forgotten',
  'run.queued', 'run.started', 'run.succeeded', 'run.failed', 'run.cancelled', 'run.asked', 'run.answered', 'run.undone',
  'proposal.made', 'proposal.changed', 'proposal.answered', 'proposal.approved', 'proposal.declined', 'proposal.put_aside', 'proposal.taken_up',
  'review.approved', 'review.changes_requested', 'review.withdrawn',
  'project.created', 'project.renamed', 'project.changed', 'project.briefed', 'project.archived', 'project.restored', 'project.deleted',
  'doc.created', 'doc.renamed', 'doc.moved', 'doc.edited', 'doc.archived', 'doc.restored', 'doc.deleted',
  'template.added', 'template.changed', 'template.archived', 'template.restored',
  'member.invited', 'member.uninvited', 'member.joined', 'member.added', 'member.role_changed', 'member.removed',
  'member.reset_link', 'member.password_reset',
  'token.made', 'token.revoked',
  'staff.added', 'staff.changed', 'staff.paused', 'staff.resumed', 'staff.removed', 'staff.restored',
  'routine.created', 'routine.changed', 'routine.switched_on', 'routine.switched_off', 'routine.deleted', 'routine.ran', 'routine.failed', 'routine.ended',
  'workspace.created', 'workspace.renamed', 'workspace.deleted', 'workspace.restored', 'workspace.backed_up',
  'workspace.engine_changed', 'workspace.tool_server_added', 'workspace.tool_server_changed', 'workspace.tool_server_removed', 'workspace.fetch_changed', 'workspace.approvers_changed',
  'workspace.staff_stopped', 'workspace.staff_allowed',
] as const
export type ActivityKind = (typeof activityKinds)[number]

/** The first part of a kind: what a reader filters by. */
export const activityGroups = ['mission', 'comment', 'file', 'context', 'collection', 'note', 'run', 'proposal', 'review', 'project', 'doc', 'template', 'member', 'token', 'staff', 'routine', 'workspace'] as const
export type ActivityGroup = (typeof activityGroups)[number]

export const groupOf = (kind: ActivityKind) => kind.slice(0, kind.indexOf('.')) as ActivityGroup

/** Of one text, by one hand: every letter is an edit. */
export const isWriting = (kind: ActivityKind) => kind === 'mission.described' || kind === 'project.briefed' || kind === 'doc.edited' || kind === 'comment.edited'

/** Who did it. An administrator works with the server's commands, and the server does by itself what it was set to do. */
const doerKinds = ['person', 'staff', 'administrator', 'server'] as const
export type DoerKind = (typeof doerKinds)[number]
/** `id` is `null` for an administrator and the server. `name` as it was then. */
export type Doer = { kind: DoerKind; id: ActorId | null; name: string }

/** What it is about, with its name as it was then. What happens to a comment or a file is about the mission, doc or project it belongs to. */
const subjectKinds = ['mission', 'proposal', 'project', 'doc', 'template', 'person', 'staff', 'routine', 'collection', 'token', 'invitation', 'workspace', 'chat'] as const
export type SubjectKind = (typeof subjectKinds)[number]
export type ActivitySubject = { kind: SubjectKind; id: string; name: string }

/** A value of a property: as it is, or who or what it means, with its name then. */
export type Named = { id: string; name: string }
export type Value = string | boolean | readonly string[] | Named | null

/** What made a mission, beside whoever used it. */
export type MadeFrom = Named & { kind: 'template' }

export type FieldChange = { from: Value; to: Value }

/** What else is worth knowing; which of it is there depends on the kind. */
export type Details = {
  from?: Value
  to?: Value
  /** Where it went between the two, within a moment, in order. */
  via?: readonly Value[]
  /** Properties of a mission or project, by name. */
  fields?: Readonly<Record<string, FieldChange>>
  comment?: { id: string; by?: Named; replyTo?: string }
  files?: readonly { id: string; name: string; kind?: 'attachment' | 'artifact' }[]
  /** Of a run: who runs it, why it ended as it did, and which run it is tried again after. */
  staff?: Named
  reason?: string
  retryOf?: string
  /** The routine that it was for. */
  routine?: Named
  attempt?: number
  assignee?: Named
  madeFrom?: MadeFrom
  /** Of what a run asked: the question, or which tool it would use. */
  ask?: { kind: AskKind; question: string; tool?: string; verdict?: AskVerdict | null }
  /** How many changes of a run were taken back. */
  undone?: number
  /** How many runs were ended. */
  ended?: number
}

/**
 * One entry of the record. Entries are in the order of `id`, which is when each began; one that goes on, such as an hour of typing,
 * is extended: `until` is its newest moment, `count` how many edits it stands for, and `seq` is new with every change of an entry.
 * Times are epoch milliseconds.
 */
export type Entry = {
  id: number
  seq: number
  at: number
  until: number
  count: number
  kind: ActivityKind
  actor: Doer
  subject: ActivitySubject
  missionId: MissionId | null
  projectId: ProjectId | null
  /** The run in which staff did it, or because of which the server did. */
  runId: RunId | null
  details: Details
}
