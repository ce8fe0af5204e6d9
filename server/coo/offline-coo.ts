import { listed } from '#lib/wording.ts'
import type { Template } from '#lib/templates/template.ts'
import { SideJobFailed } from '../runs/beside/side-thread.ts'
import { CooFailed, type CooAnswer, type CooEngine, type CooQuestion } from './coo-engine.ts'
import { aboutBoard } from './about-board.ts'
import { proposeTemplate } from './from-template.ts'
import { intakeBeside } from './intake-beside.ts'
import { refineByRules } from './refine/by-rules.ts'

/** The COO without a model: it sorts what people write by rules, and answers what the board and the search can. */
export const offlineCoo: CooEngine = {
  name: 'offline',
  readsAll: false,
  prepare: async () => {},
  together: false,
  refine: async (question) => refineByRules(question),
  async answer(question, say) {
    // What comes with files is about them.
    const known = question.request.files.length > 0 ? null : await aboutBoard(question)
    if (known !== null) {
      say(known)
      return { proposals: [] }
    }
    try {
      const { reply, proposals, told, use } = await intakeBeside(question.request, question.signal)
      const template = use && question.templates.find(({ id }) => id === use.id)
      if (template) return fromTemplate(question, template, use.fields, say)
      say(reply)
      return { proposals, ...told ? { told } : {} }
    } catch (error) {
      if (error instanceof SideJobFailed) throw new CooFailed('This is more than I can sort by rules. Send it in parts.')
      throw error
    }
  },
}

function fromTemplate({ request, world }: CooQuestion, template: Template, given: Readonly<Record<string, string>>, say: (words: string) => void): CooAnswer {
  const names = (some: readonly { name: string }[]) => some.map(({ name }) => name)
  const made = proposeTemplate(template, given, world, { people: names(request.people), staff: names(request.staff), projects: names(request.projects) })
  if (!made.ok) {
    say(`The template **${template.name}** cannot be filled in like this. ${made.message}`)
    return { proposals: [] }
  }
  const read = template.content.fields.flatMap(({ key, label }) => (given[key] === undefined ? [] : [`${label}: ${made.words.get(key) ?? given[key]}`]))
  const count = made.proposals.length === 1 ? 'the mission' : `the ${made.proposals.length} missions`
  const parts = [
    `Here ${made.proposals.length === 1 ? 'is' : 'are'} ${count} of the template **${template.name}**.`,
    ...read.length > 0 ? [`From your words I filled in ${listed(read)}.`] : [],
    ...made.missing.length > 0 ? [`Still open: ${listed(made.missing.map(({ label }) => label))}. Answer the question${made.missing.length === 1 ? '' : 's'} beside it, and it stands wherever it belongs.`] : [],
  ]
  say(parts.join(' '))
  return { proposals: made.proposals }
}
