import type { SearchKind, Term } from '#lib/search/query.ts'
import type { Marked } from '#lib/search/result.ts'
import type { Item, Place } from './read-place.ts'

/** What is looked for; names are ids by now, days moments. */
export type Wanted = {
  workspaceId: string
  terms: readonly Term[]
  kinds: readonly SearchKind[]
  statuses: readonly string[]
  archived: boolean | null
  projects: readonly string[]
  people: readonly string[]
  before: number | null
  after: number | null
  from: number
  limit: number
  now: number
}

/** A result without the names that the index does not know. `cut`: its text goes on beyond what is indexed. */
export type Found = {
  kind: SearchKind; item: string; source: string; by: string | null; at: number; title: Marked; excerpt: Marked; cut: boolean
  placeTitle: string; missionId: string | null; docId: string | null; chatId: string | null; fileId: string | null; projectId: string | null; type: string; status: string | null; archived: boolean
}

/** `instead` are the words that were looked for where nothing has those that were typed; `next` goes on, `null` at the end. */
export type Findings = { found: Found[]; next: number | null; instead: string | null }

/** What has to do with a text: some of its words, not all of them. Nothing of the mission `except` is among it, and nothing archived. */
export type RelatedWanted = { workspaceId: string; text: string; kinds: readonly SearchKind[]; except: string; limit: number }
/** `words`: those of the text that it has, the rarest first, as they were written. `score`: higher is closer. */
export type Related = { kind: SearchKind; item: string; source: string; missionId: string | null; fileId: string | null; projectId: string | null; at: number; words: string[]; score: number }

/**
 * Where things are found by their words. An implementation passes `search-index.contract.ts`. It is made from the database and of no worth
 * without it: what it loses is written into it again.
 */
export interface SearchIndex {
  /** Whether it has this place as it is. */
  has(place: Pick<Place, 'source' | 'stamp'>): Promise<boolean>
  /** Makes what is found of a place what is given: all of it at once, or nothing. `before`: what was given the last time, where that is known; then only what is not the same is looked at. */
  write(place: Place, items: readonly Item[], before?: readonly Item[] | null): Promise<void>
  remove(source: string): Promise<void>
  /** All places that it has. */
  sources(): Promise<string[]>
  /** Nothing that people can type is an error. */
  find(wanted: Wanted): Promise<Findings>
  /** Closest first. */
  related(wanted: RelatedWanted): Promise<Related[]>
  close(): Promise<void>
}
