/**
 * How a message travels: `due` is when it may arrive, `loose` that later ones may overtake it, `barrier` that it overtakes nothing
 * of its own address.
 */
type Way = { address: string; due: number; loose: boolean; barrier: boolean }
type Travelling<Load> = Way & { load: Load }

/** One direction of a connection: first in, first out, except for what is loose. */
export class Lane<Load> {
  #deliver: (load: Load) => void
  #queue: Travelling<Load>[] = []
  #timer: ReturnType<typeof setTimeout> | undefined
  #shut = false
  #pumping = false

  constructor(deliver: (load: Load) => void) {
    this.#deliver = deliver
  }

  push(load: Load, way: Way) {
    this.#queue.push({ load, ...way })
    this.#pump()
  }

  /** Nothing arrives until `open`; nothing is lost either. */
  shut() {
    this.#shut = true
  }

  open() {
    this.#shut = false
    this.#pump()
  }

  clear() {
    clearTimeout(this.#timer)
    this.#queue = []
  }

  #pump() {
    if (this.#pumping) return
    this.#pumping = true
    while (!this.#shut) {
      const next = this.#next()
      if (next === undefined) break
      const [travelling] = this.#queue.splice(next, 1)
      if (travelling) this.#deliver(travelling.load)
    }
    this.#pumping = false
    clearTimeout(this.#timer)
    if (this.#shut || this.#queue.length === 0) return
    const due = Math.min(...this.#queue.map((travelling) => travelling.due))
    this.#timer = setTimeout(() => this.#pump(), Math.max(1, due - Date.now()))
  }

  #next(): number | undefined {
    const now = Date.now()
    for (const [index, { loose, due, address, barrier }] of this.#queue.entries()) {
      if (loose) {
        if (due <= now) return index
        continue
      }
      if (due > now) return undefined
      if (!barrier) return index
      const behind = this.#queue.findIndex((other, place) => place < index && other.address === address)
      return behind === -1 ? index : behind
    }
    return undefined
  }
}
