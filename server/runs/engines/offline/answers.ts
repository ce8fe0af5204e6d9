import type { Rich } from './digest-blocks.ts'
import type { Direction } from './directions.ts'
import { isAbout, namesFile, partNamed, type Subject } from './guidance.ts'
import { counted, listed } from '#lib/wording.ts'
import type { Dropped, Quote } from './quotes.ts'
import type { TablePart, TermedFact } from './table-part.ts'

/** What the digest came to hold, so that what was asked can be answered truthfully. */
export type Outcome = {
  quotes: readonly Quote[]
  facts: readonly TermedFact[]
  tables: readonly TablePart[]
  files: readonly string[]
  dropped: Dropped
  perSource: number
  points: number
  short: boolean
}

export type Answer = { done: boolean; text: Rich }

/** What was done about a direction, or why it could not be. */
export function answerTo(direction: Direction, outcome: Outcome): Answer {
  switch (direction.kind) {
    case 'length':
      return {
        done: true,
        text: [
          `${direction.length === 'short' ? 'Made shorter' : 'Made longer'}: at most ${counted(outcome.perSource, 'sentence')} of each source, ${counted(outcome.points, 'point')} in short${direction.length === 'short' ? ' and one chart a table' : ', and more facts and charts of each table'}.`,
        ],
      }
    case 'points':
      return outcome.points >= direction.count
        ? { done: true, text: [`“In short” has ${counted(outcome.points, 'point')}.`] }
        : {
            done: false,
            text: [
              `“In short” has ${counted(outcome.points, 'point')}, not ${direction.count}: the sources hold no more that do not repeat each other.`,
            ],
          }
    case 'focus':
      return focused(direction, outcome)
    case 'leave_out':
      return leftOut(direction, outcome)
    case 'chart':
      return charted(direction, outcome)
    case 'other':
      return other(direction, outcome)
  }
}

function focused(subject: Subject, { quotes, facts, tables }: Outcome): Answer {
  const sentences = quotes.filter(({ terms }) => isAbout(terms, subject)).length
  const found = facts.filter(({ terms }) => isAbout(terms, subject)).length
  const charts = tables.flatMap((table) =>
    table.charts.filter(({ plan }) => isAbout(new Set(plan.columns.flatMap((name) => name.toLowerCase().split(/[\s_]+/))), subject)),
  ).length
  const parts = [
    sentences > 0 ? counted(sentences, 'quoted sentence') : '',
    found > 0 ? counted(found, 'fact') : '',
    charts > 0 ? counted(charts, 'chart') : '',
  ].filter((part) => part !== '')
  if (parts.length === 0)
    return { done: false, text: [`Nothing in the sources mentions “${subject.about}”, so nothing could be said about it.`] }
  return {
    done: true,
    text: [`What mentions “${subject.about}” comes first: ${listed(parts)} ${sentences + found + charts === 1 ? 'is' : 'are'} about it.`],
  }
}

function leftOut(subject: Subject, { tables, files, dropped }: Outcome): Answer {
  const part = partNamed(subject)
  if (part === 'sources') return { done: false, text: ['The sources stay: without them nobody could check a statement.'] }
  if (part)
    return {
      done: true,
      text: [`Left out: the ${{ charts: 'charts', profiles: 'tables of columns', comments: 'comments', pdf: 'PDF' }[part]}.`],
    }
  const file = files.find((name) => namesFile(subject, name))
  if (file) return { done: true, text: [`${file} was not read.`] }
  const columns = tables.flatMap(({ file: table, leftOut: names, profile }) =>
    names
      .filter((name) => profile.columns.some((column) => column.name === name) && subject.terms.length > 0 && isNamed(name, subject))
      .map((name) => `“${name}” of ${table}`),
  )
  const count = dropped.get(subject) ?? 0
  const parts = [
    ...(columns.length > 0 ? [`${columns.length === 1 ? 'the column' : 'the columns'} ${listed(columns)}`] : []),
    ...(count > 0 ? [`${counted(count, 'sentence or fact', 'sentences and facts')} about it`] : []),
  ]
  if (parts.length === 0)
    return { done: false, text: [`Nothing that mentions “${subject.about}” was found, so there was nothing to leave out.`] }
  return { done: true, text: [`Left out “${subject.about}”: ${listed(parts)}.`] }
}

const isNamed = (column: string, subject: Subject) => {
  const name = column.toLowerCase()
  return name === subject.about.toLowerCase() || subject.terms.some((term) => name.includes(term))
}

function charted(subject: Subject, { tables }: Outcome): Answer {
  const names = tables.flatMap((table) => [...table.answered].filter(([asked]) => asked === subject).map(([, name]) => name))
  const [name] = names
  if (name) {
    const chart = tables.flatMap(({ charts }) => charts).find((candidate) => candidate.name === name)
    return { done: true, text: [`Drawn: ${chart?.plan.title ?? ''}, in `, { code: name }, '.'] }
  }
  if (tables.length === 0) return { done: false, text: ['No chart could be drawn: no table is attached.'] }
  if (subject.about === '') return { done: true, text: ['One more chart of each table was drawn, where its columns allow one.'] }
  return { done: false, text: [`No chart of “${subject.about}” could be drawn: no columns of the tables fit these words.`] }
}

function other(direction: Extract<Direction, { kind: 'other' }>, { quotes, facts }: Outcome): Answer {
  const all = quotes.length + facts.length
  const hit = [...quotes, ...facts].filter(({ terms }) => direction.terms.some((term) => terms.has(term))).length
  const weighed =
    hit > 0
      ? ` Its words were used to choose what to quote: ${hit} of ${counted(all, 'statement')} ${hit === 1 ? 'has' : 'have'} one of them.`
      : ' None of its words occurs in what could be quoted.'
  return {
    done: false,
    text: [`“${direction.said}”: this engine quotes and counts, it does not write or judge, so it could not act on this.${weighed}`],
  }
}
