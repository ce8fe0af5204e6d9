import type { BoardLine, CooQuestion } from './coo-engine.ts'

const dayMs = 24 * 60 * 60 * 1000
const mostShown = 12

const isQuestion = (text: string) => text.length < 300 && (/\?\s*$/.test(text) || /^(what|who|which|where|how|is|are|was|were|did|do|does|show|list|find|search)\b/i.test(text.trim()))

const linked = ({ title, reference }: Pick<BoardLine, 'title' | 'reference'>) => `[${title.replace(/([[\]\\])/g, '\\$1')}](${reference})`
const listed = (lines: readonly BoardLine[], say: (line: BoardLine) => string) => [
  ...lines.slice(0, mostShown).map((line) => `- ${linked(line)}${say(line)}`),
  ...lines.length > mostShown ? [`- and ${lines.length - mostShown} more`] : [],
].join('\n')
const counted = (count: number, one: string, many = `${one}s`) => `${count} ${count === 1 ? one : many}`
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
  if (/\bwho\b.*\b(work|do|does|doing|busy|on)\b|\b(working on|in progress|going on|being done|happening)\b/i.test(text)) return working(question)
  if (/\b(status|overview|how are we|where do we stand|how is it going|what is on the board|what's on the board)\b/i.test(text)) return `${overview(question)}\n\n${working(question)}`
  const [, subject] = /\b(?:about|learn(?:ed|t)? (?:about|of|on)|know about|find|search(?: for)?|where is|where are|anything on)\s+(.+?)[?.!]*$/is.exec(text) ?? []
  if (!subject) return null
  const found = await question.search(subject.slice(0, 200))
  return found.length === 0 ? `Nothing in the workspace has the words “${subject}”.`
    : `What there is about “${subject}”:\n\n${found.map(({ title, reference, excerpt }) => `- [${title.replace(/([[\]\\])/g, '\\$1')}](${reference})${excerpt ? `: ${excerpt}` : ''}`).join('\n')}`
}
