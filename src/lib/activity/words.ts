import { statusNames, type Status } from '#lib/board/mission.ts'
import { counted, listed } from '../wording.ts'
import type { ActivityGroup, Entry, FieldChange, Named, SubjectKind, Value } from './entry.ts'

/** Something that has a page or a name of its own; `name` is that of then, and whoever shows it may know a newer one. */
export type Mention = { kind: SubjectKind; id: string; name: string }
/** A piece of a sentence: words, something it is about, or words that were somebody's, such as an old title. */
export type Part = string | { mention: Mention } | { quoted: string }

export const groupNames: Readonly<Record<ActivityGroup, string>> = {
  mission: 'Missions', comment: 'Comments', file: 'Files', context: 'Context', collection: 'Collections', note: 'Notes', run: 'Runs', proposal: 'Proposals', review: 'Reviews', project: 'Projects', doc: 'Docs', template: 'Templates',
  member: 'Members', token: 'Tokens', staff: 'Staff', routine: 'Routines', workspace: 'Workspace',
}

const minute = 60_000

/** How long something was worked on: ` over 4 minutes`; nothing for what took less than a minute. */
function lasted({ at, until }: Pick<Entry, 'at' | 'until'>): string {
  const minutes = Math.round((until - at) / minute)
  if (until - at < minute) return ''
  if (minutes < 90) return ` over ${counted(minutes, 'minute')}`
  return ` over ${counted(Math.round(minutes / 60), 'hour')}`
}

const isNamed = (value: Value | undefined): value is Named => typeof value === 'object' && value !== null && 'id' in value
const statusOf = (value: Value | undefined) => (typeof value === 'string' ? statusNames[value as Status] ?? value : 'nowhere')
const roleOf = (value: Value | undefined) => (typeof value === 'string' ? value : 'member')
const article = (word: string) => `${/^[aeiou]/.test(word) ? 'an' : 'a'} ${word}`
const dayOf = (value: string) => {
  const at = Date.parse(`${value}T00:00:00Z`)
  return Number.isNaN(at) ? value : new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeZone: 'UTC' }).format(at)
}

