import { DatabaseSync } from 'node:sqlite'
import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'

/** Of the tables below, and of how texts are read into them: with another one the index is made anew. */
const version = 3

export const searchFile = (dataDir: string) => join(dataDir, 'search.db')

/** Pieces of long texts have ids from here on: so they are found by themselves. */
export const longFrom = 2 ** 40

/**
 * The index: a file of its own, since all of it can be made again from the database. `places` are what is read as one: a mission with what
 * is said on it, a doc, a file; `stamp` says as of when. `items` are what is found. A long text is several of them, from `longFrom` on: one for each of
 * its pieces, of which one alone has `part` 0.
 */
const tables = `
  create table places (source text primary key, workspace_id text not null, kind text not null, stamp text not null, title text not null, mission_id text, doc_id text, chat_id text, file_id text, project_id text, type text not null, status text, archived integer not null) without rowid;
  create index places_workspace on places(workspace_id);
  create table items (id integer primary key, source text not null, item text not null, kind text not null, by_id text, at integer not null, part integer not null, cut integer not null, title text not null, body text not null);
  create index items_of on items(source, item);
  create index items_newest on items(at);
  create virtual table words using fts5(title, body, content='items', content_rowid='id', tokenize='unicode61 remove_diacritics 2', prefix='2 3');
  create virtual table vocabulary using fts5vocab(words, 'row');
  create trigger items_insert after insert on items begin insert into words(rowid, title, body) values (new.id, new.title, new.body); end;
  create trigger items_delete after delete on items begin insert into words(words, rowid, title, body) values ('delete', old.id, old.title, old.body); end;
  create trigger items_update after update of title, body on items begin
    insert into words(words, rowid, title, body) values ('delete', old.id, old.title, old.body);
    insert into words(rowid, title, body) values (new.id, new.title, new.body);
  end;
  pragma user_version = ${version};`

/** Removes what the index has of a workspace; where it cannot be opened there is nothing to be found in it. */
export function forgetInSearch(dataDir: string, workspaceId: string) {
  if (!existsSync(searchFile(dataDir))) return
  const database = openSearchDatabase(searchFile(dataDir), patientTimeout)
  try {
    database.exec(`pragma secure_delete = on; insert into words(words, rank) values ('secure-delete', 1)`)
    database.prepare('delete from items where source in (select source from places where workspace_id = ?)').run(workspaceId)
    database.prepare('delete from places where workspace_id = ?').run(workspaceId)
  } finally {
    database.close()
  }
}

/** How long a statement waits for another process, in ms: the server holds the index for seconds at a time; who asks it must not wait that long. */
const [usualTimeout, patientTimeout] = [5_000, 30_000]

const filesOf = (file: string) => ['', '-wal', '-shm'].map((end) => file + end)

/** Opens the index, and makes an empty one where there is none, or none that can be used. */
export function openSearchDatabase(file: string, timeout = usualTimeout): DatabaseSync {
  try {
    const database = open(file, timeout)
    const known = Number(database.prepare('pragma user_version').get()?.user_version)
    if (known === version) return database
    database.close()
  } catch {
    // Not a database any more: what is in it can be read again.
  }
  for (const each of filesOf(file)) if (existsSync(each)) rmSync(each)
  const database = open(file)
  database.exec(`begin immediate; ${tables} commit`)
  return database
}

/** Whether there is an index of ours in this file. */
export function usableSearchDatabase(file: string): boolean {
  try {
    const database = open(file)
    const known = Number(database.prepare('pragma user_version').get()?.user_version)
    database.close()
    return known === version
  } catch {
    return false
  }
}

function open(file: string, timeout = usualTimeout) {
  const database = new DatabaseSync(file, { timeout })
  try {
    database.exec('pragma journal_mode = wal; pragma synchronous = off')
    database.prepare('select count(*) from sqlite_schema').get()
    return database
  } catch (error) {
    database.close()
    throw error
  }
}
