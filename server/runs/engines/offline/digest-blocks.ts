/** A digest before it takes the form of Markdown or PDF. Text is plain; `cite` is the number of a source; `quote` stands word for word at it. */
export type Piece = string | { cite: number } | { strong: string } | { code: string } | { quote: string }
export type Rich = readonly Piece[]

/** In quotation marks, unless it brings its own: what earlier work quoted is quoted once. */
export const inQuotes = (words: string) => (/^“[^“”]*”$/.test(words) ? words : `“${words}”`)

export type Block =
  | { block: 'heading'; level: 1 | 2 | 3; text: string }
  | { block: 'paragraph'; text: Rich; aside?: boolean }
  | { block: 'list'; items: readonly Rich[] }
  | { block: 'table'; header: readonly string[]; rows: readonly (readonly string[])[]; numeric: readonly boolean[] }
  | { block: 'chart'; name: string; title: string; svg: string }
  | { block: 'sources'; names: readonly string[] }
