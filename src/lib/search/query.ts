import type { Status } from '#lib/board/mission.ts'

const searchKinds = ['mission', 'comment', 'review', 'run', 'brief', 'doc', 'chat', 'file'] as const
/** What can be found. A `run` is found by its summary, a `file` by its name and the text inside it. */
export type SearchKind = (typeof searchKinds)[number]

/** One thing that a result must, or must not, say. The last word of what is typed may be the beginning of one. */
export type Term = { text: string; phrase: boolean; not: boolean; prefix: boolean }

export type Filter =
  | { by: 'type'; kind: SearchKind }
  | { by: 'status'; status: Status | 'archived' }
  /** A project, or a person or staff member, by their name; `me` is whoever asks. */
  | { by: 'in' | 'by'; name: string }
  /** The first moment of a day: from it on, or before it. `day`: YYYY-MM-DD. */
  | { by: 'before' | 'after'; day: string }

/** `problems` say, as sentences, what was not understood and left out. */
type SearchQuery = { terms: Term[]; filters: Filter[]; problems: string[] }

export const longestQuery = 1_000
const mostTerms = 32

const statusWords: Record<string, Status | 'archived'> = {
  backlog: 'backlog', 'in progress': 'in_progress', in_progress: 'in_progress', progress: 'in_progress', review: 'review', done: 'done', archived: 'archived',
}
const kindWords: Record<string, SearchKind> = Object.fromEntries(searchKinds.flatMap((kind) => [[kind, kind], [`${kind}s`, kind]]))

/** Whether a day exists: the 30th of February does not. */
const isDay = (text: string) => {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const date = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text)
}

function filterOf(name: string, value: string): Filter | string {
  const plain = value.toLowerCase()
  switch (name) {
    case 'type': return kindWords[plain] ? { by: 'type', kind: kindWords[plain] } : `There is no type “${value}”; there are ${searchKinds.join(', ')}.`
    case 'status': return statusWords[plain] ? { by: 'status', status: statusWords[plain] } : `There is no status “${value}”; there are backlog, "in progress", review, done and archived.`
    case 'before':
    case 'after': return isDay(value) ? { by: name, day: value } : `“${value}” is no day. Write it as 2026-03-31.`
    default: return { by: name === 'by' ? 'by' : 'in', name: value }
  }
}

/** Reads what somebody typed: words, "phrases", -without, and filters such as `type:doc`. Whatever is no filter is a word. */
export function parseQuery(text: string): SearchQuery {
  const query: SearchQuery = { terms: [], filters: [], problems: [] }
  const pieces = [...text.slice(0, longestQuery).matchAll(/(-?)(?:(in|by|status|type|before|after):)?(?:"([^"]*)"?|([^\s"]+))/giu)]
  for (const [index, [whole, minus = '', filter, quoted, bare]] of pieces.entries()) {
    const value = (quoted ?? bare ?? '').trim()
    if (filter && !minus) {
      if (!value) continue
      const read = filterOf(filter.toLowerCase(), value)
      if (typeof read === 'string') query.problems.push(read)
      else query.filters.push(read)
      continue
    }
    if (!/[\p{L}\p{N}]/u.test(value)) continue
    if (query.terms.length >= mostTerms) {
      query.problems.push(`Only the first ${mostTerms} words were looked for.`)
      break
    }
    const isLast = index === pieces.length - 1 && text.endsWith(whole)
    query.terms.push({ text: filter ? `${filter}:${value}` : value, phrase: quoted !== undefined, not: minus === '-', prefix: quoted === undefined && isLast })
  }
  if (query.terms.length > 0 && query.terms.every(({ not }) => not)) query.problems.push('Say also what to look for, not only what to leave out.')
  return query
}
