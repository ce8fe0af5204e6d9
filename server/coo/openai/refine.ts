import { randomBytes } from 'node:crypto'
import type OpenAI from 'openai'
import type { ChatCompletionMessageParam } from 'openai/resources/chat/completions'
import { z } from 'zod'
import type { ActorId, ProjectId } from '#lib/board/ids.ts'
import { limits } from '#lib/board/limits.ts'
import { priorities } from '#lib/board/mission.ts'
import { proposalSizes } from '#lib/board/proposal.ts'
import type { Refined } from '#lib/board/proposal-changes.ts'
import { askModel } from '../../runs/engines/openai/ask-model.ts'
import { callsOf } from '../../runs/engines/openai/conversation.ts'
import { fenced, fenceRule } from '../../runs/engines/openai/fence.ts'
import { aTool, readArguments } from './calls.ts'
import type { Refinement, RefineQuestion } from '../refine/refinement.ts'

const silentMs = 60_000
/** The change, and one more try where it could not be made. */
const mostTurns = 2

const refining = z.object({
  title: z.string().min(1).max(limits.title).optional(),
  assignee: z.string().nullable().optional().describe('Id of a person or staff member.'),
  why: z.string().max(1_000).optional().describe('Why that assignee, in a sentence.'),
  project: z.string().nullable().optional().describe('Id of a project.'),
  priority: z.enum(priorities).optional(),
  due_on: z.string().regex(/^\d{4}-\d\d-\d\d$/).nullable().optional(),
  size: z.enum(proposalSizes).nullable().optional(),
  description: z.array(z.object({
    replace: z.string().min(1).optional().describe('A passage of the description, word for word, that occurs once. Left out: the Markdown is added at the end.'),
    markdown: z.string().max(20_000),
  })).max(10).optional(),
}).describe('Only what the answers change; whatever is left out stays.')

const role = `You are the COO of a team's workspace. A proposal of a mission is open, and people answered questions about it. Refine it with their answers by calling refine_proposal once: change only what the answers change, add to the description what whoever does the work has to know, and invent nothing. What people chose and wrote stays.`

const tool = aTool('refine_proposal', refining, 'Changes the proposal. People see each change, and can take it back.')

function refinementIn(args: string, model: string, { known, chosen }: RefineQuestion): { ok: true; refinement: Refinement } | { ok: false; message: string } {
  const read = readArguments(args, refining)
  if (!read.ok) return read
  const data = read.value
  if (data.assignee && ![...known.people, ...known.staff].some(({ id }) => id === data.assignee)) return { ok: false, message: `There is nobody with the id "${data.assignee}".` }
  if (data.project && !known.projects.some(({ id }) => id === data.project)) return { ok: false, message: `There is no project with the id "${data.project}".` }
  const wanted: Refined = {
    ...data.title === undefined ? {} : { title: data.title },
    ...data.assignee === undefined ? {} : { assigneeId: data.assignee as ActorId | null },
    ...data.project === undefined ? {} : { projectId: data.project as ProjectId | null },
    ...data.priority === undefined ? {} : { priority: data.priority },
    ...data.due_on === undefined ? {} : { dueOn: data.due_on },
    ...data.size === undefined ? {} : { size: data.size },
  }
  const fields = Object.fromEntries(Object.entries(wanted).filter(([field]) => !chosen.has(field as never))) as Refined
  if (fields.assigneeId !== undefined) fields.why = data.why ?? ''
  return { ok: true, refinement: { engine: model, fields, edits: (data.description ?? []).map(({ replace, markdown }) => ({ markdown, ...replace === undefined ? {} : { replace } })) } }
}

function asked({ proposal, description, answers, chosen, known }: RefineQuestion, mark: string): ChatCompletionMessageParam[] {
  const lines = (all: readonly string[]) => all.join('\n') || '(none)'
  const { title, assigneeId, projectId, priority, dueOn, size } = proposal
  const material = [
    `Now it is ${new Date(known.now).toISOString()}, in the time zone ${known.timeZone}.`,
    `People:\n${lines(known.people.map(({ id, name }) => `- ${name} (id ${id})`))}`,
    `Staff (AI):\n${lines(known.staff.map(({ id, name, role: does }) => `- ${name} (id ${id}): ${does}`))}`,
    `Projects:\n${lines(known.projects.map(({ id, name }) => `- ${name} (id ${id})`))}`,
    `The proposal:\n${JSON.stringify({ title, assignee: assigneeId, project: projectId, priority, due_on: dueOn, size })}\nChosen by people, so not to be changed: ${[...chosen].join(', ') || 'nothing'}`,
    `Its description:\n${description}`,
  ].join('\n\n')
  return [
    { role: 'system', content: `${role}\n${fenceRule(mark)}` },
    { role: 'user', content: fenced(mark, 'the proposal and the workspace', material) },
    { role: 'user', content: answers.map(({ question, answer, by }) => `${question}\n${by} answered: ${answer}`).join('\n\n') },
  ]
}

/** What a model makes of answers; `null` where it changes nothing that can be changed. Rejects where it cannot be asked. */
export async function refineByModel(client: OpenAI, model: string, question: RefineQuestion): Promise<Refinement | null> {
  const messages = asked(question, randomBytes(6).toString('hex'))
  let made: Refinement | null = null
  for (let turn = 0; turn < mostTurns; turn += 1) {
    let wrong = false
    await askModel({
      client, model, messages, silentMs, signal: question.signal, withUsage: false, tools: new Map([[tool.name, tool]]),
      say: () => {},
      answered(message) {
        messages.push(message)
        return callsOf(message)
      },
      async carry(call) {
        const given = refinementIn(call.arguments, model, question)
        const problem = given.ok ? await question.check(given.refinement) : given.message
        if (given.ok && problem === null) made = given.refinement
        else wrong = true
        const told = problem === null ? 'Done.' : `Nothing was changed. Call the tool again, mended:\n${problem}`
        messages.push({ role: 'tool', tool_call_id: call.id, content: told })
        return told
      },
    })
    if (!wrong) break
  }
  return made
}
