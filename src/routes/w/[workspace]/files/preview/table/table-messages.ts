/** What a page and its table worker tell each other. A table lies in the worker as a whole; the page asks for the rows that are in sight. */
export type ColumnKind = 'text' | 'number' | 'date'
export type Column = { name: string; kind: ColumnKind; /** Letters that its cells need. */ letters: number }
export type Sort = { column: number; descending: boolean }
export type Arrangement = { sort: Sort | null; filter: string }

export type TableFormat = 'delimited' | 'workbook'

export type TableRequest =
  | { kind: 'open'; url: string; format: TableFormat }
  | { kind: 'sheet'; index: number }
  | { kind: 'arrange'; arrangement: Arrangement; turn: number }
  | { kind: 'rows'; from: number; to: number; ask: number }

export type TableMessage =
  | { kind: 'sheets'; names: string[]; current: number }
  /** `rows`: how many there are so far, in the arrangement `turn`; `share` of the file that was read, `null` once all is. */
  | { kind: 'table'; columns: Column[]; rows: number; all: number; share: number | null; notes: string[]; turn: number }
  /** `numbers`: where each row stands in the file, counted from 1. */
  | { kind: 'rows'; from: number; rows: string[][]; numbers: number[]; turn: number; ask: number }
  | { kind: 'failed'; message: string }
