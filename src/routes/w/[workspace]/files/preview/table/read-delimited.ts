import Papa from 'papaparse'

/** What cannot be a single cell: a quotation mark that is never closed takes the rest of the file for one. */
const longestCell = 1_000_000
const guessedFrom = 64 * 1024

const plural = (count: number, one: string, many: string) => (count === 1 ? one : `${count.toLocaleString()} ${many}`)

/** Reads comma, semicolon, tab or bar separated text as it arrives, whatever its quotation marks are worth. */
export class DelimitedReader {
  #rest = ''
  #begun = false
  #delimiter = ','
  #newline: string = '\n'
  #quotes = true
  #rows = 0
  #misquoted = 0
  #unclosedAt: number | null = null
  #ragged = 0
  #width = 0

  /** The rows that are whole by now. */
  read(piece: string): string[][] {
    this.#rest += this.#begun ? piece : piece.replace(/^\uFEFF/, '')
    if (!this.#begun && this.#rest.length < guessedFrom) return []
    return this.#parse(false)
  }

  end(): string[][] {
    return this.#rest === '' ? [] : this.#parse(true)
  }

  /** What a reader should know of this file. */
  get notes(): string[] {
    const notes: string[] = []
    if (this.#unclosedAt !== null) notes.push(`A quotation mark in row ${this.#unclosedAt.toLocaleString()} is never closed. From there on quotation marks are shown as they stand.`)
    if (this.#misquoted > 0) notes.push(`Quotation marks in ${plural(this.#misquoted, 'one row', 'rows')} are not as they should be; what can be read of it is shown.`)
    if (this.#ragged > 0) notes.push(`${plural(this.#ragged, 'One row has', 'rows have')} more or fewer cells than the first.`)
    return notes
  }

  #parse(last: boolean): string[][] {
    if (!this.#begun) this.#begin()
    const found: string[][] = []
    for (;;) {
      const parser = new Papa.Parser({ delimiter: this.#delimiter, newline: this.#newline as '\n', ...this.#quotes ? {} : { fastMode: true } })
      const { data, errors, meta } = parser.parse(this.#rest, 0, !last) as Papa.ParseResult<string[]>
      const unclosed = last && errors.find(({ code }) => code === 'MissingQuotes')
      const whole = unclosed ? data.slice(0, unclosed.row ?? data.length - 1) : data
      this.#misquoted += new Set(errors.filter(({ code, row = 0 }) => code === 'InvalidQuotes' && row < whole.length).map(({ row }) => row)).size
      const cursor = unclosed ? this.#startOf(whole.length) : meta.cursor
      for (const row of whole) this.#take(row, found)
      this.#rest = this.#rest.slice(cursor)
      if (!(this.#quotes && (unclosed || (!last && this.#rest.length > longestCell)))) return found
      // Nothing was closed for too long: read the rest again, letter by letter as it stands.
      this.#quotes = false
      this.#unclosedAt = this.#rows + 1
    }
  }

  /** Where row `index` of the rest begins; only asked where quotes were read well up to there. */
  #startOf(index: number): number {
    if (index === 0) return 0
    const { meta } = new Papa.Parser({ delimiter: this.#delimiter, newline: this.#newline as '\n', preview: index }).parse(this.#rest, 0, true) as Papa.ParseResult<string[]>
    return meta.cursor
  }

  #begin() {
    const head = this.#rest.slice(0, guessedFrom)
    const { meta } = Papa.parse<string[]>(head, { preview: 50, skipEmptyLines: true, delimitersToGuess: [',', ';', '\t', '|'] })
    this.#delimiter = meta.delimiter || ','
    this.#newline = meta.linebreak || '\n'
    this.#begun = true
  }

  #take(row: string[], found: string[][]) {
    // Lines that end in another way than most of the file's.
    const cells = row.map((cell) => (cell.endsWith('\r') ? cell.slice(0, -1) : cell))
    if (cells.length === 1 && cells[0] === '') return
    this.#rows++
    if (this.#width === 0) this.#width = cells.length
    else if (cells.length !== this.#width) this.#ragged++
    found.push(cells)
  }
}
