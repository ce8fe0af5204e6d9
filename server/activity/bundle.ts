import type { ActivityKind, Details, FieldChange, Value } from '#lib/activity/entry.ts'
import type { Happening } from './happening.ts'

const second = 1_000
const minute = 60 * second

/**
 * How happenings become one entry. `typing`: each goes on where the last one stopped. `way`: from the first place to the last one, by
 * way of those between. `fields`: what a property was at first, and is at last. `files`: a list. `repeat`: the same again.
 */
type Manner = 'typing' | 'way' | 'fields' | 'files' | 'repeat'
type Bundling = { manner: Manner; gapMs: number }

const typing: Bundling = { manner: 'typing', gapMs: 10 * minute }
const way: Bundling = { manner: 'way', gapMs: minute }
const fields: Bundling = { manner: 'fields', gapMs: 2 * minute }
const files: Bundling = { manner: 'files', gapMs: 2 * minute }
const repeat: Bundling = { manner: 'repeat', gapMs: minute }

const bundlings: Partial<Record<ActivityKind, Bundling>> = {
  'mission.described': typing, 'project.briefed': typing, 'doc.edited': typing, 'comment.edited': typing,
  'mission.moved': way, 'mission.assigned': way, 'mission.renamed': way, 'project.renamed': way, 'doc.renamed': way, 'doc.moved': way,
  'mission.changed': fields, 'project.changed': fields, 'proposal.changed': fields,
  'file.added': files, 'context.given': files, 'context.taken': files, 'collection.filled': files, 'collection.emptied': files,
  'mission.archived': repeat, 'mission.restored': repeat, 'mission.deleted': repeat,
  'project.archived': repeat, 'project.restored': repeat, 'project.deleted': repeat,
  'doc.archived': repeat, 'doc.restored': repeat, 'doc.deleted': repeat,
  'comment.deleted': repeat, 'comment.restored': repeat, 'comment.resolved': repeat, 'comment.reopened': repeat,
  'file.renamed': repeat, 'file.deleted': repeat, 'file.restored': repeat,
}

/** What an entry shows of several; the rest is in `count`. */
const mostFiles = 50
const mostStops = 12

/** The topic of a happening: `null` where it is an entry of its own. */
export function topicOf({ kind, actor, subject, details, runId, topic }: Happening): string | null {
  const bundling = bundlings[kind]
  if (topic !== undefined || !bundling) return topic ?? null
  const of = [kind, subject.id, details?.comment?.id ?? '']
  // Two who type in one text by turns are two entries, not two hundred.
  if (bundling.manner === 'typing' || bundling.manner === 'files') of.push(actor.id ?? actor.kind, runId ?? '')
  return of.join(' ')
}

/** What was deleted and is made again under its id was brought back, by an undo. */
const broughtBack: Partial<Record<ActivityKind, { deleted: ActivityKind; restored: ActivityKind }>> = {
  'mission.created': { deleted: 'mission.deleted', restored: 'mission.restored' },
  'project.created': { deleted: 'project.deleted', restored: 'project.restored' },
  'doc.created': { deleted: 'doc.deleted', restored: 'doc.restored' },
  'comment.added': { deleted: 'comment.deleted', restored: 'comment.restored' },
}

/** For something that is made: the topic of its deletion, and the same as bringing it back. */
export function returnOf(happening: Happening): { deletion: string; happening: Happening } | null {
  const kinds = broughtBack[happening.kind]
  const deletion = kinds && topicOf({ ...happening, kind: kinds.deleted })
  return kinds && deletion ? { deletion, happening: { ...happening, kind: kinds.restored } } : null
}

type Row = { until: number; count: number; actorId: string | null; actorKind: string; runId: string | null; details: Details }
type Extension = { count: number; details: Details }

/**
 * What becomes of the newest entry of a topic by a further happening; `null`: an entry of its own. `undisturbed`: nothing else
 * happened to its mission, doc or project since.
 */
export function extend(row: Row, { kind, actor, runId, details = {}, count = 1 }: Happening, now: number, undisturbed: boolean): Extension | null {
  const bundling = bundlings[kind] ?? repeat
  if (now - row.until > bundling.gapMs || row.actorId !== actor.id || row.actorKind !== actor.kind || row.runId !== (runId ?? null)) return null
  const counted = row.count + count
  switch (bundling.manner) {
    case 'typing':
    case 'repeat':
      return { count: counted, details: { ...row.details, ...details } }
    case 'files':
      return { count: counted, details: { ...row.details, files: [...row.details.files ?? [], ...details.files ?? []].slice(0, mostFiles) } }
    case 'fields':
      return { count: counted, details: { ...row.details, fields: mergeFields(row.details.fields ?? {}, details.fields ?? {}) } }
    case 'way': {
      if (!undisturbed) return null
      const via: Value[] = [...row.details.via ?? [], row.details.to ?? null]
      if (via.length > mostStops) return null
      return { count: counted, details: { ...details, from: row.details.from ?? null, via } }
    }
  }
}

function mergeFields(before: Readonly<Record<string, FieldChange>>, next: Readonly<Record<string, FieldChange>>): Record<string, FieldChange> {
  const merged: Record<string, FieldChange> = { ...before }
  for (const [name, { from, to }] of Object.entries(next)) {
    const first = before[name]
    merged[name] = { from: first ? first.from : from, to }
  }
  return merged
}
