/** From so many measured rows on their average stands for the ones not seen yet. It then stays, so that nothing shifts. */
const enoughMeasured = 6

/** Where the rows of a long list lie, in pixels from its top, though only some of them are in the page. */
export class RowHeights<Id extends string | number> {
  #ids: readonly Id[] = []
  #heights = new Map<Id, number>()
  #guess: number
  #guessed = false
  /** `#offsets[i]` is where row i begins; the last one is the height of them all. */
  #offsets = new Float64Array(1)
  #stale = false

  /** `firstGuess`: pixels that a row takes, with the gap below it, until one was measured. */
  constructor(firstGuess: number) {
    this.#guess = firstGuess
  }

  use(ids: readonly Id[]) {
    if (ids === this.#ids) return
    this.#ids = ids
    this.#stale = true
  }

  /** Takes over what was measured; whether it makes a difference. */
  measured(id: Id, height: number): boolean {
    if (height === 0 || Math.abs((this.#heights.get(id) ?? 0) - height) < 0.5) return false
    this.#heights.set(id, height)
    if (!this.#guessed && this.#heights.size >= enoughMeasured) {
      this.#guessed = true
      this.#guess = Math.round([...this.#heights.values()].reduce((sum, each) => sum + each, 0) / this.#heights.size)
    }
    this.#stale = true
    return true
  }

  get count(): number {
    return this.#ids.length
  }

  get total(): number {
    return this.offset(this.#ids.length)
  }

  id = (index: number) => this.#ids[index] ?? null
  indexOf = (id: Id) => this.#ids.indexOf(id)

  offset(index: number): number {
    if (this.#stale) this.#layOut()
    return this.#offsets[Math.max(0, Math.min(index, this.#ids.length))]!
  }

  height = (index: number) => this.offset(index + 1) - this.offset(index)

  /** The row at a height; the first or last one beyond the ends, -1 in an empty list. */
  at(y: number): number {
    let low = 0
    let high = this.#ids.length - 1
    while (low < high) {
      const middle = (low + high) >> 1
      if (this.offset(middle + 1) <= y) low = middle + 1
      else high = middle
    }
    return high < 0 ? -1 : low
  }

  /** Before which row something dropped at a height would go, counted without the row `without` (an index, or -1). */
  dropAt(y: number, without: number): number {
    const at = this.at(y)
    if (at < 0) return 0
    const before = y < this.offset(at) + this.height(at) / 2 ? at : at + 1
    return without >= 0 && without < before ? before - 1 : before
  }

  #layOut() {
    const offsets = new Float64Array(this.#ids.length + 1)
    let y = 0
    this.#ids.forEach((id, index) => {
      y += this.#heights.get(id) ?? this.#guess
      offsets[index + 1] = y
    })
    this.#offsets = offsets
    this.#stale = false
  }
}
