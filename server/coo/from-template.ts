import type { ActorId, ProjectId } from '#lib/board/ids.ts'
import { limits } from '#lib/board/limits.ts'
import type { Member } from '#lib/board/mission.ts'
import { fromMarkdown } from '#lib/editor/from-markdown.ts'
import { toMarkdown } from '#lib/editor/to-markdown.ts'
import { fill, type Filled, type Value, type World } from '#lib/templates/fill.ts'
import { fillBlocks } from '#lib/templates/fill-blocks.ts'
import { fieldsUsed, inOrder, type Template, type TemplateField } from '#lib/templates/template.ts'
import type { IntakeProposal } from './intake.ts'

type TemplateProposals = { ok: true; proposals: IntakeProposal[]; missing: readonly TemplateField[]; /** What the fields say, by key. */ words: ReadonlyMap<string, string> } | { ok: false; message: string }

/** What somebody is asked who is to fill in a field. */
function questionFor({ key, label, kind, choices }: TemplateField, { people, staff, projects }: Choices) {
  const names = { person: people, staff, project: projects, choice: choices, text: [], date: [] }[kind]
  const text = kind === 'date' ? `${label}: which day? (as 2026-03-05)` : kind === 'person' || kind === 'staff' ? `${label}: who?` : `${label}: which?`
  return { text, choices: names.slice(0, limits.choices), field: key }
}

type Choices = { people: readonly string[]; staff: readonly string[]; projects: readonly string[] }

/** The missions of a template as proposals. What is missing is asked for, once, on the first of them; until then it stands there as `{{key}}`. */
export function proposeTemplate(template: Template, given: Readonly<Record<string, string>>, world: World, choices: Choices): TemplateProposals {
  const { id, name, content } = template
  const filled = fill(content, given, world, { open: true })
  if (!filled.ok) return { ok: false, message: filled.problems.map(({ message }) => message).join(' ') }
  const ordered = inOrder(filled.missions)
  const missions = ordered.ok ? ordered.missions : filled.missions
  const missing = content.fields.filter(({ key, required }) => required && !filled.values.has(key))
  const asked = new Set<string>()
  return {
    ok: true, missing, words: new Map([...filled.values].map(([key, value]) => [key, value.words])),
    proposals: missions.map((mission, at): IntakeProposal => {
      const source = content.missions.find(({ key }) => key === mission.key)!
      const uses = new Set(fieldsUsed(source).map(({ key }) => key))
      const questions = missing.filter(({ key }) => !asked.has(key) && (uses.has(key) || at === missions.length - 1))
      for (const { key } of questions) asked.add(key)
      return {
        title: mission.title, description: describe(mission, filled.values), projectId: mission.projectId, assigneeId: mission.assigneeId, why: '', priority: mission.priority,
        dueOn: mission.dueOn, autoRun: mission.autoRun, size: null, labels: mission.labels, duplicates: [],
        blockedBy: mission.blockedBy.flatMap((key) => {
          const place = missions.findIndex((each) => each.key === key)
          return place < 0 ? [] : [place]
        }),
        context: mission.files.map((file) => `missions://file/${file}`),
        questions: questions.map((field) => questionFor(field, choices)),
        template: { id, name, mission: mission.key, values: { ...given }, today: world.today },
      }
    }),
  }
}

const describe = ({ description }: Filled, values: ReadonlyMap<string, Value>) => toMarkdown(fillBlocks(fromMarkdown(description), values, true))

/** What an answer means for a field: an id for a name; words that mean nothing here stay words. */
export function answerFor(field: TemplateField, words: string, directory: readonly Member[], projects: readonly { id: ProjectId; name: string }[]): string {
  const same = (name: string) => name.trim().localeCompare(words.trim(), undefined, { sensitivity: 'base' }) === 0
  if (field.kind === 'person' || field.kind === 'staff') return directory.find(({ kind, name, role }) => kind === field.kind && role !== 'former' && same(name))?.id ?? ('' as ActorId)
  if (field.kind === 'project') return projects.find(({ name }) => same(name))?.id ?? ''
  if (field.kind === 'choice') return field.choices.find(same) ?? ''
  // A day in words would be a guess.
  return field.kind === 'date' && !/^\d{4}-\d\d-\d\d$/.test(words.trim()) ? '' : words.trim()
}
