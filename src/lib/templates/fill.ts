import type { ActorId, FileId, ProjectId } from '#lib/board/ids.ts'
import { limits } from '#lib/board/limits.ts'
import type { Member, Priority } from '#lib/board/mission.ts'
import { piecesOf, slotKey, templateLimits, type TemplateContent, type TemplateField, type TemplateMission } from './template.ts'

/** Whom and what there is to fill in with. `today`: the day of use, `YYYY-MM-DD`; `me`: whoever uses it, `null` where that is nobody. */
export type World = {
  today: string
  me: ActorId | null
  member: (id: string) => Pick<Member, 'kind' | 'name' | 'role'> | null
  project: (id: string) => { name: string; archivedAt: number | null } | null
}

/** What stands in the place of a field: as words, and whom it means, if anybody. */
export type Value = { value: string; words: string; reference: string | null }

/** A mission as it will be made. What a field that was left empty would say is left out; `open` keeps it, as `{{key}}`. */
export type Filled = {
  key: string; title: string; description: string; projectId: ProjectId | null; assigneeId: ActorId | null; priority: Priority; labels: string[]
  autoRun: boolean; dueOn: string | null; blockedBy: readonly string[]; files: readonly FileId[]
}
type FillProblem = { field: string; message: string }
export type Filling = { ok: true; missions: Filled[]; values: ReadonlyMap<string, Value> } | { ok: false; problems: FillProblem[] }

const isDay = (day: string) => /^\d{4}-\d\d-\d\d$/.test(day) && !Number.isNaN(Date.parse(`${day}T00:00:00Z`)) && new Date(`${day}T00:00:00Z`).toISOString().startsWith(day)
export const daysAfter = (day: string, days: number) => new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
const dayInWords = (day: string) => new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' }).format(Date.parse(`${day}T00:00:00Z`))

const isOpen = (project: { archivedAt: number | null } | null) => project !== null && project.archivedAt === null

/** What a field is unless somebody says otherwise, as whoever uses the template finds it. */
export function defaultOf({ kind, default: initial }: TemplateField, { today, me, member, project }: World): string {
  if (initial === '') return ''
  if (kind === 'date') return daysAfter(today, Number(initial))
  if (kind === 'person' && initial === 'me') return me ?? ''
  // Whoever left since is nobody's default any more.
  if (kind === 'person' || kind === 'staff') return (member(initial)?.role ?? 'former') === 'former' ? '' : initial
  return kind === 'project' && !isOpen(project(initial)) ? '' : initial
}

function readValue(field: TemplateField, given: string, world: World): Value | string {
  const { label, kind } = field
  switch (kind) {
    case 'text': return given.length > templateLimits.value ? `“${label}” may have at most ${templateLimits.value} characters.` : { value: given, words: given.replace(/\s+/g, ' '), reference: null }
    case 'date': return isDay(given) ? { value: given, words: dayInWords(given), reference: null } : `“${label}” must be a day that exists, such as 2026-03-05; this is “${given}”.`
    case 'choice': return field.choices.includes(given) ? { value: given, words: given, reference: null } : `“${given}” is none of the choices of “${label}”: ${field.choices.join(', ')}.`
    case 'project': {
      const project = world.project(given)
      if (!project) return `“${label}” must be a project of this workspace.`
      return project.archivedAt === null ? { value: given, words: project.name, reference: null } : `The project “${project.name}” is archived. Choose another one for “${label}”, or bring it back.`
    }
    case 'person': case 'staff': {
      const member = world.member(given)
      const what = kind === 'staff' ? 'staff member' : 'person'
      if (!member || member.kind !== kind) return `“${label}” must be a ${what} of this workspace.`
      return member.role === 'former' ? `${member.name} is not here any more. Choose somebody else for “${label}”.` : { value: given, words: member.name, reference: `missions://${kind}/${given}` }
    }
  }
}

/** What fields are given, and what they are by default. A field that is not given at all takes its default; one that is given as '' is left empty. */
function readValues(fields: readonly TemplateField[], given: Readonly<Record<string, string>>, world: World, open: boolean): { values: Map<string, Value>; problems: FillProblem[] } {
  const values = new Map<string, Value>()
  const problems: FillProblem[] = []
  for (const field of fields) {
    const value = (given[field.key] ?? defaultOf(field, world)).trim()
    if (value === '') {
      if (field.required && !open) problems.push({ field: field.key, message: `“${field.label}” is missing.` })
      continue
    }
    const read = readValue(field, value, world)
    if (typeof read === 'string') problems.push({ field: field.key, message: read })
    else values.set(field.key, read)
  }
  for (const key of Object.keys(given)) if (!fields.some((field) => field.key === key)) problems.push({ field: key, message: `The template has no field “${key}”.` })
  return { values, problems }
}

/** Words with fields filled in, tidied of the gaps that empty ones leave. */
function words(text: string, values: ReadonlyMap<string, Value>, open: boolean, longest: number): string {
  const filled = piecesOf(text).map((piece) => ('text' in piece ? piece.text : values.get(piece.key)?.words ?? (open ? piece.written : ''))).join('')
  return filled.replace(/\s{2,}/g, ' ').replace(/\s+([,.:;!?])/g, '$1').trim().slice(0, longest)
}

/** The missions that a template makes. `open`: required fields may be missing; they stay to be asked for. */
export function fill({ fields, missions }: TemplateContent, given: Readonly<Record<string, string>>, world: World, { open = false } = {}): Filling {
  const { values, problems } = readValues(fields, given, world, open)
  const made = missions.map((mission, at): Filled => {
    const slot = (of: 'project' | 'assignee') => {
      const key = slotKey(mission[of])
      return key === null ? mission[of] || null : values.get(key)?.value ?? null
    }
    const [projectId, assigneeId] = [slot('project'), slot('assignee')]
    const gone = goneProblem(mission, world)
    if (gone) problems.push({ field: `missions.${at}`, message: gone })
    const from = mission.due?.after ? values.get(mission.due.after)?.value : world.today
    return {
      key: mission.key, description: mission.description, projectId: projectId as ProjectId | null, assigneeId: assigneeId as ActorId | null, priority: mission.priority,
      title: words(mission.title, values, open, limits.title) || mission.title.slice(0, limits.title),
      labels: [...new Set(mission.labels.map((label) => words(label, values, open, limits.label)).filter(Boolean))],
      autoRun: mission.autoRun && assigneeId !== null, dueOn: mission.due && from ? daysAfter(from, mission.due.days) : null, blockedBy: mission.blockedBy, files: mission.files,
    }
  })
  return problems.length > 0 ? { ok: false, problems } : { ok: true, missions: made, values }
}

/** Why a mission cannot be made as the template says: whom or what it names is not here any more. */
function goneProblem({ title, assignee, project }: TemplateMission, { member, project: projectOf }: World): string | null {
  const isNamed = assignee !== '' && slotKey(assignee) === null
  const whom = isNamed ? member(assignee) : null
  if (isNamed && (whom?.role ?? 'former') === 'former') return `“${title}” is for ${whom?.name || 'somebody'}, who is not here any more. Give it to somebody else in the template.`
  const into = project === '' || slotKey(project) !== null ? null : projectOf(project)
  if (project !== '' && slotKey(project) === null && !isOpen(into)) return `“${title}” goes into ${into ? `the project “${into.name}”, which is archived` : 'a project that is gone'}. Choose another one in the template.`
  return null
}
