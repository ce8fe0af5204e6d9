import type { Connection } from '@hocuspocus/server'
import type { WorkspaceId } from '#lib/board/ids.ts'
import { limitReason, limitReached } from '#lib/sync/close-reasons.ts'
import type { LimitName, Limits } from '../limits.ts'

/** How many seconds' worth of messages may come at once. */
const burst = 10
/** Whoever sends too much for so long is not in a hurry but out of control. */
const tooMuchForMs = 10_000

export type Line = {
  /** Reads no further, so that the network holds up who sends. */
  pause(): void
  resume(): void
  end(code: number, reason: string): void
}

/** What one socket takes of the server, held against the limits. */
export class SocketUse {
  readonly documents = new Set<Connection>()
  readonly workspaces = new Map<WorkspaceId, number>()
  #limits: Limits
  #line: Line
  #reached: (limit: LimitName) => void
  #tokens: number
  #at: number
  #now: () => number
  #tooMuchSince: number | null = null
  #timer: NodeJS.Timeout | undefined
  /** What waits in the queue of each document, as it was sent. */
  #unhandled = new Map<Connection, Set<Uint8Array>>()
  #unhandledBytes = 0
  #waits = { rate: false, bytes: false }

  constructor(limits: Limits, line: Line, reached: (limit: LimitName) => void, now: () => number) {
    this.#limits = limits
    this.#line = line
    this.#reached = reached
    this.#now = now
    this.#tokens = burst * limits.updates_per_second
    this.#at = now()
  }

  /** A message came; more than the limit's worth of them, and the next one is read later. */
  received() {
    const { updates_per_second: rate } = this.#limits
    const now = this.#refill()
    this.#tokens--
    if (this.#tokens > rate) this.#tooMuchSince = null
    if (this.#tokens > 0 || this.#waits.rate) return
    if (this.#tooMuchSince === null) this.#reached('updates_per_second')
    this.#tooMuchSince ??= now
    if (now - this.#tooMuchSince > tooMuchForMs) {
      this.#line.end(limitReached, limitReason('updates_per_second', `This connection sent more than ${rate} changes a second for too long.`))
      return
    }
    this.#wait('rate', true)
    this.#readLater()
  }

  #refill(): number {
    const { updates_per_second: rate } = this.#limits
    const now = this.#now()
    this.#tokens = Math.min(burst * rate, this.#tokens + (now - this.#at) / 1000 * rate)
    this.#at = now
    return now
  }

  /** What had been read already when the pause began still came, so how long it lasts shows only at its end. */
  #readLater() {
    const { updates_per_second: rate } = this.#limits
    this.#refill()
    const missing = rate / 10 - this.#tokens
    if (missing <= 0) this.#wait('rate', false)
    else this.#timer = setTimeout(() => this.#readLater(), Math.ceil(missing / rate * 1000))
  }

  /** A message waits for those before it in the queue of its document. */
  queued(connection: Connection, message: Uint8Array) {
    this.#unhandled.get(connection)?.add(message)
    this.#unhandledBytes += message.byteLength
    if (this.#unhandledBytes <= this.#limits.unhandled_bytes || this.#waits.bytes) return
    this.#reached('unhandled_bytes')
    this.#wait('bytes', true)
  }

  handled(connection: Connection, message: Uint8Array) {
    if (!this.#unhandled.get(connection)?.delete(message)) return
    this.#unhandledBytes -= message.byteLength
    if (this.#waits.bytes && this.#unhandledBytes < this.#limits.unhandled_bytes / 2) this.#wait('bytes', false)
  }

  opened(connection: Connection, workspaceId: WorkspaceId) {
    this.documents.add(connection)
    this.#unhandled.set(connection, new Set())
    this.workspaces.set(workspaceId, (this.workspaces.get(workspaceId) ?? 0) + 1)
  }

  closed(connection: Connection, workspaceId: WorkspaceId) {
    if (!this.documents.delete(connection)) return
    for (const message of this.#unhandled.get(connection) ?? []) this.handled(connection, message)
    this.#unhandled.delete(connection)
    const left = (this.workspaces.get(workspaceId) ?? 1) - 1
    if (left > 0) this.workspaces.set(workspaceId, left)
    else this.workspaces.delete(workspaceId)
  }

  end() {
    clearTimeout(this.#timer)
  }

  #wait(why: 'rate' | 'bytes', waits: boolean) {
    const before = this.#waits.rate || this.#waits.bytes
    this.#waits[why] = waits
    const after = this.#waits.rate || this.#waits.bytes
    if (before === after) return
    if (after) this.#line.pause()
    else this.#line.resume()
  }
}
