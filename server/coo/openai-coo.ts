import { randomBytes } from 'node:crypto'
import OpenAI from 'openai'
import type { ChatCompletionMessageParam } from 'openai/resources/chat/completions'
import { z } from 'zod'
import type { ActorId, MissionId, ProjectId } from '#lib/board/ids.ts'
import { limits } from '#lib/board/limits.ts'
import { priorities } from '#lib/board/mission.ts'
import { proposalSizes } from '#lib/board/proposal.ts'
import { askModel } from '../runs/engines/openai/ask-model.ts'
import { callsOf } from '../runs/engines/openai/conversation.ts'
import { fenced, fenceRule } from '../runs/engines/openai/fence.ts'
import { judgeError } from '../runs/engines/openai/provider-error.ts'
import type { EngineTask } from '../runs/protocol.ts'
import type { Tool } from '../runs/tools/tool.ts'
import { CooFailed, type CooAnswer, type CooEngine, type CooQuestion } from './coo-engine.ts'
import { proposeTemplate } from './from-template.ts'
import type { IntakeProposal } from './intake.ts'

const silentMs = 60_000
const mostProposals = 50
const mostBoardLines = 300
const mostTemplates = 50
/** The answer, and one more where the proposals were not as they have to be. */
const mostTurns = 3

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

const using = z.object({
  template: z.string().describe('Id of the template.'),
  fields: z.record(z.string(), z.string()).describe('What people said, by the key of the field: words, a day as YYYY-MM-DD, or the id of a person, staff member or project. What they did not say is left out: they are asked for it.'),
})

const role = `You are the COO of a team's workspace. People tell you, as messily as people do, what they need. You turn requests into missions that others carry out, by calling propose_missions, and you answer questions about the workspace with links, as Markdown [title](reference).
Say first, in one to three sentences, what you understood and what is open; then call the tool once with all proposals. A big request becomes several missions in an order. Where people name a template, or ask for exactly what one is for, call use_template instead: it proposes the template's missions, filled in. Propose nothing where nothing is asked for. You decide nothing: people edit, approve or decline each proposal. Never invent names, dates, numbers or facts.`

/** Sees to it that what the model named exists, and is of this workspace. */
function known(given: z.output<typeof proposing>, { request }: CooQuestion): { ok: true; proposals: IntakeProposal[] } | { ok: false; message: string } {
  const wrong: string[] = []
  const actors = new Set<string>([...request.people, ...request.staff].map(({ id }) => id))
  const projects = new Set<string>(request.projects.map(({ id }) => id))
  const missions = new Set<string>(request.missions.map(({ id }) => id))
  const proposals = given.proposals.map((each, at): IntakeProposal => {
    if (each.assignee !== null && !actors.has(each.assignee)) wrong.push(`proposals[${at}].assignee: there is nobody with the id "${each.assignee}"`)
    if (each.project !== null && !projects.has(each.project)) wrong.push(`proposals[${at}].project: there is no project with the id "${each.project}"`)
    return {
      title: each.title, description: each.description, projectId: each.project as ProjectId | null, assigneeId: each.assignee as ActorId | null, why: each.why,
      priority: each.priority, dueOn: each.due_on, autoRun: each.auto_run, size: each.size,
      blockedBy: each.blocked_by.filter((place) => place !== at && place < given.proposals.length),
      duplicates: each.duplicates.filter((id) => missions.has(id)) as MissionId[], questions: each.questions,
    }
  })
  return wrong.length > 0 ? { ok: false, message: wrong.join('\n') } : { ok: true, proposals }
}

function asked(question: CooQuestion, mark: string): ChatCompletionMessageParam[] {
  const { request, board, before, open } = question
  const lines = (all: readonly string[]) => all.join('\n') || '(none)'
  const workspace = [
    `Now it is ${new Date(request.now).toISOString()}; the person who asks is in the time zone ${request.timeZone}.`,
    `People:\n${lines(request.people.map(({ id, name }) => `- ${name} (id ${id})${id === request.by ? ', who asks' : ''}`))}`,
    `Staff (AI):\n${lines(request.staff.map(({ id, name, role: does }) => `- ${name} (id ${id}): ${does}`))}`,
    `Projects:\n${lines(request.projects.map(({ id, name }) => `- ${name} (id ${id})${id === request.projectId ? ', where it is asked' : ''}`))}`,
    `Board${board.length > mostBoardLines ? `, the newest ${mostBoardLines} of ${board.length} missions` : ''}:\n${lines(board.slice(-mostBoardLines).map((line) =>
      `- ${line.title} (${line.reference}; ${line.status}${line.assignee && `; ${line.assignee}`}${line.project && `; ${line.project}`}${line.dueOn ? `; due ${line.dueOn}` : ''}${line.run && `; run ${line.run}: ${line.runLine}`})`))}`,
    ...question.templates.length > 0 ? [`Templates:\n${question.templates.slice(0, mostTemplates).map(({ id, name, description, content }) =>
      `- ${name} (id ${id}; ${content.missions.length} missions)${description && `: ${description}`}${content.fields.map(({ key, label, kind, required, choices }) =>
        `\n  - field ${key} (${label}; ${kind}${choices.length > 0 ? `: ${choices.join(' | ')}` : ''}${required ? '; required' : ''})`).join('')}`).join('\n')}`] : [],
    `Proposals of this chat that are open:\n${lines(open.map(({ title, questions }) => `- ${title}${questions.map(({ text, answer }) => `; asked “${text}”${answer === null ? '' : `, answered “${answer}”`}`).join('')}`))}`,
  ].join('\n\n')
  return [
    { role: 'system', content: `${role}\n${fenceRule(mark)}` },
    { role: 'user', content: fenced(mark, 'the workspace as it stands', workspace) },
    ...before.map(({ who, coo, body }): ChatCompletionMessageParam => coo ? { role: 'assistant', content: body || '…' } : { role: 'user', content: `${who} wrote:\n${body}` }),
    { role: 'user', content: request.text },
  ]
}

