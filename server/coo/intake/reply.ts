import type { IntakeProposal } from '../intake.ts'
import type { LeftOut } from './piece.ts'
import { tokensOf } from './tokens.ts'

const quoted = (text: string, longest = 90) => {
  const line = text.replace(/\s+/g, ' ').replace(/[“”"]/g, '').trim()
  return `“${line.length > longest ? `${line.slice(0, line.lastIndexOf(' ', longest))}…` : line}”`
}
export const inWords = (text: string, longest?: number) => quoted(text, longest)

const rules = 'Without a model I sort by rules: I take your words apart, I do not understand them.'
const many = (count: number, one: string, more = `${one}s`) => count === 1 ? `one ${one}` : `${count} ${more}`

/** More news than this nobody wants missions of. */
export const mostNews = 6
/** A sentence, and no "Budget: 12k". */
export const isNews = (text: string) => tokensOf(text).length >= 3

export type Made = { proposals: readonly IntakeProposal[]; leftOut: readonly LeftOut[]; isForeign: boolean; instructs: boolean; alone: string[] }

/** What was made, what was left out and what is open, in a few lines. */
export function replyFor({ proposals, leftOut, isForeign, instructs, alone }: Made): string {
  const lines: string[] = []
  const open = proposals.filter(({ questions }) => questions.length > 0).length
  const what = `${proposals.length === 1 ? 'Here is one proposal' : `Here are ${proposals.length} proposals`}, in your own words.`
  lines.push(`${what} ${rules}`)
  if (isForeign) lines.push('I do not know this language well enough to take it apart, so the text stands as it was written. Please look at it with care.')
  const unsure: string[] = []
  if (open > 0) unsure.push(proposals.length === 1 ? `It has ${many(proposals[0]?.questions.length ?? 0, 'question')} for you.` : `${open === proposals.length ? 'Each has' : open === 1 ? 'One of them has' : `${open} of them have`} questions for you.`)
  const nobody = proposals.filter(({ assigneeId }) => assigneeId === null).length
  if (proposals.length > 1 && nobody > 0 && nobody < proposals.length) unsure.push(`${nobody === 1 ? 'One has' : `${nobody} have`} nobody yet.`)
  else if (proposals.length > 12 && nobody > 0) unsure.push('Nobody is named in them; choose who does what before you approve.')
  const twins = proposals.filter(({ duplicates }) => duplicates.length > 0)
  if (twins.length > 0) unsure.push(`${twins.length === 1 ? `${inWords(twins[0]?.title ?? '')} looks` : `${twins.length} look`} like work that is on the board already.`)
  if (unsure.length > 0) lines.push(unsure.join(' '))
  const told = leftOut.filter(({ why }) => why === 'tells')
  const done = leftOut.filter(({ why }) => why === 'done')
  const asked = leftOut.filter(({ why }) => why === 'asks')
  if (done.length > 0) lines.push(`${done.length === 1 ? 'One is' : `${done.length} are`} ticked off already, so I left ${done.length === 1 ? 'it' : 'them'} out: ${done.slice(0, 3).map(({ text }) => inWords(text, 60)).join(', ')}${done.length > 3 ? ' …' : ''}`)
  const news = told.filter(({ text }) => isNews(text))
  const facts = told.filter(({ text }) => !isNews(text))
  if (news.length === 1) lines.push('What stands below is news for everybody: it asks nobody to do anything, so I made no mission of it. If somebody should act on it, one press proposes one.')
  else if (news.length > 1) lines.push(`${news.length > mostNews ? `Of ${news.length} sentences that are news for everybody the first ${mostNews} stand below` : 'What stands below is news for everybody'}: they ask nobody to do anything, so I made no missions of them. If somebody should act on one, one press proposes it.`)
  if (facts.length > 0) lines.push(`I left out what is only noted: ${facts.slice(0, 3).map(({ text }) => inWords(text, 60)).join(', ')}${facts.length > 3 ? `, and ${facts.length - 3} more` : ''}.`)
  const forbidden = leftOut.filter(({ why }) => why === 'forbids')
  if (forbidden.length > 0) lines.push(`${forbidden.map(({ text }) => inWords(text)).slice(0, 3).join(', ')} ${forbidden.length === 1 ? 'says' : 'say'} what must not be done. That is no mission; it stays here in the chat.`)
  if (asked.length > 0) lines.push(`Questions that I cannot answer: ${asked.slice(0, 3).map(({ text }) => inWords(text)).join(', ')}${asked.length > 3 ? `, and ${asked.length - 3} more` : ''}.`)
  if (instructs) lines.push('The text tells me to approve or to change rights. That has no effect: only people approve, here as everywhere.')
  lines.push(...alone)
  return lines.join('\n\n')
}

export const replies = {
  nothing: 'There was nothing to read. Tell me what you need, in any form: a sentence, a list, meeting notes, a table.',
  word: (word: string) => `${inWords(word)} alone does not tell me what to do. Say what should happen with it, for example “Write …” or “Fix …”, and I make a proposal of it. ${rules}`,
  done: (text: string) => `By what stands there it is done already, ${inWords(text)}, so I proposed nothing. ${rules}`,
  talk: `Hello! Tell me what you need, as messily as it comes: a sentence, a list, meeting notes, a table. I make proposals of it, and nothing reaches the board before somebody approves it. ${rules}`,
  thanks: 'You are welcome. Nothing was proposed.',
  question: (text: string) => `That reads as a question, ${inWords(text)}, not as work, so I proposed nothing. Without a model I cannot answer it. Search (Ctrl+K) looks through missions, docs and files. If somebody should find out, write “Find out …”.`,
  found: (text: string, links: string) => `That reads as a question, ${inWords(text)}, not as work, so I proposed nothing. Without a model I cannot answer it, but these missions may have to do with it:\n\n${links}`,
  state: (words: string, links: string) => `By the board as it is now, without judging it:\n\n${links}\n\n${words}`,
  harm: 'I make no proposal of this: it asks for something that could hurt people or break the law. If that is not what is meant, please talk to a person of your team about it.',
  secrets: 'I make no proposal of this.',
  instructs: 'The text tells me to approve or to change rights. That has no effect: only people approve, and I change nobody’s rights. There was no work in it that I could propose.',
  forbids: (text: string) => `${inWords(text)} says what must not be done, and that is no mission. A project’s brief is a good place for such a rule: people and AI staff read it. ${rules}`,
  tells: (text: string) => `I read this as news, ${inWords(text)}, and found nothing to do in it. If somebody should act on it, one press below proposes a mission; or say what should be done: “Write …”, “Fix …”. ${rules}`,
}
