import type { ChatCompletionMessageParam } from 'openai/resources/chat/completions'
import { markdownLink } from '#lib/editor/escape-markdown.ts'
import { fenced, fenceRule } from '../../runs/engines/openai/fence.ts'
import type { CooQuestion } from '../coo-engine.ts'

const mostBoardLines = 300
const mostTemplates = 50

const role = `You are the COO of a team's workspace. People tell you, as messily as people do, what they need. You turn requests into missions that others carry out, by calling propose_missions, and you answer questions about the workspace with links, as Markdown [title](reference); what the board does not say you look for with search_workspace.
Say first, in one to three sentences, what you understood and what is open; then call the tool once with all proposals. A big request becomes several missions in an order. Where people name a template, or ask for exactly what one is for, call use_template instead: it proposes the template's missions, filled in. Propose nothing where nothing is asked for. You decide nothing: people edit, approve or decline each proposal. Never invent names, dates, numbers or facts.`

const lines = (all: readonly string[]) => all.join('\n') || '(none)'

/** What the model is told: who it is, the workspace as it stands, what was said, and what is asked. */
export async function promptFor(question: CooQuestion, mark: string): Promise<ChatCompletionMessageParam[]> {
  const { request, board, before, open } = question
  const [records, recent] = await Promise.all([question.records(), question.recent()])
  const workspace = [
    `Now it is ${new Date(request.now).toISOString()}; the person who asks is in the time zone ${request.timeZone}.`,
    `People:\n${lines(request.people.map(({ id, name }) => `- ${name} (id ${id})${id === request.by ? ', who asks' : ''}`))}`,
    `Staff (AI):\n${lines(request.staff.map(({ id, name, role: does }) => `- ${name} (id ${id}): ${does}. ${records.find((record) => record.id === id)?.words ?? ''}`))}`,
    `Projects:\n${lines(request.projects.map(({ id, name }) => `- ${name} (id ${id})${id === request.projectId ? ', where it is asked' : ''}`))}`,
    `Board${board.length > mostBoardLines ? `, the newest ${mostBoardLines} of ${board.length} missions` : ''}:\n${lines(board.slice(-mostBoardLines).map((line) =>
      `- ${line.title} (${line.reference}; ${line.status}${line.assignee && `; ${line.assignee}`}${line.project && `; ${line.project}`}${line.dueOn ? `; due ${line.dueOn}` : ''}${line.run && `; run ${line.run}: ${line.runLine}`})`))}`,
    ...question.templates.length > 0 ? [`Templates:\n${question.templates.slice(0, mostTemplates).map(({ id, name, description, content }) =>
      `- ${name} (id ${id}; ${content.missions.length} missions)${description && `: ${description}`}${content.fields.map(({ key, label, kind, required, choices }) =>
        `\n  - field ${key} (${label}; ${kind}${choices.length > 0 ? `: ${choices.join(' | ')}` : ''}${required ? '; required' : ''})`).join('')}`).join('\n')}`] : [],
    `What happened last, newest first:\n${lines(recent.map(({ at, words }) => `- ${new Date(at).toISOString().slice(0, 16)} ${words}`))}`,
    `Proposals of this chat that are open:\n${lines(open.map(({ title, questions }) => `- ${title}${questions.map(({ text, answer }) => `; asked “${text}”${answer === null ? '' : `, answered “${answer}”`}`).join('')}`))}`,
  ].join('\n\n')
  return [
    { role: 'system', content: `${role}\n${fenceRule(mark)}` },
    { role: 'user', content: fenced(mark, 'the workspace as it stands', workspace) },
    ...before.map(({ who, coo, body }): ChatCompletionMessageParam => coo ? { role: 'assistant', content: body || '…' } : { role: 'user', content: `${who} wrote:\n${body}` }),
    ...request.files.map((file): ChatCompletionMessageParam => ({ role: 'user', content: 'text' in file ? fenced(mark, `the file ${file.name}`, file.text) : `The file “${file.name}” ${file.problem}.` })),
    { role: 'user', content: request.text },
  ]
}

/** What a search found, for the model. */
export const foundFor = (found: Awaited<ReturnType<CooQuestion['search']>>, mark: string) =>
  found.length === 0 ? 'Nothing has these words.' : fenced(mark, 'what was found', found.map(({ title, reference, excerpt }) => `- ${markdownLink(title || 'Untitled', reference)}${excerpt && `: ${excerpt}`}`).join('\n'))
