import type { Block } from './blocks.ts'
import { sectionOf, type Section } from './sections.ts'
import type { Who } from './asks.ts'
import type { LeftOut, Piece } from './piece.ts'

/** What was read of a request so far, and what holds for the words that come next. */
export type Gathered = {
  pieces: Piece[]
  leftOut: LeftOut[]
  section: Section
  /** Notes of a meeting: what they tell is no background of a task. */
  isNotes: boolean
  /** A list of what is to be done stands in it. */
  listsTasks: boolean
  /** The titles above, the outermost first: one takes the place of those that are as deep, or deeper. */
  titles: { text: string; level: number }[]
  introduction: string | null
  /** Who is spoken to. */
  called: Who | null
  /** Whom a mail is to, by its greeting. */
  mailTo: Who | null
  /** Told before anything was asked for. */
  background: string[]
}

export const gather = (blocks: readonly Block[]): Gathered => ({
  listsTasks: blocks.some((block) => (block.kind === 'heading' || block.kind === 'paragraph' && /:\s*$/.test(block.text)) && sectionOf(block.text.replace(/[:\s]+$/, '')) === 'tasks'),
  pieces: [], leftOut: [], section: 'topic', titles: [], introduction: null, called: null, mailTo: null, background: [],
  isNotes: blocks.some((block) => block.kind === 'heading' && ['people', 'decisions', 'notes'].includes(sectionOf(block.text))),
})

/** What `work` adds stands under this introduction, and what comes later does not. */
export function under(gathered: Gathered, introduction: string, work: () => void) {
  const kept = gathered.introduction
  gathered.introduction = introduction
  work()
  gathered.introduction = kept
}

export function add({ pieces, titles, introduction }: Gathered, piece: Partial<Piece> & Pick<Piece, 'lead' | 'ask'>) {
  const under = [...titles.map(({ text }) => text), ...introduction === null ? [] : [introduction]]
  pieces.push({ before: [], details: [], good: [], under, passage: null, cells: {}, scope: '', mark: '', isNext: false, ...piece })
}
