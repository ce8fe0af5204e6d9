import { z } from 'zod'
import type { ActorId, MissionId, ProjectId } from '#lib/board/ids.ts'
import { limits } from '#lib/board/limits.ts'
import { priorities } from '#lib/board/mission.ts'
import { proposalSizes } from '#lib/board/proposal.ts'
import { templates } from '#lib/staff/templates.ts'
import type { Tool } from '../../runs/tools/tool.ts'
import type { CooQuestion } from '../coo-engine.ts'
import { proposeTemplate } from '../from-template.ts'
import type { IntakeProposal } from '../intake.ts'
import type { NewOffer } from '../offers/what-to-offer.ts'

// What the model of the COO may call. Nothing of it changes anything by itself: what is called is read here, and put before people.

const mostProposals = 50

/** A tool as the model is told of it; who called it is answered by whoever carries it out. */
export function aTool(name: string, schema: z.ZodType, told: string): Tool {
  const { $schema: _, ...parameters } = z.toJSONSchema(schema, { io: 'input' })
  return { name, title: name, effect: 'talk', parameters, told, check: (args) => ({ ok: true, args }), carryOut: async () => ({ ok: true, text: '' }) }
}

const proposal = z.object({
  title: z.string().min(1).max(limits.title).describe('Short, imperative.'),
  description: z.string().max(50_000).describe('Markdown: what is to be done, from what people said, and under "A good result has" what it is judged by. Nothing invented.'),
  project: z.string().nullable().describe('Id of a project, or null.'),
  assignee: z.string().nullable().describe('Id of a person or staff member, or null.'),
  why: z.string().max(1_000).describe('Why that assignee, in a sentence; empty without one.'),
  priority: z.enum(priorities),
  due_on: z.string().regex(/^\d{4}-\d\d-\d\d$/).nullable().describe('YYYY-MM-DD where people named a date, else null.'),
  auto_run: z.boolean().describe('True only where people asked that staff start at once.'),
  size: z.enum(proposalSizes).nullable(),
  blocked_by: z.array(z.number().int().min(0)).describe('Places, from 0, of proposals of this list that come before it.'),
  duplicates: z.array(z.string()).describe('Ids of missions on the board that are likely the same work.'),
  questions: z.array(z.object({ text: z.string().min(1).max(limits.title), choices: z.array(z.string().max(limits.title)).max(limits.choices) })).max(5).describe('Only what matters and cannot be known from here.'),
})
const proposing = z.object({ proposals: z.array(proposal).min(1).max(mostProposals) })

const chosen = templates.filter(({ key }) => key !== 'blank')
const setup = z.object({
  project: z.string().max(limits.name).nullable().describe('Name of the project that this is for, or null.'),
  staff: z.array(z.object({ template: z.enum(chosen.map(({ key }) => key)), name: z.string().min(1).max(limits.name), why: z.string().max(1_000) })).max(3),
})

const using = z.object({
  template: z.string().describe('Id of the template.'),
  fields: z.record(z.string(), z.string()).describe('What people said, by the key of the field: words, a day as YYYY-MM-DD, or the id of a person, staff member or project. What they did not say is left out: they are asked for it.'),
})

const searching = z.object({ words: z.string().min(1).max(200) })

export const proposeMissions = aTool('propose_missions', proposing, 'Puts proposals of missions before the people, who edit, approve or decline them.')
export const useTemplate = aTool('use_template', using, 'Puts the missions of a template before the people as proposals, filled in; they are asked for what is missing.')
export const searchWorkspace = aTool('search_workspace', searching, 'Finds missions, comments, docs, files and results of the workspace by words; answers with excerpts and links.')
export const offerSetup = aTool('offer_setup', setup,
  `The workspace is empty: offers people a project and AI staff for this request, which they make with one press. Templates: ${chosen.map(({ key, says }) => `${key} (${says})`).join(' ')}`)

export type Read<T> = { ok: true; value: T } | { ok: false; message: string }

/** What a call says, where it is of its schema. */
export function readArguments<T>(args: string, schema: z.ZodType<T>): Read<T> {
  let parsed: unknown
  try {
    parsed = JSON.parse(args)
  } catch (error) {
    return { ok: false, message: `The arguments are not JSON: ${(error as Error).message}` }
  }
  const { success, data, error } = schema.safeParse(parsed)
  return success ? { ok: true, value: data } : { ok: false, message: z.prettifyError(error) }
}

export const readSearch = (args: string): Read<string> => {
  const read = readArguments(args, searching)
  return read.ok ? { ok: true, value: read.value.words } : read
}

export function readSetup(args: string): Read<NewOffer[]> {
  const read = readArguments(args, setup)
  if (!read.ok) return read
  const { project, staff } = read.value
  return {
    ok: true,
    value: [
      ...project ? [{ kind: 'project' as const, name: project, template: '', why: '', proposals: [] }] : [],
      ...staff.map(({ template, name, why }) => ({ kind: 'staff' as const, name, template, why, proposals: [] })),
    ],
  }
}

/** Proposals; whom and what they name exists, and is of this workspace. */
export function readProposals(args: string, { request }: CooQuestion): Read<IntakeProposal[]> {
  const read = readArguments(args, proposing)
  if (!read.ok) return read
  const given = read.value.proposals
  const wrong: string[] = []
  const actors = new Set<string>([...request.people, ...request.staff].map(({ id }) => id))
  const projects = new Set<string>(request.projects.map(({ id }) => id))
  const missions = new Set<string>(request.missions.map(({ id }) => id))
  const proposals = given.map((each, at): IntakeProposal => {
    if (each.assignee !== null && !actors.has(each.assignee)) wrong.push(`proposals[${at}].assignee: there is nobody with the id "${each.assignee}"`)
    if (each.project !== null && !projects.has(each.project)) wrong.push(`proposals[${at}].project: there is no project with the id "${each.project}"`)
    return {
      title: each.title, description: each.description, projectId: each.project as ProjectId | null, assigneeId: each.assignee as ActorId | null, why: each.why,
      priority: each.priority, dueOn: each.due_on, autoRun: each.auto_run, size: each.size,
      blockedBy: each.blocked_by.filter((place) => place !== at && place < given.length),
      duplicates: each.duplicates.filter((id) => missions.has(id)) as MissionId[], questions: each.questions,
    }
  })
  return wrong.length > 0 ? { ok: false, message: wrong.join('\n') } : { ok: true, value: proposals }
}

/** The missions of a template, filled in. */
export function readUse(args: string, { request, templates: usable, world }: CooQuestion): Read<IntakeProposal[]> {
  const read = readArguments(args, using)
  if (!read.ok) return read
  const template = usable.find(({ id }) => id === read.value.template)
  if (!template) return { ok: false, message: `template: there is none with the id "${read.value.template}"` }
  const names = (some: readonly { name: string }[]) => some.map(({ name }) => name)
  const made = proposeTemplate(template, read.value.fields, world, { people: names(request.people), staff: names(request.staff), projects: names(request.projects) })
  return made.ok ? { ok: true, value: made.proposals } : made
}