/** What somebody did, without their name: `moved “Plan the fair” from Backlog to Review`. In the midst of its own page the subject is `it`. */
export function told(entry: Entry, { asIt = false } = {}): Part[] {
  const { kind, subject, details, actor } = entry
  const it: Part = asIt ? 'it' : { mention: subject }
  const named = (of: SubjectKind, value: Value | undefined): Part => (isNamed(value) ? { mention: { kind: of, ...value } } : 'nobody')
  /** Of what belongs to the subject; on its own page that goes without saying. */
  const of = (preposition: string): Part[] => (asIt ? [] : [` ${preposition} `, it])
  const who = (value: Value | undefined) => named(entry.actor.id === (value as Named | null)?.id ? entry.actor.kind === 'staff' ? 'staff' : 'person' : 'person', value)
  const archivable = subject.kind === 'mission' ? [it] : [asIt ? 'it' : `the ${subject.kind} `, ...asIt ? [] : [it]]

  switch (kind) {
    case 'mission.created':
      return ['created ', it, ...typeof details.to === 'string' ? [` in ${statusOf(details.to)}`] : [], ...details.assignee ? [' for ', who(details.assignee)] : [], ...details.madeFrom ? [` from the ${details.madeFrom.kind} `, { quoted: details.madeFrom.name }] : []]
    case 'mission.moved': return ['moved ', it, ...wayOf(details.from, details.via ?? [], details.to, statusOf)]
    case 'mission.assigned': return assigned(entry, it, who)
    case 'mission.renamed': case 'project.renamed': case 'doc.renamed': {
      const before = { quoted: typeof details.from === 'string' ? details.from : '' }
      const after = { quoted: typeof details.to === 'string' ? details.to : '' }
      if (details.from === details.to) return ['renamed ', it, ' and took it back']
      return asIt ? ['renamed it from ', before, ' to ', after] : [`renamed ${kind === 'mission.renamed' ? '' : `the ${subject.kind} `}`, before, ' to ', after]
    }
    case 'mission.changed': case 'project.changed': return changed(it, details.fields ?? {})
    case 'mission.described': return ['edited the description', ...of('of'), lasted(entry)]
    case 'mission.archived': case 'project.archived': return ['archived ', ...archivable]
    case 'mission.restored': case 'project.restored': case 'doc.restored': return ['brought back ', ...archivable]
    case 'mission.deleted': case 'project.deleted': case 'doc.archived': return ['deleted ', ...archivable]
    // A deleted doc can be brought back until somebody deletes it once more.
    case 'doc.deleted': return ['deleted ', ...archivable, ' for good']
    case 'comment.added': return details.comment?.replyTo ? ['replied to a comment', ...of('on')] : ['commented', ...of('on')]
    case 'comment.edited': return ['edited a comment', ...of('on')]
    case 'comment.deleted': return ['deleted a comment', ...details.comment?.by ? [' by ', who(details.comment.by)] : [], ...of('on')]
    case 'comment.restored': return ['brought back a comment', ...of('on')]
    case 'comment.resolved': return ['resolved a thread', ...of('on')]
    case 'comment.reopened': return ['reopened a thread', ...of('on')]
    case 'file.added': return [details.files?.[0]?.kind === 'artifact' ? 'produced ' : 'attached ', ...filesOf(entry), ...of(details.files?.[0]?.kind === 'artifact' ? 'for' : 'to')]
    case 'file.replaced': return ['replaced ', ...filesOf(entry), ' with a new version', ...of('on')]
    case 'file.renamed': return ['renamed the file ', { quoted: String(details.from ?? '') }, ' to ', { quoted: String(details.to ?? '') }, ...of('on')]
    case 'file.deleted': return ['deleted ', ...filesOf(entry), ...of('from')]
    case 'file.restored': return ['brought back ', ...filesOf(entry), ...of('on')]
    case 'file.pinned': return ['pinned ', ...filesOf(entry), ...of('of')]
    case 'file.unpinned': return ['took the pin off ', ...filesOf(entry), ...of('of')]
    case 'context.given': return ['gave ', ...givenOf(entry), ...asIt ? [] : [' to ', it], ' as context']
    case 'context.taken': return ['took ', ...givenOf(entry), ' out of the context', ...of('of')]
    case 'collection.created': return ['made the collection ', it]
    case 'collection.renamed': return ['renamed the collection ', { quoted: String(details.from ?? '') }, ' to ', { quoted: String(details.to ?? '') }]
    case 'collection.deleted': return ['deleted the collection ', it]
    case 'collection.filled': return ['put ', ...filesOf(entry), ' into the collection ', it]
    case 'collection.emptied': return ['took ', ...filesOf(entry), ' out of the collection ', it]
    case 'note.proposed': return ['proposed to remember ', { quoted: String(details.to ?? '') }, ...of('in')]
    case 'note.accepted': return ['lets ', named('staff', details.staff ?? null), ' remember ', { quoted: String(details.to ?? '') }]
    case 'note.declined': return ['declined that ', named('staff', details.staff ?? null), ' remembers ', { quoted: String(details.to ?? '') }]
    case 'note.forgotten': return ['had ', named('staff', details.staff ?? null), ' forget ', { quoted: String(details.to ?? '') }]
    case 'run.queued':
      return actor.kind === 'server'
        ? details.routine ? ['gave ', it, ' to ', named('staff', details.staff ?? null)]
        : ['queued a run', ...of('of'), ' for ', named('staff', details.staff ?? null), ', by auto-run']
        : ['asked ', named('staff', details.staff ?? null), ' to run ', it, ...details.retryOf ? [' again'] : []]
    case 'run.started': return ['started a run', ...of('of'), ...details.attempt ? [`, attempt ${details.attempt}`] : []]
    case 'run.succeeded': return ['finished a run', ...of('of')]
    case 'run.failed': return [actor.kind === 'staff' ? 'failed in a run' : 'gave up a run', ...details.staff ? [' by ', named('staff', details.staff)] : [], ...of('of'), ...because(details.reason)]
    case 'run.cancelled': return ['cancelled a run', ...details.staff ? [' by ', named('staff', details.staff)] : [], ...of('of'), ...actor.kind === 'person' ? [] : because(details.reason)]
    case 'run.asked': return [details.ask?.kind === 'approval' ? 'asked for an approval' : 'asked a question', ...of('on'), ...because(details.ask?.question)]
    case 'run.answered': return answered(entry, of('on'), named('staff', details.staff ?? null))
    case 'run.undone': return ['took back ', details.undone === undefined ? 'what a run changed in docs' : `${counted(details.undone, 'change')} of a run in docs`, ...of('of')]
    case 'proposal.made': return ['proposed the mission ', it]
    case 'proposal.changed': return ['edited the proposal ', it, ...Object.keys(details.fields ?? {}).length > 0 ? [` (${listed(Object.keys(details.fields ?? {}))})`] : []]
    case 'proposal.answered': return ['answered a question about the proposal ', it, ...because(details.ask?.question)]
    case 'proposal.approved': return ['approved the proposal ', it]
    case 'proposal.declined': return ['declined the proposal ', it, ...because(details.reason)]
    case 'proposal.put_aside': return ['put aside the proposal ', it]
    case 'proposal.taken_up': return ['took up the proposal ', it, ' again']
    case 'review.approved': return ['approved ', it]
    case 'review.changes_requested': return ['asked for changes to ', it]
    case 'review.withdrawn': return ['took back the approval of ', it]
    case 'project.created': return ['created the project ', it]
    case 'project.briefed': return ['edited the brief', ...of('of'), lasted(entry)]
    case 'doc.created': return ['created the doc ', it]
    case 'doc.moved': return ['moved the doc ', it, ...isNamed(details.to) ? [' under ', { mention: { kind: 'doc', ...details.to } } as Part] : [' to the top of its project']]
    case 'doc.edited': return asIt ? ['edited it', lasted(entry)] : ['edited the doc ', it, lasted(entry)]
    case 'template.added': return ['added the template ', it]
    case 'template.changed': return ['changed the template ', it]
    case 'template.archived': return ['archived the template ', it]
    case 'template.restored': return ['brought back the template ', it]
    case 'member.invited': return [`made an invitation for ${article(roleOf(subject.name))}`]
    case 'member.uninvited': return [`revoked an invitation for ${article(roleOf(subject.name))}`]
    case 'member.joined': return [`joined as ${article(roleOf(details.to))}`]
    case 'member.added': return ['added ', it, ` as ${article(roleOf(details.to))}`]
    case 'member.role_changed': return ['made ', it, ` ${article(roleOf(details.to))} instead of ${article(roleOf(details.from))}`]
    case 'member.removed': return subject.id === actor.id ? ['left the workspace'] : ['removed ', it, ' from the workspace']
    case 'member.reset_link': return ['made a link that resets the password of ', it]
    case 'member.password_reset': return subject.id === actor.id ? ['set a new password with a reset link'] : ['set a new password for ', it]
    case 'token.made': return ['made the token ', it, ` that acts as ${roleOf(details.to)}`]
    case 'token.revoked': return ['revoked the token ', it]
    case 'staff.added': return ['added ', it, ' to the staff']
    case 'staff.changed': return staffChanged(it, details.fields ?? {})
    case 'staff.paused': return ['paused ', it]
    case 'staff.resumed': return ['let ', it, ' work again']
    case 'staff.restored': return ['brought ', it, ' back to the staff']
    case 'staff.removed': return ['removed ', it, ' from the staff']
    case 'routine.created': return ['made the routine ', it]
    case 'routine.changed': return ['changed the routine ', it, ...Object.keys(details.fields ?? {}).length > 0 ? [` (${listed(Object.keys(details.fields ?? {}))})`] : []]
    case 'routine.switched_on': return ['switched on the routine ', it]
    case 'routine.switched_off': return ['switched off the routine ', it]
    case 'routine.deleted': return ['deleted the routine ', it]
    case 'routine.ran': return ['has done what the routine ', it, ' asks for']
    case 'routine.failed': return ['could not do what the routine ', it, ' asks for', ...because(details.reason)]
    case 'routine.ended': return ['ended the routine ', it, ...because(details.reason)]
    case 'workspace.created': return ['created the workspace']
    case 'workspace.renamed': return ['renamed the workspace from ', { quoted: String(details.from ?? '') }, ' to ', { quoted: String(details.to ?? '') }]
    case 'workspace.deleted': return ['deleted the workspace']
    case 'workspace.restored': return ['brought back the workspace']
    case 'workspace.backed_up': return ['made a backup of the workspace']
    case 'workspace.engine_changed': return ['set the models of staff to those of ', { quoted: String(details.to ?? '') }]
    case 'workspace.tool_server_added': return ['added the tool server ', { quoted: String(details.to ?? '') }]
    case 'workspace.tool_server_changed': return ['changed the tool server ', { quoted: String(details.to ?? '') }]
    case 'workspace.tool_server_removed': return ['removed the tool server ', { quoted: String(details.to ?? '') }]
    case 'workspace.approvers_changed': return [details.to === 'owners' ? 'let owners alone approve proposals' : 'let all members approve proposals']
    case 'workspace.fetch_changed': return Array.isArray(details.to) && details.to.length > 0 ? [`let staff fetch pages of ${listed(details.to as readonly string[])}`] : ['let staff fetch no pages any more']
    case 'workspace.staff_stopped': return ['stopped all work of staff', ...details.ended ? [`, which ended ${counted(details.ended, 'run')}`] : []]
    case 'workspace.staff_allowed': return ['let all staff work again']
  }
}

