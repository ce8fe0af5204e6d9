import type { RunContext } from '../../engine.ts'
import { answerTo, type Outcome } from './answers.ts'
import { inQuotes, type Block, type Rich } from './digest-blocks.ts'
import { partNamed, type Guidance } from './guidance.ts'
import type { DocumentPart, Talk } from './material.ts'
import { counted, listed } from '#lib/wording.ts'
import { inOrder, type Dropped, type Quote } from './quotes.ts'
import { sizeOf } from './reading.ts'
import { sourceList, type SourceList } from './sources.ts'
import { notable } from './table-facts.ts'
import type { TablePart, TermedFact } from './table-part.ts'
import { tableBlocks } from './table-blocks.ts'

export type Material = {
  context: RunContext
  guidance: Guidance
  documents: DocumentPart[]
  tables: TablePart[]
  talk: Talk
  declined: { file: string; reason: string }[]
  dropped: Dropped
}

const amounts = {
  short: { perSource: 2, points: 3, facts: 3, columns: 12 },
  normal: { perSource: 6, points: 5, facts: 6, columns: 30 },
  long: { perSource: 14, points: 8, facts: 12, columns: 60 },
} as const

/** A statement of the digest: a quoted sentence, or a fact computed from a table. */
type Statement = { score: number; source: string } & ({ quote: Quote } | { fact: TermedFact })

const said = (statement: Statement, sources: SourceList): Rich =>
  'quote' in statement
    ? [{ quote: statement.quote.text }, ' ', sources.cite(statement.quote.place)]
    : [statement.fact.text, ' ', sources.cite(statement.fact.place)]

export const titleOf = ({ mission }: RunContext) => mission.title.replace(/\s+/g, ' ').trim() || 'Untitled mission'

/** The whole digest. `best` is its first statement as plain text, for the run's summary. */
export function composeDigest(material: Material): { blocks: Block[]; best: string | null } {
  const { context, guidance, documents, tables, talk, declined } = material
  const amount = amounts[guidance.length]
  const sources = sourceList()
  const hidden = (part: string) => guidance.leaveOut.some((subject) => partNamed(subject) === part)
  const short = pointsOf(material, guidance.points ?? amount.points)
  const used = new Set<Quote | TermedFact>(short.map((statement) => ('quote' in statement ? statement.quote : statement.fact)))
  const quotes: Quote[] = short.flatMap((statement) => ('quote' in statement ? [statement.quote] : []))
  const facts: TermedFact[] = short.flatMap((statement) => ('fact' in statement ? [statement.fact] : []))
  const body: Block[] = []
  const heading = (text: string, level: 2 | 3 = 2) => body.push({ block: 'heading', level, text })
  const list = (items: readonly Rich[]) => {
    if (items.length > 0) body.push({ block: 'list', items })
  }
  const quoted = (chosen: readonly Quote[]) => {
    quotes.push(...chosen)
    list(chosen.map((quote): Rich => [{ quote: quote.text }, ' ', sources.cite(quote.place)]))
  }
  const choose = (all: readonly Quote[], count: number) =>
    inOrder(
      all.filter((quote) => !used.has(quote)),
      count,
      quotes,
    )

  if (short.length > 0) {
    heading('In short')
    list(short.map((statement) => said(statement, sources)))
  }
  const asked = choose(talk.description, Math.max(3, amount.perSource))
  const brief = choose(talk.brief, Math.min(4, amount.perSource))
  if (asked.length + brief.length > 0) {
    heading('What was asked')
    quoted([...asked, ...brief])
  }
  const docs = choose(talk.docs, amount.perSource)
  if (docs.length > 0) {
    heading('What the project’s docs say')
    quoted(docs)
  }
  const memory = choose(talk.memory, amount.perSource * 2)
  if (memory.length > 0) {
    heading('What earlier work says')
    quoted(memory)
  }
  const comments = hidden('comments') ? [] : choose(talk.comments, amount.perSource)
  if (comments.length > 0) {
    heading('What people said')
    quoted(comments)
  }
  if (documents.length > 0) heading('Documents')
  for (const part of documents) {
    heading(part.file, 3)
    body.push({ block: 'paragraph', text: [`${sizeOf(part)}.${part.notes.map((note) => ` It ${note}.`).join('')}`] })
    const chosen = choose(part.quotes, amount.perSource)
    if (chosen.length > 0) quoted(chosen)
    else
      body.push({
        block: 'paragraph',
        text: [
          part.quotes.length > 0
            ? 'What can be quoted of it stands above, in short.'
            : 'All that could be quoted of it was asked to be left out.',
        ],
      })
  }
  if (tables.length > 0) heading('Tables')
  for (const part of tables) {
    heading(part.file, 3)
    const shown = notable(
      part.facts.filter((fact) => !used.has(fact)),
      amount.facts,
    )
    facts.push(...shown)
    const remarks = choose(part.remarks, Math.ceil(amount.perSource / 2))
    quotes.push(...remarks)
    body.push(...tableBlocks(part, shown, remarks, { columns: hidden('profiles') ? 0 : amount.columns, sources }))
  }
  if (declined.length > 0) {
    heading('Not read')
    list(declined.map(({ file, reason }): Rich => [{ strong: file }, ` ${reason}.`]))
  }
  const outcome: Outcome = {
    quotes,
    facts,
    tables,
    dropped: material.dropped,
    perSource: amount.perSource,
    points: short.length,
    short: guidance.length === 'short',
    files: declined.map(({ file }) => file),
  }
  const opening: Block[] = [{ block: 'heading', level: 1, text: titleOf(context) }, madeBy(material)]
  const changes = whatChanged(context, guidance, outcome)
  const followed = howRead(guidance, outcome)
  const closing: Block[] = [
    { block: 'heading', level: 2, text: 'Sources' },
    { block: 'sources', names: sources.names() },
  ]
  const blocks = [...opening, ...changes, ...body, ...followed, ...(sources.names().length > 0 ? closing : []), ...howMade(material)]
  const [first] = short
  return { blocks, best: first ? ('quote' in first ? inQuotes(first.quote.text) : first.fact.text) : null }
}

