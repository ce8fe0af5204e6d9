import { limits } from '#lib/board/limits.ts'
import type { CooChange, Refined } from '#lib/board/proposal-changes.ts'
import { dayIn } from '../intake/days.ts'
import { findDue } from '../intake/due.ts'
import { languageOf } from '../intake/language.ts'
import { vagueWords } from '../intake/title.ts'
import type { GivenAnswer, Refinement, RefineQuestion } from './refinement.ts'
import type { DescriptionEdit } from './text-changes.ts'

const heading = '## Answers'
const same = (a: string, b: string) => a.trim().localeCompare(b.trim(), undefined, { sensitivity: 'base' }) === 0
const line = ({ question, answer }: Pick<GivenAnswer, 'question' | 'answer'>) => `- ${question} **${answer.replace(/\s+/g, ' ').trim()}**`
const isDay = (text: string) => /^\d{4}-\d\d-\d\d$/.test(text.trim())

/** Changes that the COO made because of one question alone, and that stand, newest last. */
export const changesFor = (changes: readonly CooChange[], question: string) =>
  changes.filter(({ because, undoneAt }) => undoneAt === null && because.length === 1 && because[0] === question)

/**
 * What answers change, without a model: a name goes into an assignee that nobody chose, a project into the project, a day into the due date, what is
 * meant by "this" into the title. Anything else stands below the description, with its question.
 */
export function refineByRules({ proposal, description, answers, chosen, known }: RefineQuestion): Refinement {
  const fields: Refined = {}
  const edits: DescriptionEdit[] = []
  const lines: string[] = []
  for (const given of answers) {
    const before = changesFor(proposal.changes, given.id)
    const free = (field: 'assigneeId' | 'projectId' | 'dueOn') => !chosen.has(field) && (proposal[field] === null || before.some((change) => change.fields[field]?.to === proposal[field]))
    const actor = [...known.people, ...known.staff].find(({ name }) => same(name, given.answer))
    const project = known.projects.find(({ name }) => same(name, given.answer))
    const day = dayOf(given, known)
    const meant = /^What is meant by “.+”\?$/.test(given.question) && !chosen.has('title') ? titleWith(proposal.title, given.answer) : null
    if (actor && free('assigneeId')) Object.assign(fields, { assigneeId: actor.id, why: `As ${given.by} answered.` } satisfies Refined)
    else if (project && free('projectId')) fields.projectId = project.id
    else if (day && free('dueOn')) fields.dueOn = day
    else {
      if (meant) fields.title = meant
      const own = before.flatMap(({ added }) => added.split('\n').filter((each) => each.startsWith('- '))).findLast((each) => once(description, each))
      if (own === undefined) lines.push(line(given))
      else if (own !== line(given)) edits.push({ replace: own, markdown: line(given) })
    }
  }
  if (lines.length > 0) {
    const last = proposal.changes.filter(({ undoneAt }) => undoneAt === null).flatMap(({ added }) => added.split('\n').filter((each) => each.startsWith('- '))).findLast((each) => once(description, each))
    if (last !== undefined) edits.push({ replace: last, markdown: [edits.find(({ replace }) => replace === last)?.markdown ?? last, ...lines].join('\n') })
    else edits.push({ markdown: [...description.includes(heading) ? [] : [heading, ''], ...lines].join('\n') })
  }
  return { engine: 'offline', fields, edits }
}

const once = (text: string, words: string) => text.includes(words) && text.indexOf(words) === text.lastIndexOf(words)

function dayOf({ question, choices, answer }: GivenAnswer, { now, timeZone }: RefineQuestion['known']): string | null {
  if (!choices.some(isDay) && !/\b(?:when|which day|what day|by what date|deadline|due)\b|\bwann\b|\bquand\b|\bcuándo\b/i.test(question)) return null
  if (isDay(answer)) return answer.trim()
  return findDue(`due ${answer}`, dayIn(now, timeZone), languageOf(answer).words).day
}

/** The title with what is meant in the place of "this"; `null` where it has no such word, or would not be a title any more. */
function titleWith(title: string, answer: string): string | null {
  const words = answer.replace(/\s+/g, ' ').replace(/[.!?]+$/, '').trim()
  if (words.length === 0 || words.length > 80 || !vagueWords.test(title)) return null
  return title.replace(vagueWords, words).slice(0, limits.title)
}
