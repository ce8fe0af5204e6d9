import { createContext } from 'svelte'
import { limits } from '#lib/board/limits.ts'
import type { Quote } from '#lib/board/quote.ts'
import { mentionsFromMarkdown, mentionsToMarkdown, noText, type MentionText } from '#lib/workspace/mention-text.ts'
import { keepReview, keptReview } from './kept-review.ts'

/** The review that one is writing about a mission: it outlives a reload. */
export class ReviewDraft {
  #person: string
  #mission: string
  #note = $state.raw<MentionText>(noText)
  #quotes = $state.raw<readonly Quote[]>([])
  /** The box to write it in is open. */
  asking = $state(false)

  constructor(person: string, mission: string) {
    this.#person = person
    this.#mission = mission
  }

  /** Only in the browser. */
  load() {
    const { note, quotes } = keptReview(this.#person, this.#mission)
    this.#note = mentionsFromMarkdown(note)
    this.#quotes = quotes
    this.asking = note !== '' || quotes.length > 0
  }

  /** As it is stored. */
  get note(): string {
    return mentionsToMarkdown(this.#note)
  }

  /** As it is typed. */
  get written() {
    return this.#note
  }

  set written(note: MentionText) {
    this.#note = note
    this.#keep()
  }

  get quotes() {
    return this.#quotes
  }

  get full() {
    return this.#quotes.length >= limits.quotes
  }

  quote(quote: Quote) {
    this.asking = true
    if (this.full || this.#quotes.some(({ source, text }) => source === quote.source && text === quote.text)) return
    this.#quotes = [...this.#quotes, quote]
    this.#keep()
  }

  unquote(at: number) {
    this.#quotes = this.#quotes.toSpliced(at, 1)
    this.#keep()
  }

  clear() {
    this.#note = noText
    this.#quotes = []
    this.asking = false
    this.#keep()
  }

  #keep() {
    keepReview(this.#person, this.#mission, { note: this.note, quotes: this.#quotes })
  }
}

export const [useReviewDraft, provideReviewDraft] = createContext<ReviewDraft>()
