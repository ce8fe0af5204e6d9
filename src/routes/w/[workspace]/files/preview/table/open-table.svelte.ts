import type { Arrangement, Column, TableFormat, TableMessage, TableRequest } from './table-messages.ts'
import TableWorker from './table-worker.ts?worker'

/** Rows are asked for in blocks, and the blocks around what is in sight are kept. */
const blockRows = 100
const mostBlocks = 60

type Block = { rows: string[][]; numbers: number[] }

/** A table as a page sees it: what it is, and those of its rows that are in sight. */
export class OpenTable {
  columns = $state.raw<readonly Column[]>([])
  rows = $state(0)
  all = $state(0)
  /** Read so far, 0 to 1; `null` when all is. */
  share = $state<number | null>(0)
  notes = $state.raw<readonly string[]>([])
  sheets = $state.raw<readonly string[]>([])
  sheet = $state(0)
  message = $state<string | null>(null)
  begun = $state(false)
  arrangement = $state.raw<Arrangement>({ sort: null, filter: '' })
  /** Counts up when blocks came or went: whoever draws rows reads it. */
  arrived = $state(0)
  #worker = new TableWorker()
  #turn = 0
  #ask = 0
  #blocks = new Map<number, Block>()
  #asked = new Set<number>()
  #waiting = new Map<number, (rows: string[][]) => void>()

  constructor(url: string, format: TableFormat) {
    this.#worker.onmessage = ({ data }: MessageEvent<TableMessage>) => this.#hear(data)
    this.#worker.onerror = () => (this.message = 'What reads tables could not be loaded. Open the file again when you are online.')
    this.#say({ kind: 'open', url, format })
  }

  close() {
    this.#worker.terminate()
  }

  showSheet(index: number) {
    this.arrangement = { sort: null, filter: '' }
    this.begun = false
    this.message = null
    this.#forget()
    this.#turn = 0
    this.#say({ kind: 'sheet', index })
  }

  arrange(arrangement: Arrangement) {
    this.arrangement = arrangement
    this.#turn++
    this.#say({ kind: 'arrange', arrangement, turn: this.#turn })
  }

  /** A row in sight; `null` until it has come. */
  row(at: number): { cells: readonly string[]; number: number } | null {
    const first = Math.floor(at / blockRows)
    const block = this.#blocks.get(first)
    const cells = block?.rows[at - first * blockRows]
    if (cells) return { cells, number: block!.numbers[at - first * blockRows]! }
    return null
  }

  /** Fetches what is missing of these rows. */
  need(from: number, to: number) {
    for (let block = Math.floor(from / blockRows); block * blockRows < Math.min(to, this.rows); block++) {
      const held = this.#blocks.get(block)
      const whole = Math.min(blockRows, this.rows - block * blockRows)
      if ((held && held.rows.length >= whole) || this.#asked.has(block)) continue
      this.#asked.add(block)
      this.#say({ kind: 'rows', from: block * blockRows, to: (block + 1) * blockRows, ask: 0 })
    }
  }

  /** Any rows, for copying them. */
  read(from: number, to: number): Promise<string[][]> {
    const ask = ++this.#ask
    return new Promise((resolve) => {
      this.#waiting.set(ask, resolve)
      this.#say({ kind: 'rows', from, to, ask })
    })
  }

  #say(request: TableRequest) {
    this.#worker.postMessage(request)
  }

  #forget() {
    this.#blocks.clear()
    this.#asked.clear()
  }

  #hear(message: TableMessage) {
    switch (message.kind) {
      case 'failed':
        this.message = message.message
        return
      case 'sheets':
        this.sheets = message.names
        this.sheet = message.current
        return
      case 'table':
        if (message.turn !== this.#turn) return
        // What is sorted or filtered is another order each time; what only grows stays where it is.
        if (this.arrangement.sort || this.arrangement.filter || !this.begun || message.rows < this.rows) this.#forget()
        this.columns = message.columns
        this.rows = message.rows
        this.all = message.all
        this.share = message.share
        this.notes = message.notes
        this.begun = true
        this.arrived++
        return
      case 'rows': {
        const taken = this.#waiting.get(message.ask)
        if (taken) {
          this.#waiting.delete(message.ask)
          taken(message.rows)
          return
        }
        const block = message.from / blockRows
        this.#asked.delete(block)
        if (message.turn !== this.#turn) return
        this.#blocks.set(block, message)
        for (const old of this.#blocks.keys()) {
          if (this.#blocks.size <= mostBlocks) break
          this.#blocks.delete(old)
        }
        this.arrived++
      }
    }
  }
}
