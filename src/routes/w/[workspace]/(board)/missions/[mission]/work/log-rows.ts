import type { EntryKind, LogEntry } from '#lib/board/run-document.ts'
import type { EntryData } from '#lib/board/run-record.ts'

type Call = Extract<EntryData, { of: 'call' }>
type Result = Extract<EntryData, { of: 'result' }>

/** A line of the log as it is shown: a call of a tool with what came back, or an entry alone. */
export type LogRow = { seq: number; entry: LogEntry; call: Call | null; result: Result | null }

/** Joins each call with its result, where both are there. */
export function logRows(entries: readonly LogEntry[]): LogRow[] {
  const results = new Map<string, Result>()
  const called = new Set<string>()
  for (const { data } of entries) {
    if (data?.of === 'result') results.set(data.call, data)
    else if (data?.of === 'call') called.add(data.call)
  }
  return entries.flatMap((entry): LogRow[] => {
    const { seq, data } = entry
    if (data?.of === 'call') return [{ seq, entry, call: data, result: results.get(data.call) ?? null }]
    if (data?.of === 'result') return called.has(data.call) ? [] : [{ seq, entry, call: null, result: data }]
    return [{ seq, entry, call: null, result: null }]
  })
}

/** The row in which an entry is shown: its own, or that of the call it answers. -1 where it is not. */
export function rowOf(rows: readonly LogRow[], entries: readonly LogEntry[], seq: number): number {
  const own = rows.findIndex((row) => row.seq === seq)
  if (own >= 0) return own
  const data = entries.find((entry) => entry.seq === seq)?.data
  return data?.of === 'result' ? rows.findIndex(({ call }) => call?.call === data.call) : -1
}

/** What a reader may want to see alone. */
export const logFilters = [
  { key: 'tools', name: 'Tool calls', kinds: ['call', 'result'] },
  { key: 'findings', name: 'Read, found, wrote', kinds: ['read', 'found', 'wrote'] },
  { key: 'talk', name: 'Said and asked', kinds: ['said', 'ask'] },
  { key: 'problems', name: 'Warnings and errors', kinds: ['warning', 'error'] },
  { key: 'steps', name: 'Steps', kinds: ['step'] },
  { key: 'usage', name: 'Tokens', kinds: ['usage'] },
] as const satisfies { key: string; name: string; kinds: EntryKind[] }[]
export type LogFilter = (typeof logFilters)[number]['key']

export type LogQuestion = { kinds: readonly EntryKind[]; words: string }

/** Whether an entry is asked for; `kinds` empty: all of them. Every word has to be in it, or in what lies behind it. */
export function asksFor({ kinds, words }: LogQuestion, { kind, text, data }: LogEntry): boolean {
  if (kinds.length > 0 && !kinds.includes(kind)) return false
  const sought = words.toLowerCase().split(/\s+/).filter(Boolean)
  if (sought.length === 0) return true
  const all = `${text}\n${data ? JSON.stringify(data) : ''}`.toLowerCase()
  return sought.every((word) => all.includes(word))
}

/** An entry as text, for the clipboard and for files. */
export function entryText({ at, kind, text, data }: LogEntry): string {
  const lines = [`${new Date(at).toISOString()}  ${kind.padEnd(7)}  ${text}`]
  if (data?.of === 'call' && data.args) lines.push(`    ${data.args}`)
  if (data?.of === 'result' && data.result) lines.push(...data.result.split('\n').map((line) => `    ${line}`))
  return lines.join('\n')
}