const workedOn: Readonly<Record<string, string>> = { engine: 'engine', model: 'model', autonomy: 'autonomy', concurrency: 'number of runs at once', role: 'role', name: 'name' }

/** One thing with what it became; of several which they are. */
function staffChanged(it: Part, fields: Readonly<Record<string, FieldChange>>): Part[] {
  const [only, ...others] = Object.entries(fields)
  if (!only) return ['changed what ', it, ' is and does']
  const [part, { to }] = only
  if (others.length === 0 && workedOn[part] && typeof to === 'string' && to !== '') return ['set the ', workedOn[part], ' of ', it, ` to ${to}`]
  return [`changed the ${listed(Object.keys(fields))} of `, it]
}

function answered({ details: { ask } }: Entry, where: Part[], staff: Part): Part[] {
  if (ask?.kind !== 'approval') return ['answered ', staff, ...where, ...because(ask?.question)]
  const scope = { once: '', run: ', for the rest of the run', always: ', from now on without asking', declined: '' }[ask.verdict ?? 'once']
  return [ask.verdict === 'declined' ? 'declined ' : 'approved ', 'what ', staff, ' asked to do', ...where, scope, ...because(ask.question)]
}

const because = (reason: string | undefined): Part[] => (reason ? [`: ${reason}`] : [])

