import type { RunId } from '#lib/board/ids.ts'
import type { LogEntry } from '#lib/board/run-document.ts'
import type { EntriesPage } from '#lib/staff/answers.ts'
import { callApi } from '#lib/workspace/call-api.ts'
import { asksFor, type LogQuestion } from './log-rows.ts'
import type { LiveRun } from './live-run.ts'

const pageSize = 300
/** So many earlier ones stay while nobody reads them. */
const keptAtTail = 1_000
/** And so many while somebody does; the newest then come again when they are scrolled to. */
const mostKept = 10_000

const noQuestion: LogQuestion = { kinds: [], words: '' }

/**
 * A run's log as it is read: its document has the newest entries, live; older ones come from the server page by page, and so does
 * what is searched for. Where the reader went back by a link, the pages may end before the live part begins: `later`.
 */
export class LogFeed {
  #live: LiveRun
  #old = $state.raw<readonly LogEntry[]>([])
  #question = $state.raw<LogQuestion>(noQuestion)
  #moreBefore = $state<boolean | null>(null)
  /** There are entries between what is shown and the newest. */
  later = $state(false)
  total = $state<number | null>(null)
  busy = $state(false)
  problem = $state<string | null>(null)
  #last: readonly LogEntry[] = []
  #asking = new AbortController()

  constructor(live: LiveRun) {
    this.#live = live
  }

  get question(): LogQuestion {
    return this.#question
  }

  get asked(): boolean {
    return this.#question.kinds.length > 0 || this.#question.words.trim() !== ''
  }

  get entries(): readonly LogEntry[] {
    if (this.later) return this.#old
    const tail = this.asked ? this.#live.entries.filter((entry) => asksFor(this.#question, entry)) : this.#live.entries
    if (this.#old.length === 0) return tail
    const from = this.#live.entries[0]?.seq ?? Infinity
    const before = this.#old.filter(({ seq }) => seq < from)
    return before.length > 0 ? [...before, ...tail] : tail
  }

  /** There are entries before the first that is shown. */
  get earlier(): boolean {
    return this.#moreBefore ?? (this.entries[0]?.seq ?? 0) > 0
  }

  /** How many the run has in all, as far as is known. */
  get count(): number {
    return Math.max(this.total ?? 0, (this.#live.entries.at(-1)?.seq ?? -1) + 1)
  }

  /** Shows what is asked for alone. */
  async ask(question: LogQuestion) {
    this.#restart()
    this.#question = question
    if (this.asked && (this.#live.entries[0]?.seq ?? 0) > 0) await this.#page(`before=${this.#live.entries[0]!.seq}`, (page) => {
      this.#old = page.entries
      this.#moreBefore = page.earlier
    })
    else if (this.asked) this.#moreBefore = false
  }

  async loadEarlier() {
    const first = this.entries[0]?.seq ?? this.#live.entries[0]?.seq
    if (this.busy || !this.earlier || first === undefined) return
    await this.#page(`before=${first}`, (page) => {
      this.#old = [...page.entries, ...this.#old.filter(({ seq }) => seq > (page.entries.at(-1)?.seq ?? -1))]
      this.#moreBefore = page.earlier
    })
  }

  async loadLater() {
    const last = this.#old.at(-1)?.seq
    if (this.busy || !this.later || last === undefined) return
    await this.#page(`after=${last}`, (page) => {
      this.#old = [...this.#old, ...page.entries]
      this.later = page.later && !this.#meetsTail()
    })
  }

  /** Brings an entry in; false when it cannot be had. */
  async goTo(seq: number): Promise<boolean> {
    if (!this.asked && this.entries.some((entry) => entry.seq === seq)) return true
    this.#restart()
    if (this.#live.entries.some((entry) => entry.seq === seq)) return true
    await this.#page(`around=${seq}`, (page) => {
      this.#old = page.entries
      this.#moreBefore = page.earlier
      this.later = page.later && !this.#meetsTail()
    })
    return this.entries.some((entry) => entry.seq === seq)
  }

  /** Back to the newest. */
  toTail() {
    if (!this.later && !this.busy) return
    this.#restart(this.#question)
  }

  /** To be told what the document has, each time: what leaves it stays here for whoever is reading it. */
  follow(entries: readonly LogEntry[], atTail: boolean) {
    const [before, from] = [this.#last, entries[0]?.seq]
    this.#last = entries
    if (this.later || from === undefined || before.length === 0) return
    const left = before.filter((entry) => entry.seq < from && asksFor(this.#question, entry))
    let kept = left.length > 0 ? [...this.#old, ...left.filter(({ seq }) => seq > (this.#old.at(-1)?.seq ?? -1))] : this.#old
    if (atTail && kept.length > keptAtTail) {
      kept = kept.slice(-keptAtTail)
      this.#moreBefore = true
    } else if (kept.length > mostKept) {
      kept = kept.slice(0, mostKept)
      this.later = true
    }
    if (kept !== this.#old) this.#old = kept
  }

  /** All of it, in order, as pages. */
  static async *everything(run: RunId): AsyncGenerator<readonly LogEntry[], void> {
    let after = -1
    for (;;) {
      const page = await callApi<EntriesPage>('GET', `runs/${run}/entries?after=${after}&limit=1000`)
      if (!page.ok) throw new Error(page.message)
      yield page.value.entries
      const last = page.value.entries.at(-1)
      if (!page.value.later || !last) return
      after = last.seq
    }
  }

  #meetsTail() {
    return (this.#old.at(-1)?.seq ?? -1) >= (this.#live.entries[0]?.seq ?? Infinity) - 1
  }

  #restart(question: LogQuestion = noQuestion) {
    this.#asking.abort()
    this.#asking = new AbortController()
    this.#question = question
    this.#old = []
    this.#moreBefore = null
    this.later = false
    this.busy = false
    this.problem = null
  }

  async #page(where: string, take: (page: EntriesPage) => void) {
    const { signal } = this.#asking
    const { kinds, words } = this.#question
    const asked = new URLSearchParams(where)
    asked.set('limit', String(pageSize))
    if (kinds.length > 0) asked.set('kind', kinds.join(','))
    if (words.trim()) asked.set('q', words.trim())
    this.busy = true
    const answered = await callApi<EntriesPage>('GET', `runs/${this.#live.id}/entries?${asked}`, { signal })
    if (signal.aborted) return
    this.busy = false
    if (!answered.ok) return void (this.problem = answered.message)
    this.problem = null
    this.total = answered.value.total
    take(answered.value)
  }
}
