import type { ActorId, RunId, WorkspaceId } from './ids.ts'

export const roles = ['owner', 'member', 'viewer'] as const
export type Role = (typeof roles)[number]

/** Whoever acts, with what decides their rights. A person's agent token acts with that person's kind of role. */
export type Actor =
  | { kind: 'person'; id: ActorId; name: string; workspaceId: WorkspaceId; role: Role }
  /**
   * `lease`: the run, and the attempt at it, that this staff member holds over this connection. `tool`: what the server itself carries out for that run,
   * or for the COO that refines a proposal, having asked whether it may; nobody who connects has it.
   */
  | { kind: 'staff'; id: ActorId; name: string; workspaceId: WorkspaceId; lease: { runId: RunId; attempt: number } | null; tool?: 'edit_doc' | 'refine' }

export const approvers = ['members', 'owners'] as const
export type Approvers = (typeof approvers)[number]

/** What is acted on; a comment carries its author because only they may change it. */
export type Subject =
  | { kind: 'workspace' | 'board' | 'mission' | 'doc' | 'file' | 'members' | 'run' | 'staff' | 'chat' | 'routine' | 'template'; workspaceId: WorkspaceId }
  /** `approvers`: who puts proposals onto the board, as the workspace has it set. */
  | { kind: 'proposal'; workspaceId: WorkspaceId; approvers?: Approvers }
  | { kind: 'comment'; workspaceId: WorkspaceId; by: ActorId }

export type Action =
  | 'approve' | 'read' | 'edit' | 'comment' | 'delete' | 'review' | 'upload' | 'start run' | 'cancel run' | 'claim run' | 'manage'

/**
 * The one question for rights. The page hides with it; the gate and the routes enforce with it.
 * It knows nothing of what exists: missing and forbidden get the same answer from whoever asks.
 */
export function can(actor: Actor | null, action: Action, subject: Subject): boolean {
  if (!actor || actor.workspaceId !== subject.workspaceId) return false
  const owner = actor.kind === 'person' && actor.role === 'owner'
  const member = owner || (actor.kind === 'person' && actor.role === 'member')
  const staff = actor.kind === 'staff'
  if (subject.kind === 'comment') {
    if (action === 'edit') return (member || staff) && subject.by === actor.id
    if (action === 'delete') return owner || ((member || staff) && subject.by === actor.id)
  }
  switch (action) {
    case 'read': return true
    case 'comment': return member || staff
    case 'edit': return member || (staff && (subject.kind === 'board' || (subject.kind === 'doc' && actor.tool === 'edit_doc') || (subject.kind === 'mission' && actor.tool === 'refine')))
    case 'delete':
    case 'upload':
    case 'review':
    case 'start run':
    case 'cancel run': return member
    case 'claim run': return staff
    case 'approve': return owner || (member && subject.kind === 'proposal' && subject.approvers === 'members')
    case 'manage': return owner
  }
}
