import type { ActorId } from '#lib/board/ids.ts'
import { isId } from '#lib/board/ids.ts'
import { Signals } from './signals.ts'

/** Between two questions, however fast others join in. */
const askAgainMs = 1_000
/** So often the server is asked about the same client id; then nobody knows. */
const mostAsked = 3

type Options = {
  /** Client id → actor, as the server knows it; `null` for a refusal. Rejects when the server cannot be reached. */
  load: () => Promise<Record<string, string> | null>
  /** What the server said last, on this device. */
  kept?: { read: () => string | null; write: (value: string) => void }
}

function parse(text: string | null | undefined): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text ?? '{}')
    return typeof value === 'object' && value !== null ? value as Record<string, unknown> : {}
  } catch {
    return {}
  }
}

/** Whose the client ids of one document are. The server alone knows; it is asked when one turns up that it has not told of yet. */
export class DocumentAuthors {
  #options: Options
  #signals = new Signals<'authors'>()
  #known = new Map<number, ActorId>()
  #wanted = new Set<number>()
  #asked = new Map<number, number>()
  #reached: boolean | null = null
  #timer: ReturnType<typeof setTimeout> | undefined
  #asking = false
  #next = 0

  constructor(options: Options) {
    this.#options = options
    this.#learn(parse(options.kept?.read()))
  }

  /** `null`: not told, or not yet. */
  of(client: number): ActorId | null {
    this.#signals.track('authors')
    return this.#known.get(client) ?? null
  }

  /** Whether an answer is on its way that may tell more. */
  get asking(): boolean {
    this.#signals.track('authors')
    return this.#asking || this.#timer !== undefined
  }

  /** Whether the server answered the last question; `null` before the first. */
  get reached(): boolean | null {
    this.#signals.track('authors')
    return this.#reached
  }

  /** These are to be told. */
  need(clients: Iterable<number>) {
    for (const client of clients) if (!this.#known.has(client)) this.#wanted.add(client)
    this.#askSoon()
  }

  /** Asks anew about everyone who is not known: the network is back, say. */
  again() {
    this.#asked.clear()
    this.#askSoon()
  }

  stop() {
    clearTimeout(this.#timer)
    this.#timer = undefined
  }

  get #open() {
    return [...this.#wanted].filter((client) => !this.#known.has(client) && (this.#asked.get(client) ?? 0) < mostAsked)
  }

  #askSoon() {
    if (this.#asking || this.#timer !== undefined || this.#open.length === 0) return
    this.#timer = setTimeout(() => void this.#ask(), Math.max(0, this.#next - Date.now()))
    this.#signals.changed('authors')
  }

  async #ask() {
    this.#timer = undefined
    this.#asking = true
    for (const client of this.#open) this.#asked.set(client, (this.#asked.get(client) ?? 0) + 1)
    try {
      const told = await this.#options.load()
      this.#reached = told !== null
      if (told) {
        this.#learn(told)
        this.#options.kept?.write(JSON.stringify(Object.fromEntries(this.#known)))
      }
    } catch {
      this.#reached = false
    }
    this.#asking = false
    this.#next = Date.now() + askAgainMs
    this.#signals.changed('authors')
    // Without the network every question fails: `again` asks when it is back.
    if (this.#reached) this.#askSoon()
  }

  #learn(told: Record<string, unknown>) {
    for (const [client, actor] of Object.entries(told)) if (isId(actor)) this.#known.set(Number(client), actor as ActorId)
  }
}
