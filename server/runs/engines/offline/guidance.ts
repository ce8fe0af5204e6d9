import type { Quoted, RunContext } from '../../engine.ts'
import { withoutMarks } from '../../../files/extract/extract-markdown.ts'
import { directionsInNote, directionsInText, type Direction } from './directions.ts'
import { termsOf, termsOfName, type Weights } from './words.ts'

export type Length = 'short' | 'normal' | 'long'

/** What the run was told, put together: how long the digest is to be, what it is about, and who said so. */
export type Guidance = {
  /** The newest review that asked for changes, with what was understood of its note. */
  review: { author: string; note: string; quotes: readonly Quoted[]; directions: Direction[] } | null
  /** What else was asked, and where: continues the sentence `As … asks`. */
  others: { direction: Direction; where: string }[]
  length: Length
  points: number | null
  focus: Subject[]
  leaveOut: Subject[]
  charts: Subject[]
  weights: Weights
  /** The terms of each sentence in which something was asked. */
  sentences: ReadonlySet<string>[]
}
export type Subject = Extract<Direction, { about: string }>

/** Words of the task itself say nothing about its subject. */
const taskWords = new Set(
  termsOf(`summarise summarize summary summaries digest report analyse analyze analysis look read write make give show find tell
  table tables file files attachment attachments attached pdf csv chart charts graph document documents data point points short long page pages please want need`),
)

export function guidanceOf(context: RunContext): Guidance {
  const asked = context.reviews.filter((review) => review.verdict === 'changes_requested' && review.note.trim() !== '')
  const newest = asked.toSorted((a, b) => b.createdAt - a.createdAt)[0]
  const review = newest ? { author: newest.author, note: newest.note, quotes: newest.quotes, directions: directionsInNote(newest.note) } : null
  const comments = context.comments.filter((comment) => comment.author !== context.staff.name)
  const others = [
    ...directionsInText(context.staff.instructions).map((direction) => ({ direction, where: `the instruction of ${context.staff.name}` })),
    ...directionsInText(context.mission.description).map((direction) => ({ direction, where: 'the description' })),
    ...comments.flatMap(({ author, body }) => directionsInText(body).map((direction) => ({ direction, where: `${author}’s comment` }))),
    ...directionsInNote(context.note)
      .filter(({ kind }) => kind !== 'other')
      .map((direction) => ({ direction, where: 'the note this run was started with' })),
  ]
  // Later words count over earlier ones: the review comes last.
  const all = [...others.map(({ direction }) => direction), ...(review?.directions ?? [])]
  const lengths = all.flatMap((direction) => (direction.kind === 'length' ? [direction.length] : []))
  const points = all.flatMap((direction) => (direction.kind === 'points' ? [direction.count] : []))
  const subjects = (kind: Subject['kind']) => all.filter((direction): direction is Subject => direction.kind === kind)
  return {
    review,
    others,
    length: lengths.at(-1) ?? 'normal',
    points: points.at(-1) ?? null,
    focus: subjects('focus'),
    leaveOut: subjects('leave_out'),
    charts: subjects('chart'),
    weights: weightsOf(context, comments, all, review?.quotes ?? []),
    sentences: [context.mission.title, context.mission.description, context.note, review?.note ?? '', ...comments.map(({ body }) => body)]
      .flatMap((text) => text.split(/\n|(?<=[.!?])\s/))
      .map((sentence) => new Set(termsOf(sentence)))
      .filter((terms) => terms.size > 1),
  }
}

function weightsOf(context: RunContext, comments: RunContext['comments'], directions: readonly Direction[], quotes: readonly Quoted[]): Weights {
  const weights = new Map<string, number>()
  const add = (terms: readonly string[], weight: number) => {
    for (const term of new Set(terms)) if (!taskWords.has(term)) weights.set(term, Math.max(weight, weights.get(term) ?? 0))
  }
  for (const { title, text } of context.project?.docs ?? []) add(termsOf(`${title} ${withoutMarks(text)}`), 0.2)
  add(termsOf(withoutMarks(context.project?.brief ?? '')), 0.4)
  for (const { body } of comments) add(termsOf(withoutMarks(body)), 0.7)
  add(termsOf(withoutMarks(context.mission.description)), 1.2)
  add(termsOf(context.mission.title), 2.5)
  add(termsOf(context.note), 2.5)
  for (const { text } of quotes) add(termsOf(text), 1.5)
  for (const direction of directions) {
    if (direction.kind === 'other') add(direction.terms, 2.5)
    if (direction.kind === 'chart') add(direction.terms.flatMap(termsOfName), 3)
    if (direction.kind === 'focus') add([...direction.terms, ...termsOfName(direction.about)], 6)
  }
  for (const direction of directions) {
    if (direction.kind === 'leave_out') for (const term of direction.terms) weights.delete(term)
  }
  return weights
}

/** Whether words are about a subject: all of its terms, or most of them when it has more than two. */
export function isAbout(terms: ReadonlySet<string>, subject: { terms: readonly string[] }): boolean {
  const found = subject.terms.filter((term) => terms.has(term)).length
  return found > 0 && found >= (subject.terms.length > 2 ? subject.terms.length * 0.6 : subject.terms.length)
}

const sameName = (a: string, b: string) => a.toLowerCase() === b.toLowerCase()

export const namesFile = (subject: Subject, file: string) =>
  sameName(subject.about, file)
  || sameName(subject.about, file.replace(/\.[^.]+$/, ''))
  || subject.about.toLowerCase().includes(file.toLowerCase())

/** A column by its name, or by the words its name is made of. */
export const namesColumn = (subject: Subject, column: string) => {
  const terms = termsOfName(column)
  return sameName(subject.about, column) || (terms.length > 0 && terms.every((term) => termsOfName(subject.about).includes(term)))
}

export type Part = 'charts' | 'profiles' | 'comments' | 'pdf' | 'sources'
const parts: [RegExp, Part][] = [
  [/^(charts?|graphs?|plots?|diagrams?|pictures?)$/i, 'charts'],
  [/^(tables?|profiles?|table profiles?|column (tables?|lists?))$/i, 'profiles'],
  [/^comments?$/i, 'comments'],
  [/^pdfs?$/i, 'pdf'],
  [/^(sources?|citations?|references?|footnotes?)$/i, 'sources'],
]

/** A part of the digest that the words name, such as its charts. */
export const partNamed = (subject: { about: string }): Part | null => parts.find(([pattern]) => pattern.test(subject.about))?.[1] ?? null