function wayOf(from: Value | undefined, via: readonly Value[], to: Value | undefined, name: (value: Value | undefined) => string): Part[] {
  const stops = via.map(name)
  if (stops.length === 0) return [` from ${name(from)} to ${name(to)}`]
  if (name(from) === name(to)) return [` to ${listed(stops)} and back to ${name(to)}`]
  return [` from ${name(from)} to ${name(to)} by way of ${listed(stops)}`]
}

function assigned({ details: { from, to, via = [] }, actor }: Entry, it: Part, who: (value: Value | undefined) => Part): Part[] {
  const passing = via.filter(isNamed).flatMap((value, index): Part[] => [index === 0 ? ', after ' : ', ', who(value)])
  if (isNamed(from) && isNamed(to) && from.id === to.id) return ['reassigned ', it, ' and gave it back to ', who(to)]
  if (isNamed(to) && to.id === actor.id) return ['took on ', it]
  if (isNamed(to)) return ['assigned ', it, ' to ', who(to), ...isNamed(from) ? [' instead of ', who(from)] as Part[] : [], ...passing]
  return isNamed(from) ? ['took ', it, ' off ', who(from)] : ['assigned ', it, ...passing, ' and took that back']
}

/** A file, or a doc. */
const givenOf = (entry: Entry): Part[] => (isNamed(entry.details.to) ? [{ mention: { kind: 'doc', ...entry.details.to } }] : filesOf(entry))

