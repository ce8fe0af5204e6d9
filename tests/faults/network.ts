import type { Random } from '../support/random.ts'
import type { FaultySocket } from './faulty-socket.ts'

/** How likely it is, per message, that it is dropped, comes twice, comes late, or is overtaken. */
export type Weather = { drop: number; duplicate: number; delay: number; reorder: number }

export const calm: Weather = { drop: 0, duplicate: 0, delay: 0, reorder: 0 }

export type Fate = { dropped: boolean; twice: boolean; delayMs: number; overtaken: boolean }

const latestMs = 40
/** A client brings what was lost again so often within a minute; more than this is no network that anybody has. */
const mostDisorder = 5

/** What lies between one client and the server. */
export class Network {
  weather: Weather = calm
  /** Nothing gets through, and nobody is told. */
  hole = false
  readonly counts = { dropped: 0, duplicated: 0, delayed: 0, reordered: 0 }
  readonly sockets = new Set<FaultySocket>()
  readonly #random: Random

  constructor(random: Random) {
    this.#random = random
    networks.set(this.#id, this)
  }

  readonly #id = String(++made)

  /** The address under which a client reaches the server through this network. */
  url(url: string) {
    const through = new URL(url)
    through.searchParams.set('through', this.#id)
    return through.href
  }

  #disorder = 0

  fate({ loose, repeatable }: { loose: boolean; repeatable: boolean }): Fate {
    const { drop, duplicate, delay, reorder } = this.weather
    const { counts } = this
    const fate = {
      dropped: this.#random.chance(drop) && this.#disorder < mostDisorder,
      twice: this.#random.chance(duplicate) && repeatable,
      delayMs: this.#random.chance(delay) ? 1 + this.#random.below(latestMs) : 0,
      overtaken: this.#random.chance(reorder) && loose && this.#disorder < mostDisorder,
    }
    if (fate.dropped || fate.overtaken) this.#disorder++
    if (fate.dropped) counts.dropped++
    else {
      if (fate.twice) counts.duplicated++
      if (fate.delayMs > 0) counts.delayed++
      if (fate.overtaken) {
        counts.reordered++
        fate.delayMs ||= 1 + this.#random.below(latestMs)
      }
    }
    return fate
  }

  #seen: { address: string; what: string; at: number }[] = []

  /** Keeps what was last seen, to tell of it when something fails. */
  note(address: string, what: string) {
    this.#seen.push({ address, what, at: Date.now() })
    if (this.#seen.length > 1_000) this.#seen.splice(0, 500)
  }

  /** The last that was seen of a document, one line each. */
  lastSeen(document: string, lines = 40): string[] {
    return this.#seen.filter(({ address }) => address === '' || address.startsWith(`${document}\0`)).slice(-lines)
      .map(({ address, what, at }) => `${at % 1_000_000} ${address.slice(-4)} ${what}`)
  }

  cut() {
    this.hole = true
    for (const socket of this.sockets) socket.shut()
  }

  /** A cut ends: what was sent arrives after all, or everybody learns that the connection is gone. */
  mend(how: 'resumes' | 'resets') {
    this.hole = false
    for (const socket of [...this.sockets]) {
      if (how === 'resets') socket.reset()
      socket.open()
    }
  }

  /** One side loses the connection, the other does not learn of it. */
  halfOpen(unaware: 'server' | 'client') {
    for (const socket of [...this.sockets]) socket.halfOpen(unaware)
  }

  reset() {
    for (const socket of [...this.sockets]) socket.reset()
  }

  /** The client is gone, and says no goodbye: to the server the connection stays as it was until the network is whole again. */
  vanish() {
    for (const socket of [...this.sockets]) socket.halfOpen('server')
  }

  /** Whole again. A connection that lost something does not go on: TCP would have noticed. */
  heal() {
    this.weather = calm
    this.hole = false
    for (const socket of [...this.sockets]) {
      if (socket.lossy) socket.reset()
      else socket.open()
    }
  }

  end() {
    this.reset()
    networks.delete(this.#id)
  }
}

let made = 0
const networks = new Map<string, Network>()

export function networkOf(url: string): Network {
  const network = networks.get(new URL(url).searchParams.get('through') ?? '')
  if (!network) throw new Error(`${url} leads through no network`)
  return network
}
