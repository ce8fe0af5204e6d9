import { markdownLink } from '#lib/editor/escape-markdown.ts'
import type { SearchKind } from '#lib/search/query.ts'
import { counted } from '#lib/wording.ts'
import type { BoardLine, CooQuestion } from './coo-engine.ts'

const dayMs = 24 * 60 * 60 * 1000
const mostShown = 12

export const isQuestion = (text: string) => text.length < 300 && (/\?\s*$/.test(text) || /^(what|who|which|where|how|is|are|was|were|did|do (?:we|you|they|i)|does|show|list|find(?! out)|search)\b/i.test(text.trim()))

const linked = ({ title, reference }: Pick<BoardLine, 'title' | 'reference'>) => markdownLink(title || 'Untitled', reference)
const listed = (lines: readonly BoardLine[], say: (line: BoardLine) => string) => [
  ...lines.slice(0, mostShown).map((line) => `- ${linked(line)}${say(line)}`),
  ...lines.length > mostShown ? [`- and ${lines.length - mostShown} more`] : [],
].join('\n')
const by = (line: BoardLine) => (line.assignee ? ` (${line.assignee})` : '')

function stuck({ board, request: { now } }: CooQuestion): string {
  const today = new Date(now).toISOString().slice(0, 10)
  const open = board.filter(({ status }) => status !== 'Done')
  const waiting = open.filter(({ run }) => run === 'waiting')
  const failed = open.filter(({ run }) => run === 'failed')
  const review = open.filter(({ status, since }) => status === 'Review' && now - since > dayMs)
  const late = open.filter(({ dueOn }) => dueOn !== null && dueOn < today)
  const still = open.filter((line) => line.status === 'In progress' && line.run === '' && !late.includes(line) && !line.assignee)
  const parts = [
    waiting.length > 0 && `**Waiting for an answer or an approval**\n\n${listed(waiting, (line) => `${by(line)}: ${line.runLine}`)}`,
    failed.length > 0 && `**A run failed**\n\n${listed(failed, (line) => `${by(line)}: ${line.runLine}`)}`,
    review.length > 0 && `**In Review for more than a day**\n\n${listed(review, by)}`,
    late.length > 0 && `**Past their due date**\n\n${listed(late, (line) => `, due ${line.dueOn}${by(line)}`)}`,
    still.length > 0 && `**In progress, and nobody’s**\n\n${listed(still, () => '')}`,
  ].filter((part) => part !== false)
  return parts.length > 0 ? parts.join('\n\n') : 'Nothing is stuck: no run waits or failed, nothing lies in Review for more than a day, and nothing is past its due date.'
}

function working({ board }: CooQuestion): string {
  const active = board.filter(({ status, run }) => status === 'In progress' || run === 'running' || run === 'queued')
  return active.length === 0 ? 'Nothing is in progress at the moment.'
    : listed(active, (line) => `: ${line.assignee || 'nobody'}${line.run === 'running' ? `, at work now: ${line.runLine}` : ''}`)
}

function overview({ board }: CooQuestion): string {
  const of = (status: string) => board.filter((line) => line.status === status)
  return ['Backlog', 'In progress', 'Review', 'Done'].map((status) => `**${status}**: ${counted(of(status).length, 'mission')}`).join(' · ')
}

/** "How is Analyst doing?" */
async function recordsAsked({ request: { text, staff }, records }: CooQuestion) {
  if (!/\b(?:how (?:is|are|was|well|good)|record|doing|perform\w*)\b/i.test(text)) return []
  const named = staff.filter(({ name }) => text.toLowerCase().includes(name.toLowerCase()))
  return named.length === 0 ? [] : (await records()).filter(({ id }) => named.some((one) => one.id === id))
}

/** What happened since a moment that the question names, or lately. */
async function happened({ request: { now, text }, recent }: CooQuestion): Promise<string> {
  const days = /\btoday\b/i.test(text) ? 1 : /\byesterday\b/i.test(text) ? 2 : 7
  const entries = (await recent()).filter(({ at }) => now - at < days * dayMs)
  return entries.length === 0 ? `Nothing happened in the last ${days === 1 ? 'day' : `${days} days`}.`
    : `${entries.slice(0, mostShown).map(({ words }) => `- ${words}`).join('\n')}${entries.length > mostShown ? '\n- and more, on the page Activity' : ''}`
}

const kindNames: Readonly<Record<SearchKind, string>> = {
  run: 'What runs found', file: 'Files', doc: 'Docs', brief: 'Briefs', review: 'Reviews', mission: 'Missions', comment: 'Comments', chat: 'Chats',
}

/** What is found, by what it is: results before plans, plans before talk. Each line leads to where it stands, in its own words. */
async function about(subject: string, { search }: CooQuestion): Promise<string> {
  const found = await search(subject.slice(0, 200))
  if (found.length === 0) return `Nothing in the workspace has the words “${subject}”.`
  const parts = (Object.keys(kindNames) as SearchKind[]).flatMap((kind) => {
    const those = found.filter((each) => each.kind === kind)
    return those.length === 0 ? [] : [`**${kindNames[kind]}**\n\n${those.map((each) => `- ${linked(each)}${each.excerpt ? `: ${each.excerpt.replace(/\s+/g, ' ')}` : ''}`).join('\n')}`]
  })
  return `What there is about “${subject}”, word for word:\n\n${parts.join('\n\n')}`
}

/**
 * Answers what can be answered from the board and by search alone, with links to where it stands; `null` where it is no such question.
 */
export async function aboutBoard(question: CooQuestion): Promise<string | null> {
  const text = question.request.text.trim()
  if (!isQuestion(text)) return null
  if (/\b(stuck|blocked|blocking|held up|waiting|overdue|late|failed)\b/i.test(text)) return stuck(question)
  if (/\b(review|approve)\b/i.test(text)) {
    const review = question.board.filter(({ status }) => status === 'Review')
    return review.length > 0 ? `${counted(review.length, 'mission is', 'missions are')} in Review:\n\n${listed(review, by)}` : 'Nothing is in Review.'
  }
  if (/\b(?:happened|happening lately|changed|is new|news|what did (?:we|you|they|everybody|everyone) do)\b/i.test(text)) return happened(question)
  const [record] = await recordsAsked(question)
  if (record) return `**${record.name}**: ${record.words}`
  if (/\bwho\b.*\b(work|do|does|doing|busy|on)\b|\b(working on|in progress|going on|being done|happening)\b/i.test(text)) return working(question)
  if (/\b(status|overview|how are we|where do we stand|how is it going|what is on the board|what's on the board)\b/i.test(text)) return `${overview(question)}\n\n${working(question)}`
  const [, subject] = /\b(?:about|learn(?:ed|t)? (?:about|of|on)|know about|find(?! out)|search(?: for)?|where is|where are|anything on)\s+(.+?)[?.!]*$/is.exec(text) ?? []
  if (!subject) return null
  return about(subject.replace(/^(?:the|our|a|an)\s+/i, ''), question)
}
