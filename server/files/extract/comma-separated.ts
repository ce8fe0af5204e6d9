import { parse } from 'csv-parse'
import { csvCell } from './extract-xlsx.ts'
import type { Delimiter } from './delimiter.ts'

/** A delimited table in its usual form. Where its quotation marks are broken they are read as ordinary characters. */
export async function commaSeparated(text: string, delimiter: Delimiter): Promise<string> {
  const read = (quote: '"' | null) => new Promise<string>((resolve, reject) => {
    const lines: string[] = []
    const parser = parse({
      delimiter, quote, relax_column_count: true, relax_quotes: true, max_record_size: 1024 * 1024, bom: true,
      on_record(cells: string[]) {
        lines.push(cells.map(csvCell).join(','))
        return null
      },
    })
    parser.once('error', reject)
    parser.once('end', () => resolve(`${lines.join('\n')}\n`))
    parser.resume()
    parser.end(text)
  })
  return read('"').catch(() => read(null))
}
