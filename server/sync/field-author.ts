import type * as Y from 'yjs'

/** Who gave a field of a record its value, and by which edit, named once and for all; `first` when it never had another one. */
type FieldAuthor = { author: string | null; edit: string; first: boolean }

/** `null` for a field that is not set. */
export function fieldAuthor(record: Y.Map<unknown> | undefined, field: string, authors: ReadonlyMap<number, string>): FieldAuthor | null {
  const item = record?._map.get(field)
  if (!item || item.deleted) return null
  const { client, clock } = item.id
  return { author: authors.get(client) ?? null, edit: `${client.toString(36)}-${clock.toString(36)}`, first: item.left === null }
}
