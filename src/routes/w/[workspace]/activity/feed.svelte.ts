import type { Entry } from '#lib/activity/entry.ts'
import { inBursts } from '#lib/workspace/in-bursts.ts'

export type Page = { entries: Entry[]; next: number | null; seq: number }
type News = { entries: Entry[]; more: boolean; seq: number }

/** `offline`: the server was not reached; `failed`: it answered that it could not. */
type Trouble = 'offline' | 'failed' | null

const newsAtMostEveryMs = 400

/** A part of the record as a page shows it: newest first, longer as one reads on, and followed live. */
export class ActivityFeed {
  entries = $state.raw<readonly Entry[]>([])
  /** There is more of it than what is here. */
  hasMore = $state(false)
  /** The first page is here. */
  loaded = $state(false)
  loading = $state(false)
  trouble = $state<Trouble>(null)
  /** Entries that came while the page was open. */
  arrived = $state.raw<ReadonlySet<number>>(new Set())
  readonly #address: string
  readonly #fetch: typeof fetch
  #next: number | null = null
  #seq = 0
  #bursts = inBursts(() => this.#askNews(), newsAtMostEveryMs)

  /** `address`: of the API, with the filters. */
  constructor(address: string, first: Page | null, fetcher: typeof fetch = (...asked) => fetch(...asked)) {
    this.#address = address
    this.#fetch = fetcher
    if (first) this.#start(first)
  }

  async start() {
    const page = await this.#load<Page>({})
    if (page) this.#start(page)
  }

  /** The next page. */
  async more() {
    if (this.loading || !this.hasMore || this.#next === null) return
    const page = await this.#load<Page>({ before: String(this.#next) })
    if (!page) return
    const known = new Set(this.entries.map(({ id }) => id))
    this.entries = [...this.entries, ...page.entries.filter(({ id }) => !known.has(id))]
    this.#turn(page.next)
  }

  /** What happened since, and what went on. */
  async news() {
    if (this.loaded) await this.#bursts.news()
  }

  end = () => this.#bursts.end()

  async #askNews() {
    const news = await this.#ask<News>({ since: String(this.#seq), limit: '200' })
    if (!news || this.#bursts.ended) return
    this.trouble = null
    // Away for so long that the beginning of what is here is not the end of what is new.
    if (news.more) return await this.start()
    this.#seq = news.seq
    const changed = new Map(news.entries.map((entry) => [entry.id, entry]))
    const newest = this.entries[0]?.id ?? 0
    const added = news.entries.filter(({ id }) => id > newest)
    if (changed.size === 0) return
    this.entries = [...added, ...this.entries.map((entry) => changed.get(entry.id) ?? entry)]
    if (added.length > 0) this.arrived = new Set([...this.arrived, ...added.map(({ id }) => id)])
  }

  #start({ entries, next, seq }: Page) {
    this.entries = entries
    this.#seq = seq
    this.#turn(next)
    this.loaded = true
    this.trouble = null
  }

  #turn(next: number | null) {
    this.#next = next
    this.hasMore = next !== null
  }

  async #load<Answer>(query: Record<string, string>): Promise<Answer | null> {
    this.loading = true
    const answer = await this.#ask<Answer>(query)
    this.loading = false
    if (answer) this.trouble = null
    return answer
  }

  async #ask<Answer>(query: Record<string, string>): Promise<Answer | null> {
    try {
      const [path = '', given] = this.#address.split('?')
      const asked = new URLSearchParams(given)
      for (const [name, value] of Object.entries(query)) asked.set(name, value)
      const response = await this.#fetch(`${path}?${asked}`)
      if (response.ok) return await response.json() as Answer
      this.trouble = 'failed'
    } catch {
      this.trouble = 'offline'
    }
    return null
  }
}
