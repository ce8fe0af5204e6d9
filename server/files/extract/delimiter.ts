export type Delimiter = ',' | ';' | '\t' | '|'
const delimiters: Delimiter[] = [',', ';', '\t', '|']

/** Fields of each record, with quotes respected; the last record is left out since the text may be cut in its middle. */
function fieldCounts(text: string, delimiter: Delimiter, records: number): number[] {
  const counts: number[] = []
  let fields = 1
  let quoted = false
  let empty = true
  let atStart = true
  for (const char of text) {
    if (char === '"' && (quoted || atStart)) quoted = !quoted
    else if (!quoted && char === delimiter) fields += 1
    else if (!quoted && char === '\n') {
      if (!empty) counts.push(fields)
      if (counts.length === records) return counts
      fields = 1
      empty = true
      atStart = true
      continue
    }
    if (char.trim() !== '' || char === delimiter) empty = false
    atStart = !quoted && char === delimiter
  }
  if (counts.length === 0 && !empty) counts.push(fields)
  return counts
}

/**
 * Which delimiter gives the first 100 records the same number of fields most often. `columns` is that number; `certain` holds when
 * it happens in every one of at least five records, which prose does not do by accident.
 */
export function sniffDelimiter(text: string, preferred: Delimiter | null): { delimiter: Delimiter; columns: number; certain: boolean } {
  let best = { delimiter: preferred ?? (',' as Delimiter), columns: 1, certain: false, score: 0 }
  for (const delimiter of delimiters) {
    const counts = fieldCounts(text, delimiter, 100)
    const often = new Map<number, number>()
    for (const count of counts) often.set(count, (often.get(count) ?? 0) + 1)
    const [columns, times] = [...often].sort((a, b) => b[1] - a[1] || b[0] - a[0])[0] ?? [1, 0]
    if (columns === 1) continue
    const share = times / counts.length
    const score = share * Math.log2(columns + 1) * (delimiter === preferred ? 2 : 1)
    if (score > best.score) best = { delimiter, columns, certain: share === 1 && counts.length >= 5, score }
  }
  return { delimiter: best.delimiter, columns: best.columns, certain: best.certain }
}

/** Whether most lines read like sentences rather than like values. */
export function looksLikeProse(text: string): boolean {
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .slice(0, 50)
  return lines.filter((line) => line.split(/\s+/).length >= 8 || /[a-z]{3}[.!?]$/.test(line)).length > lines.length / 2
}
