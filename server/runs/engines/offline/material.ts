import { extractMarkdown } from '../../../files/extract/extract-markdown.ts'
import type { PassagePlace } from '../../../files/extract/extracted-text.ts'
import type { RunContext } from '../../engine.ts'
import type { Guidance } from './guidance.ts'
import { quotesOf, type Dropped, type Quote } from './quotes.ts'
import { readSentences } from './rank-sentences.ts'
import type { Reading } from './reading.ts'
import type { Place } from './sources.ts'

export type DocumentPart = Extract<Reading, { kind: 'document' }> & { quotes: Quote[] }

const placeIn = (file: string, place: PassagePlace | undefined): Place =>
  place === undefined
    ? { of: 'lines', file, heading: null, from: 1, to: 1 }
    : 'page' in place
      ? { of: 'page', file, page: place.page }
      : 'paragraph' in place
        ? { of: 'paragraph', file, ...place }
        : { of: 'lines', file, ...place }

export async function documentPart(
  reading: Extract<Reading, { kind: 'document' }>,
  guidance: Guidance,
  dropped: Dropped,
  breathe: () => Promise<void>,
): Promise<DocumentPart> {
  const quotes = await quotesOf(
    reading.sentences,
    (index) => placeIn(reading.file, reading.text.passages[index]?.place),
    guidance,
    dropped,
    breathe,
  )
  return { ...reading, quotes }
}

/** A piece of earlier work that has text. */
export type EarlierText = { label: string; text: string }

/** What people wrote on the board: the description, the project's brief and docs, the comments of people; and what earlier work says. */
export type Talk = { description: Quote[]; brief: Quote[]; docs: Quote[]; memory: Quote[]; comments: Quote[] }

export async function talkOf(context: RunContext, earlier: readonly EarlierText[], guidance: Guidance, dropped: Dropped, breathe: () => Promise<void>): Promise<Talk> {
  const quotes = async (markdown: string, place: Place) => {
    const { passages } = extractMarkdown(markdown)
    return quotesOf(await readSentences(passages, breathe), () => place, guidance, dropped, breathe)
  }
  const comments: Quote[] = []
  for (const comment of context.comments.toSorted((a, b) => a.createdAt - b.createdAt)) {
    if (comment.author === context.staff.name) continue
    const found = await quotes(comment.body, { of: 'comment', author: comment.author, at: comment.createdAt })
    comments.push(...found.map((quote) => ({ ...quote, order: comments.length + quote.order })))
  }
  const docs: Quote[] = []
  for (const { title, text } of context.project?.docs ?? []) {
    const found = await quotes(text, { of: 'doc', title })
    docs.push(...found.map((quote) => ({ ...quote, order: docs.length + quote.order })))
  }
  const memory: Quote[] = []
  for (const { label, text } of earlier) {
    const found = await quotes(text, { of: 'earlier', label })
    memory.push(...found.map((quote) => ({ ...quote, order: memory.length + quote.order })))
  }
  return {
    memory,
    description: await quotes(context.mission.description, { of: 'mission' }),
    brief: context.project ? await quotes(context.project.brief, { of: 'brief', project: context.project.name }) : [],
    docs,
    comments,
  }
}
