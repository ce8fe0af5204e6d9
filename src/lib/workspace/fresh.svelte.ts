import type { Notice } from '#lib/sync/notices.ts'
import type { Answered } from './call-api.ts'
import type { Workspace } from './workspace.svelte.ts'

/** News often come several at once. */
const soonMs = 350
/** What no news tell of, such as a worker that went silent. */
const anywayMs = 20_000

/** What the API says of something, read again whenever the workspace has news. What was read stays when the server cannot be reached. */
export class Fresh<T> {
  value = $state.raw<T | null>(null)
  /** Why what is shown may be old, or is not there. */
  problem = $state<string | null>(null)
  missing = $state(false)
  #read: () => Promise<Answered<T>>
  #reading: Promise<void> | null = null
  #again = false

  constructor(first: T | null, read: () => Promise<Answered<T>>) {
    this.value = first
    this.#read = read
  }

  /** Resolves when what is shown is at least as new as the call. */
  async refresh(): Promise<void> {
    if (this.#reading) {
      this.#again = true
      return this.#reading
    }
    this.#reading = (async () => {
      do {
        this.#again = false
        const answered = await this.#read()
        if (answered.ok) {
          this.value = answered.value
          this.problem = null
          this.missing = false
        } else {
          this.problem = answered.message
          this.missing = answered.status === 404
        }
      } while (this.#again)
      this.#reading = null
    })()
    return this.#reading
  }

  /** Reads now and on news of this kind, until the answer is called. For an effect. */
  follow(workspace: Workspace, kind: Notice['kind'] = 'activity'): () => void {
    let timer: ReturnType<typeof setTimeout> | undefined
    const soon = () => {
      clearTimeout(timer)
      timer = setTimeout(() => void this.refresh(), soonMs)
    }
    const told = workspace.listen((notice) => {
      if (notice.kind === kind) soon()
    })
    const anyway = setInterval(() => {
      if (!document.hidden) void this.refresh()
    }, anywayMs)
    addEventListener('focus', soon)
    void this.refresh()
    return () => {
      told()
      clearTimeout(timer)
      clearInterval(anyway)
      removeEventListener('focus', soon)
    }
  }
}
