import { limits } from '#lib/board/limits.ts'
import { statuses } from '#lib/board/mission.ts'
import { can } from '#lib/board/policy.ts'
import { boardRoots } from '#lib/board/board-document.ts'
import { judgeProposals } from './proposals.ts'
import { judgeRecords, type Records } from './records.ts'
import { each, refuse, type Rules } from './rule.ts'
import { boolean, either, id, instant, listOf, number, oneOf, optional, text, written } from './value.ts'

const person = (actor: { kind: string }) => actor.kind === 'person'

const missions: Records = {
  name: 'mission',
  author: 'createdBy',
  most: limits.missions,
  fields: {
    title: text(limits.title),
    status: oneOf(statuses),
    rank: text(limits.rank),
    projectId: optional(id),
    assigneeId: optional(id),
    reviewerId: optional(id),
    autoRun: boolean,
    priority: optional(either(text(20), number)),
    labels: optional(listOf(text(limits.label), limits.labels)),
    dueOn: optional(text(40)),
    // A circle nobody can rule out where two people edit at once: whoever reads it waits for none of them by itself.
    blockedBy: optional(listOf(id, limits.references)),
    createdBy: optional(id),
    createdAt: optional(instant),
    archivedAt: optional(instant),
  },
  mayCreate: () => true,
  mayEdit: () => true,
  mayDelete: person,
}

const projects: Records = {
  name: 'project',
  fields: { name: text(limits.name), colour: text(20), archivedAt: optional(instant) },
  mayCreate: person,
  mayEdit: person,
  mayDelete: person,
}

const docs: Records = {
  name: 'doc',
  author: 'createdBy',
  most: limits.docs,
  fields: {
    title: text(limits.title),
    projectId: id,
    // That a doc stands under itself nobody can rule out where two people move at once: whoever reads the tree opens circles.
    parentId: optional(id),
    rank: text(limits.rank),
    createdBy: optional(id),
    createdAt: optional(instant),
    archivedAt: optional(instant),
  },
  mayCreate: person,
  mayEdit: person,
  mayDelete: person,
}

export const boardRules: Rules = (actor, board, ops) => {
  if (!can(actor, 'edit', { kind: 'board', workspaceId: actor.workspaceId })) return refuse('not_allowed')
  return each(ops, (op) => {
    const root = op.path[0]
    if (root === 'facts' || root === 'directory') return refuse('not_allowed', `Only the server writes "${root}".`)
    if (!boardRoots.some((known) => known === root)) return refuse('unknown_field', `A board has no "${String(root).slice(0, 40)}".`)
    const value = written(op)
    if (actor.kind === 'staff' && op.path[2] === 'status' && value.kind === 'plain' && value.values.includes('done')) {
      return refuse('not_allowed', 'Staff cannot move a mission to Done: a person reviews it first.')
    }
    return null
  })
    ?? judgeRecords('missions', missions, actor, board, ops)
    ?? judgeRecords('projects', projects, actor, board, ops)
    ?? judgeRecords('docs', docs, actor, board, ops)
    ?? judgeProposals(actor, board, ops)
}
