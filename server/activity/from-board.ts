import type * as Y from 'yjs'
import { directoryOf, docsOf, missionsOf, projectsOf } from '#lib/board/board-document.ts'
import { answerField, proposalsOf, readProposal } from '#lib/board/proposal.ts'
import type { ActivityKind, Details, FieldChange, Named, Value } from '#lib/activity/entry.ts'
import type { ActorId, MissionId, ProjectId } from '#lib/board/ids.ts'
import type { Accepted, Change } from '../sync/accepted.ts'
import type { Happening } from './happening.ts'

type Fields = Readonly<Record<string, unknown>>
type ValueChange = Extract<Change, { kind: 'value' }>

const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value)
const text = (value: unknown) => (typeof value === 'string' ? value : '')
const idOf = <Id extends string>(value: unknown) => (typeof value === 'string' && value !== '' ? value as Id : null)

function asValue(value: unknown): Value {
  if (typeof value === 'string' || typeof value === 'boolean') return value
  if (typeof value === 'number') return String(value)
  return Array.isArray(value) ? value.filter((each): each is string => typeof each === 'string') : null
}

/** What the changes of a board mean. */
export function fromBoard({ document, author: { workspaceId, runId, from: madeFrom, ...actor }, changes }: Accepted): Happening[] {
  const by = { workspaceId, actor, runId }
  const happenings: Happening[] = []
  for (const [root, id, edits] of byRecord(changes)) {
    const about = readers[root]
    if (about) for (const what of about(document, id, edits)) {
      happenings.push({ ...by, ...what, ...madeFrom && what.kind === 'mission.created' && { details: { ...what.details, madeFrom } } })
    }
  }
  return happenings
}

/** A record that was made or taken away, or what changed of its fields. */
type Edits = { made?: Fields; gone?: Fields; fields: ReadonlyMap<string, { before: unknown; after: unknown }> }
type What = Omit<Happening, 'workspaceId' | 'actor' | 'runId'>
type Reader = (board: Y.Doc, id: string, edits: Edits) => What[]

export function* byRecord(changes: readonly Change[]): Iterable<[root: string, id: string, edits: Edits]> {
  const records = new Map<string, { root: string; id: string; edits: Edits & { fields: Map<string, { before: unknown; after: unknown }> } }>()
  for (const change of changes) {
    if (change.kind !== 'value') continue
    const [root, id, field] = change.path
    if (root === undefined || id === undefined) continue
    const key = `${root} ${id}`
    const record = records.get(key) ?? { root, id, edits: { fields: new Map() } }
    records.set(key, record)
    if (field !== undefined) record.edits.fields.set(field, change)
    else noteRecord(record.edits, change)
  }
  for (const { root, id, edits } of records.values()) yield [root, id, edits]
}

function noteRecord(edits: Edits & { fields: Map<string, { before: unknown; after: unknown }> }, { before, after }: ValueChange) {
  if (isFields(before) && isFields(after)) {
    // Another record in its place, such as an undo makes: what differs.
    for (const field of new Set([...Object.keys(before), ...Object.keys(after)])) {
      if (JSON.stringify(before[field]) !== JSON.stringify(after[field])) edits.fields.set(field, { before: before[field], after: after[field] })
    }
  } else if (isFields(after)) edits.made = after
  else if (isFields(before)) edits.gone = before
}

const fieldOf = (map: Y.Map<Y.Map<unknown>>, id: string, name: string): unknown => {
  const record: unknown = map.get(id)
  return typeof record === 'object' && record !== null && 'get' in record ? (record as Y.Map<unknown>).get(name) : undefined
}

const person = (board: Y.Doc, id: unknown): Named | null => {
  const actorId = idOf<ActorId>(id)
  return actorId === null ? null : { id: actorId, name: text((directoryOf(board).get(actorId) as Fields | undefined)?.name) }
}
const project = (board: Y.Doc, id: unknown): Named | null => {
  const projectId = idOf<ProjectId>(id)
  return projectId === null ? null : { id: projectId, name: text(fieldOf(projectsOf(board), projectId, 'name')) }
}
const doc = (board: Y.Doc, id: unknown): Named | null => {
  const docId = idOf(id)
  return docId === null ? null : { id: docId, name: text(fieldOf(docsOf(board), docId, 'title')) }
}

const titles = (board: Y.Doc, ids: unknown): readonly string[] => (Array.isArray(ids) ? ids : [])
  .filter((id): id is string => typeof id === 'string').map((id) => text(fieldOf(missionsOf(board), id, 'title') ?? fieldOf(proposalsOf(board), id, 'title')) || 'a mission that is gone')

/** Archived and back are a time, set and taken away. */
const archived = (prefix: 'mission' | 'project' | 'doc', after: unknown): ActivityKind =>
  `${prefix}.${after === null || after === undefined ? 'restored' : 'archived'}`