/** The best statements over all sources: first the best of each source, so that none is forgotten, then whatever else is best. */
function pointsOf({ documents, tables, talk }: Material, count: number): Statement[] {
  const read: Statement[][] = [
    ...documents.map((part) => inOrder(part.quotes, count).map((quote) => ({ score: quote.score, source: part.file, quote }))),
    ...tables.map((part) => notable(part.facts, count).map((fact) => ({ score: fact.score, source: part.file, fact }))),
  ].filter((statements) => statements.length > 0)
  // What people wrote themselves they know; it stands in only where nothing else was read, and what asks for it comes last of all.
  const talkSources = [talk.brief, talk.docs, talk.memory, talk.comments, talk.description].map((quotes) => quotes.map((quote): Statement => ({ score: quote.score, source: 'talk', quote })))
  const beside = talkSources.slice(0, -1).filter((statements) => statements.length > 0)
  const [all, last]: [Statement[][], Statement[]] = read.length > 0 ? [read, []] : beside.length > 0 ? [beside, talkSources.at(-1)!] : [talkSources, []]
  const byScore = (a: Statement, b: Statement) => b.score - a.score
  const firsts = all.flatMap((statements) => statements.toSorted(byScore).slice(0, 1)).sort(byScore)
  const rest = all.flatMap((statements) => statements.toSorted(byScore).slice(1)).sort(byScore)
  return [...firsts, ...rest, ...last.toSorted(byScore)].slice(0, count)
}

function madeBy({ context, documents, tables, declined }: Material): Block {
  const read = [...documents, ...tables].map(({ file }) => file)
  const talk = `the mission’s text, its project’s brief and docs, ${context.memory.length > 0 ? 'earlier work, ' : ''}and its comments alone`
  const files =
    read.length > 0
      ? `It read ${listed(read)}.`
      : declined.length > 0
        ? `None of the attachments could be read, so it draws on ${talk}.`
        : `No file is attached to this mission, so it draws on ${talk}.`
  return {
    block: 'paragraph',
    aside: true,
    text: [
      `Digest by ${context.staff.name}, made by the built-in offline engine, not by a language model. Every sentence in quotation marks stands word for word in its source, every number was counted or computed from a table; nothing was rewritten or judged. ${files}`,
    ],
  }
}

function whatChanged(context: RunContext, { review }: Guidance, outcome: Outcome): Block[] {
  if (!review) return []
  const note = review.note.replace(/\s+/g, ' ').trim()
  const last = context.earlier.toSorted((a, b) => b.endedAt - a.endedAt)[0]
  return [
    { block: 'heading', level: 2, text: 'What changed since the last run' },
    ...(last && last.summary.trim() !== ''
      ? [{ block: 'paragraph' as const, text: ['The last run ended with: ', { quote: last.summary.replace(/\s+/g, ' ').trim() }] }]
      : []),
    { block: 'paragraph', text: [`${review.author} asked for changes: `, { quote: note.length > 600 ? `${note.slice(0, 599)}…` : note }] },
    ...review.quotes.map(({ text, where }): Block => ({ block: 'paragraph', text: ['About this passage: ', { quote: text.replace(/\s+/g, ' ').trim() }, ` (${where})`] })),
    {
      block: 'list',
      items: review.directions
        .map((direction) => answerTo(direction, outcome))
        .map(({ done, text }): Rich => [{ strong: done ? 'Done.' : 'Not done.' }, ' ', ...text]),
    },
  ]
}

function howRead({ others }: Guidance, outcome: Outcome): Block[] {
  if (others.length === 0) return []
  const requests = Map.groupBy(
    others.map(({ direction, where }) => ({ direction, said: `“${direction.said}” (${where})` })),
    ({ said }) => said,
  )
  return [
    { block: 'heading', level: 2, text: 'How the request was read' },
    {
      block: 'list',
      items: [...requests].map(([said, asked]): Rich => {
        const answers = asked.map(({ direction }) => answerTo(direction, outcome))
        return [
          `${said}: `,
          { strong: answers.every(({ done }) => done) ? 'done.' : answers.some(({ done }) => done) ? 'done in part.' : 'not done.' },
          ...answers.flatMap(({ text }) => [' ', ...text]),
        ]
      }),
    },
  ]
}

function howMade({ documents, tables, guidance }: Material): Block[] {
  const sentences = [...documents].reduce((sum, part) => sum + part.quotes.length, 0)
  const items: Rich[] = []
  if (sentences > 0)
    items.push([
      `Of ${counted(sentences, 'sentence')} in the documents, those are quoted that are most like the whole of their document and share most words with the mission${guidance.review ? ' and the review' : ''}. Words broken at the end of a line are joined again.`,
    ])
  if (tables.length > 0)
    items.push([
      'Rows are numbered as a spreadsheet shows them, so the row of column names is row 1. Numbers are rounded for reading; a mean of a group of fewer than three rows is not mentioned.',
    ])
  return items.length > 0
    ? [
        { block: 'heading', level: 2, text: 'How this was made' },
        { block: 'list', items },
      ]
    : []
}