function filesOf({ details: { files = [] }, count }: Entry): Part[] {
  const [first] = files
  if (files.length === 1 && first) return [{ quoted: first.name }]
  const shown = files.slice(0, 3).flatMap(({ name }, index): Part[] => [index === 0 ? ': ' : ', ', { quoted: name }])
  return [counted(Math.max(count, files.length), 'file'), ...shown, ...count > 3 && files.length > 3 ? [' and more'] : []]
}

const fieldNames: Readonly<Record<string, string>> = { priority: 'priority', dueOn: 'due date', labels: 'labels', autoRun: 'auto-run', project: 'project', colour: 'colour' }

function changed(it: Part, fields: Readonly<Record<string, FieldChange>>): Part[] {
  const changes = Object.entries(fields)
  const [only] = changes
  if (changes.length === 1 && only) return changedOne(it, ...only)
  return ['changed ', it, ': ', ...changes.flatMap(([field, change], index): Part[] => [...index > 0 ? ['; '] : [], ...briefly(field, change)])]
}

const same = ({ from, to }: FieldChange) => JSON.stringify(from) === JSON.stringify(to)
const shown = (field: string, value: Value): string => {
  if (isNamed(value)) return `“${value.name}”`
  if (Array.isArray(value)) return value.length > 0 ? value.map((label) => `“${label}”`).join(', ') : 'none'
  if (typeof value === 'boolean') return value ? 'on' : 'off'
  if (typeof value !== 'string' || value === '') return 'none'
  return field === 'dueOn' ? dayOf(value) : value
}

function changedOne(it: Part, field: string, change: FieldChange): Part[] {
  const { from, to } = change
  const name = fieldNames[field] ?? field
  if (same(change)) return [`changed the ${name} of `, it, ' and changed it back']
  if (field === 'autoRun') return [`turned auto-run ${to === true ? 'on' : 'off'} for `, it]
  if (field === 'project') {
    if (isNamed(to)) return ['put ', it, ' into the project ', { mention: { kind: 'project', ...to } }]
    return ['took ', it, ' out of ', ...isNamed(from) ? ['the project ', { mention: { kind: 'project' as const, ...from } }] : ['its project']]
  }
  if (field === 'order') return Array.isArray(to) && to.length > 0 ? ['let ', it, ` wait for ${shown(field, to)}`] : ['let ', it, ' wait for nothing any more']
  if (field === 'labels') return [...labelled(from, to), it]
  if (field === 'colour') return ['changed the colour of ', it]
  if (to === null || to === '' || to === 'none') return [`removed the ${name} of `, it, ` (${shown(field, from)})`]
  return [`set the ${name} of `, it, ` to ${shown(field, to)}`, ...from === null || from === '' || from === 'none' ? [] : [`, from ${shown(field, from)}`]]
}

const strings = (value: Value): readonly string[] => (Array.isArray(value) ? value as readonly string[] : [])

function labelled(from: Value, to: Value): Part[] {
  const [before, after] = [strings(from), strings(to)]
  const quoted = (labels: readonly string[]) => `the ${labels.length === 1 ? 'label' : 'labels'} ${listed(labels.map((label) => `“${label}”`))}`
  const [added, removed] = [after.filter((label) => !before.includes(label)), before.filter((label) => !after.includes(label))]
  if (added.length > 0 && removed.length > 0) return [`put ${quoted(added)} in place of ${quoted(removed)} on `]
  if (added.length > 0) return [`put ${quoted(added)} on `]
  return removed.length > 0 ? [`removed ${quoted(removed)} from `] : ['changed the order of the labels of ']
}

function briefly(field: string, change: FieldChange): Part[] {
  const name = fieldNames[field] ?? field
  if (same(change)) return [`${name} and back`]
  return [`${name} from ${shown(field, change.from)} to ${shown(field, change.to)}`]
}

/** The sentence as plain text, with the names of then. */
export const plainly = (parts: readonly Part[]): string =>
  parts.map((part) => (typeof part === 'string' ? part : 'quoted' in part ? `“${part.quoted}”` : nameOf(part.mention))).join('')

const nameOf = ({ kind, name }: Mention) => (kind === 'person' || kind === 'staff' ? name || 'somebody' : kind === 'chat' ? name : `“${name || 'Untitled'}”`)