const missions: Reader = (board, id, { made, gone, fields }) => {
  const current = (name: string) => fieldOf(missionsOf(board), id, name)
  const what = (kind: ActivityKind, details: Details, record?: Fields): What => ({
    kind, details, missionId: id as MissionId,
    projectId: idOf<ProjectId>(record ? record.projectId : current('projectId')),
    subject: { kind: 'mission', id, name: text(record ? record.title : current('title')) },
  })
  if (made) {
    const assignee = person(board, made.assigneeId)
    return [what('mission.created', { to: asValue(made.status), ...assignee && { assignee } }, made)]
  }
  if (gone) return [what('mission.deleted', {}, gone)]

  const found: What[] = []
  const properties: Record<string, FieldChange> = {}
  for (const [name, { before, after }] of fields) {
    switch (name) {
      case 'status': found.push(what('mission.moved', { from: asValue(before), to: asValue(after) })); break
      case 'assigneeId': found.push(what('mission.assigned', { from: person(board, before), to: person(board, after) })); break
      case 'title': found.push(what('mission.renamed', { from: text(before), to: text(after) })); break
      case 'archivedAt': if ((before ?? null) !== (after ?? null)) found.push(what(archived('mission', after), {})); break
      case 'projectId': properties.project = { from: project(board, before), to: project(board, after) }; break
      case 'blockedBy': properties.order = { from: titles(board, before), to: titles(board, after) }; break
      case 'priority': case 'dueOn': case 'labels': case 'autoRun': properties[name] = { from: asValue(before), to: asValue(after) }; break
    }
  }
  if (Object.keys(properties).length > 0) {
    const changed = what('mission.changed', { fields: properties })
    // Who looks at a project wants to see also what left it.
    found.push({ ...changed, projectId: changed.projectId ?? (properties.project?.from as Named | null | undefined)?.id as ProjectId ?? null })
  }
  return found
}

const projects: Reader = (board, id, { made, gone, fields }) => {
  const what = (kind: ActivityKind, details: Details = {}, record?: Fields): What => ({
    kind, details, projectId: id as ProjectId,
    subject: { kind: 'project', id, name: text(record ? record.name : fieldOf(projectsOf(board), id, 'name')) },
  })
  if (made) return [what('project.created', {}, made)]
  if (gone) return [what('project.deleted', {}, gone)]
  const found: What[] = []
  for (const [name, { before, after }] of fields) {
    if (name === 'name') found.push(what('project.renamed', { from: text(before), to: text(after) }))
    else if (name === 'archivedAt') found.push(what(archived('project', after)))
    else if (name === 'colour') found.push(what('project.changed', { fields: { colour: { from: asValue(before), to: asValue(after) } } }))
  }
  return found
}

const docs: Reader = (board, id, { made, gone, fields }) => {
  const what = (kind: ActivityKind, details: Details = {}, record?: Fields): What => ({
    kind, details, projectId: idOf<ProjectId>(record ? record.projectId : fieldOf(docsOf(board), id, 'projectId')),
    subject: { kind: 'doc', id, name: text(record ? record.title : fieldOf(docsOf(board), id, 'title')) },
  })
  if (made) return [what('doc.created', {}, made)]
  if (gone) return [what('doc.deleted', {}, gone)]
  const found: What[] = []
  for (const [name, { before, after }] of fields) {
    if (name === 'title') found.push(what('doc.renamed', { from: text(before), to: text(after) }))
    else if (name === 'archivedAt') found.push(what(archived('doc', after)))
    else if (name === 'parentId') found.push(what('doc.moved', { from: doc(board, before), to: doc(board, after) }))
    else if (name === 'projectId') found.push(what('doc.moved', { from: project(board, before), to: project(board, after) }))
  }
  return found
}

/** Whom and what a field of a proposal means, as the record calls it. */
const proposalFields: Readonly<Record<string, string>> = {
  title: 'title', projectId: 'project', assigneeId: 'assignee', why: 'reason', priority: 'priority', dueOn: 'due date', autoRun: 'auto-run', size: 'size', blockedBy: 'order', context: 'context',
}

const proposals: Reader = (board, id, { made, fields }) => {
  const what = (kind: ActivityKind, details: Details = {}): What => ({
    kind, details, missionId: null, projectId: idOf<ProjectId>(fieldOf(proposalsOf(board), id, 'projectId')),
    subject: { kind: 'proposal', id, name: text(fieldOf(proposalsOf(board), id, 'title')) },
  })
  if (made) return [what('proposal.made')]
  const found: What[] = []
  const properties: Record<string, FieldChange> = {}
  for (const [name, { before, after }] of fields) {
    const known = proposalFields[name]
    if (known) properties[known] = name === 'assigneeId' ? { from: person(board, before), to: person(board, after) } : name === 'projectId' ? { from: project(board, before), to: project(board, after) } : name === 'blockedBy' ? { from: titles(board, before), to: titles(board, after) } : { from: asValue(before), to: asValue(after) }
    else if (name === 'state') {
      const kind = after === 'approved' ? 'proposal.approved' : after === 'declined' ? 'proposal.declined' : after === 'aside' ? 'proposal.put_aside' : 'proposal.taken_up'
      found.push(what(kind, after === 'declined' ? { reason: text(fieldOf(proposalsOf(board), id, 'reason')) } : {}))
    } else if (name.startsWith('answer_') && after !== null) {
      const question = readProposal(board, id as MissionId)?.questions.find((each) => answerField(each.id) === name)
      if (question) found.push(what('proposal.answered', { ask: { kind: 'question', question: question.text } }))
    }
  }
  return Object.keys(properties).length > 0 ? [...found, what('proposal.changed', { fields: properties })] : found
}

const readers: Readonly<Record<string, Reader>> = { missions, projects, docs, proposals }
