import type { DatabaseSync } from 'node:sqlite'
import type { WorkspaceId } from '#lib/board/ids.ts'
import { parseDocumentName, type DocumentName } from '#lib/sync/document-names.ts'
import { byRebuild, type Problem } from './problem.ts'

const places = {
  board: 'select id as workspace_id from workspaces where id = ?1',
  // A proposal's description has the name that it will have as a mission's.
  mission: 'select workspace_id from missions where id = ?1 union select workspace_id from proposals where id = ?1',
  chat: 'select workspace_id from chats where id = ?1',
  run: 'select workspace_id from runs where id = ?1',
  // A brief, or a page of a project. Where two workspaces use one id for the two, it is whose document it was first.
  doc: `select workspace_id from (select workspace_id from projects where id = ?1 union select workspace_id from docs where id = ?1)
    order by workspace_id = (select workspace_id from documents where doc = 'doc/' || ?1) desc`,
}

/** The workspace that a document lives in now, as the tables have it. */
const placeOf = (sqlite: DatabaseSync, { kind, id }: DocumentName) => sqlite.prepare(places[kind]).get(id)?.workspace_id as WorkspaceId | undefined

/** The workspace that a mission's document was in before the mission went off its board. */
const formerPlaceOf = (sqlite: DatabaseSync, { kind, id }: DocumentName) => kind !== 'mission' ? undefined
  : sqlite.prepare('select workspace_id from runs where mission_id = ?1 union select workspace_id from files where mission_id = ?1').get(id)?.workspace_id as WorkspaceId | undefined

/** Whose a document without an entry in `documents` is, or `undefined` where nothing tells. */
const derivedPlace = (sqlite: DatabaseSync, name: DocumentName) => placeOf(sqlite, name) ?? formerPlaceOf(sqlite, name)

const entryOf = (sqlite: DatabaseSync, doc: string) =>
  sqlite.prepare('select workspace_id from documents where doc = ?').get(doc)?.workspace_id as WorkspaceId | undefined

/** A stored document belongs to one workspace, and lives in that one. An entry comes with the first opening. */
export function checkPlace(sqlite: DatabaseSync, doc: string): Problem[] {
  const name = parseDocumentName(doc)
  if (!name) return []
  const problem = (message: string, repair: string): Problem[] => [{ check: 'document', subject: doc, message, repair }]
  const [place, owner] = [placeOf(sqlite, name), entryOf(sqlite, doc)]
  if (owner === undefined) {
    if (place !== undefined) return []
    return derivedPlace(sqlite, name) !== undefined
      ? problem('Its mission is not on the board any more, and no entry says whose it was.', byRebuild)
      : problem('It belongs to no workspace, so nobody can open it.', 'Restore a backup if it is missed; otherwise it only takes up space.')
  }
  if (place !== undefined && place !== owner) {
    return problem(`It belongs to the workspace ${owner}, but the workspace ${place} has something by the same id, which therefore opens nothing.`, `Make that anew in ${place}: it gets an id of its own.`)
  }
  return sqlite.prepare('select 1 from workspaces where id = ?').get(owner) ? []
    : problem(`It belongs to the workspace ${owner}, which was purged.`, 'Nobody can open it, and nothing needs to be done: it only takes up space.')
}

/** Writes the missing entries of stored documents, as a first opening would; returns how many. */
export function addEntries(sqlite: DatabaseSync, docs: readonly string[]): number {
  const insert = sqlite.prepare('insert into documents (doc, workspace_id) values (?, ?) on conflict do nothing')
  return docs.reduce((added, doc) => {
    const name = parseDocumentName(doc)
    const place = name && derivedPlace(sqlite, name)
    return place ? added + Number(insert.run(doc, place).changes) : added
  }, 0)
}