/** The COO driven by a language model behind any OpenAI-compatible endpoint. */
export function openaiCoo({ baseUrl, apiKey, model }: Extract<EngineTask, { kind: 'openai' }>): CooEngine {
  const client = new OpenAI({ baseURL: baseUrl, apiKey: apiKey || 'none', maxRetries: 2, organization: null, project: null, logLevel: 'off' })
  const tool = (name: string, title: string, told: string, schema: z.ZodType): Tool => {
    const { $schema: _, ...parameters } = z.toJSONSchema(schema, { io: 'input' })
    return { name, title, effect: 'talk', parameters, told, check: (args) => ({ ok: true, args }), carryOut: async () => ({ ok: true, text: '' }) }
  }
  const propose = tool('propose_missions', 'Propose missions', 'Puts proposals of missions before the people, who edit, approve or decline them.', proposing)
  const use = tool('use_template', 'Use a template', 'Puts the missions of a template before the people as proposals, filled in; they are asked for what is missing.', using)

  async function answer(question: CooQuestion, say: (words: string) => void): Promise<CooAnswer> {
    const messages = asked(question, randomBytes(6).toString('hex'))
    let made: IntakeProposal[] | null = null
    let unread = ''
    let spoke = false
    for (let turn = 0; turn < mostTurns && made === null; turn += 1) {
      let wrong = false
      try {
        await askModel({
          client, model, messages, silentMs, signal: question.signal, withUsage: false, tools: new Map([propose, ...question.templates.length > 0 ? [use] : []].map((each) => [each.name, each])),
          say(words) {
            // What is only a second try is not said twice.
            if (turn > 0) return
            spoke = true
            say(words)
          },
          answered(message) {
            messages.push(message)
            return callsOf(message)
          },
          async carry(call) {
            const read = call.name === use.name ? readUse(call.arguments, question) : readCall(call.arguments, question)
            if (read.ok) made = together(made ?? [], read.proposals)
            else [wrong, unread] = [true, call.arguments]
            const told = read.ok ? 'They are before the people.' : `Not as they have to be, so nobody saw them. Call the tool again with all of them, mended:\n${read.message}`
            messages.push({ role: 'tool', tool_call_id: call.id, content: told })
            return told
          },
        })
      } catch (error) {
        if (question.signal.aborted) throw error
        const verdict = judgeError(error, { pictures: false, usage: false }, apiKey)
        throw new CooFailed(verdict.kind === 'final' ? verdict.reason : verdict.kind === 'smaller' ? `This is more than the model takes: ${verdict.words}` : `The model could not be reached: ${'words' in verdict ? verdict.words : ''}.`)
      }
      if (!wrong) break
    }
    if (made === null && unread) say(`${spoke ? '\n\n' : ''}The model proposed this, but not in a form that can be made into proposals:\n\n\`\`\`\n${unread.slice(0, 20_000)}\n\`\`\``)
    else if (!spoke) say(made ? 'This is what I would put on the board.' : 'The model said nothing. Try again, or say it in other words.')
    return { proposals: made ?? [] }
  }

  return { name: model, answer }
}

function readCall(args: string, question: CooQuestion): ReturnType<typeof known> {
  const parsed = parse(args)
  if (!parsed.ok) return parsed
  const { success, data, error } = proposing.safeParse(parsed.value)
  return success ? known(data, question) : { ok: false, message: z.prettifyError(error) }
}

/** Places in the order are those of the whole list. */
const together = (before: readonly IntakeProposal[], more: readonly IntakeProposal[]): IntakeProposal[] =>
  [...before, ...more.map((proposal) => ({ ...proposal, blockedBy: proposal.blockedBy.map((place) => place + before.length) }))]

function readUse(args: string, { request, templates, world }: CooQuestion): ReturnType<typeof known> {
  const parsed = parse(args)
  const { success, data, error } = using.safeParse(parsed.ok ? parsed.value : undefined)
  if (!parsed.ok) return parsed
  if (!success) return { ok: false, message: z.prettifyError(error) }
  const template = templates.find(({ id }) => id === data.template)
  if (!template) return { ok: false, message: `template: there is none with the id "${data.template}"` }
  const names = (some: readonly { name: string }[]) => some.map(({ name }) => name)
  return proposeTemplate(template, data.fields, world, { people: names(request.people), staff: names(request.staff), projects: names(request.projects) })
}

function parse(args: string): { ok: true; value: unknown } | { ok: false; message: string } {
  try {
    return { ok: true, value: JSON.parse(args) }
  } catch (error) {
    return { ok: false, message: `The arguments are not JSON: ${(error as Error).message}` }
  }
}
