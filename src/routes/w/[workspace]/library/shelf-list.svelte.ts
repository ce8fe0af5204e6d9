import type { LibraryItem, LibraryPage } from '#lib/library/library.ts'
import type { Answered } from '#lib/workspace/call-api.ts'
import { inBursts } from '#lib/workspace/in-bursts.ts'

const newsAtMostEveryMs = 600

/** The files of a library that a filter lets through: longer as one reads on, and followed live. */
export class ShelfList {
  items = $state.raw<readonly LibraryItem[]>([])
  total = $state(0)
  loaded = $state(false)
  loading = $state(false)
  problem = $state<string | null>(null)
  #next = $state<string | null>(null)
  #ask: (page: Record<string, string>) => Promise<Answered<LibraryPage>>
  /** What was read further down stays. */
  #bursts = inBursts(() => this.#askNews(), newsAtMostEveryMs)

  /** `ask` asks for a page of what the filter lets through. */
  constructor(first: LibraryPage | null, ask: (page: Record<string, string>) => Promise<Answered<LibraryPage>>) {
    this.#ask = ask
    if (first) this.#take(first, [])
  }

  get hasMore() { return this.#next !== null }

  async more() {
    if (this.loading || this.#next === null) return
    this.loading = true
    const answered = await this.#ask({ after: this.#next })
    this.loading = false
    if (!answered.ok) return void (this.problem = answered.message)
    const known = new Set(this.items.map(({ file }) => file.id))
    this.items = [...this.items, ...answered.value.items.filter(({ file }) => !known.has(file.id))]
    this.total = answered.value.total
    this.#next = answered.value.next
    this.problem = null
  }

  /** What is there now. */
  news = () => this.#bursts.news()
  end = () => this.#bursts.end()

  async #askNews() {
    const answered = await this.#ask({})
    if (this.#bursts.ended) return
    if (!answered.ok) return void (this.problem = answered.message)
    const { items, next } = answered.value
    const fresh = new Set(items.map(({ file }) => file.id))
    const last = items.at(-1)?.file.createdAt ?? Infinity
    // Only what is older than the end of the first page can stand below it.
    this.#take(answered.value, next === null ? [] : this.items.filter(({ file }) => !fresh.has(file.id) && file.createdAt <= last))
  }

  #take({ items, total, next }: LibraryPage, below: readonly LibraryItem[]) {
    this.items = [...items, ...below]
    this.total = total
    if (below.length === 0) this.#next = next
    this.loaded = true
    this.problem = null
  }
}
