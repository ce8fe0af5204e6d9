import { isId, type ActorId, type DocId, type FileId, type MissionId } from './ids.ts'

/** What a text points at: mentioned people and staff, linked missions and docs, files that stand in it. */
export type Reference =
  | { kind: 'person' | 'staff'; id: ActorId }
  | { kind: 'mission'; id: MissionId }
  | { kind: 'doc'; id: DocId }
  | { kind: 'file'; id: FileId }

const kinds = ['person', 'staff', 'mission', 'doc', 'file'] as const

/** In Markdown a reference is a link, `[@Ada](missions://person/<id>)`, and a picture that is a file `![plan](missions://file/<id>)`. */
export const referenceUrl = ({ kind, id }: Reference) => `missions://${kind}/${id}`

/** Reads such an address; `null` for any other. */
export function parseReference(url: string): Reference | null {
  const [, kindText, id] = /^missions:\/\/([a-z]+)\/([^/]+)$/.exec(url) ?? []
  const kind = kinds.find((known) => known === kindText)
  return kind && isId(id) ? { kind, id } as Reference : null
}

/** Every reference in a Markdown text, each once, in the order of their first appearance. */
export function referencesIn(markdown: string): Reference[] {
  const found = new Map<string, Reference>()
  for (const [url] of markdown.matchAll(/missions:\/\/[a-z]+\/[A-Za-z0-9_-]+/g)) {
    const reference = parseReference(url)
    if (reference && !found.has(url)) found.set(url, reference)
  }
  return [...found.values()]
}
