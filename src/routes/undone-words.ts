import { parseDocumentName } from '#lib/sync/document-names.ts'
import type { UndoneChange } from '#lib/sync/undone-changes.ts'

const kinds = { board: 'Board', mission: 'Mission', run: 'Run', doc: 'Doc', chat: 'Chat' }

/** What was changed: its kind, and its name where it was known. */
export function placeOf({ document, title }: Pick<UndoneChange, 'document' | 'title'>): { kind: string; name: string } {
  const kind = kinds[parseDocumentName(document)?.kind ?? 'doc']
  return { kind, name: title || `A ${kind.toLowerCase()}` }
}
