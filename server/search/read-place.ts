import type { DatabaseSync } from 'node:sqlite'
import type * as Y from 'yjs'
import { messagesOf, readMessage } from '#lib/board/chat.ts'
import { commentsOf, readComment } from '#lib/board/comments.ts'
import { bodyOf } from '#lib/board/doc.ts'
import { descriptionOf, readReviews, readRuns } from '#lib/board/mission-document.ts'
import { readBlocksOf } from '#lib/editor/rich-text.ts'
import { toMarkdown } from '#lib/editor/to-markdown.ts'
import type { SearchKind } from '#lib/search/query.ts'
import { longestFound } from '#lib/search/result.ts'
import { beginningOfText } from '../files/extract/beginning-of-text.ts'
import { withoutMarks } from '../files/extract/extract-markdown.ts'
import { unpacked } from '../files/unpacked.ts'
import { keptDocuments, type KeptDocument, type Made } from './kept-documents.ts'

/** Something that is read as one. `stamp` changes with everything that is indexed of it. */
export type Place = {
  source: string; workspaceId: string; kind: 'mission' | 'doc' | 'brief' | 'chat' | 'file'; stamp: string; title: string; missionId: string | null; docId: string | null; chatId: string | null
  fileId: string | null; projectId: string | null; type: string; status: string | null; archived: boolean
}
export type Item = { item: string; kind: SearchKind; by: string | null; at: number; title: string; body: string }

const plain = (markdown: string) => markdown.slice(0, longestFound).split('\n').map(withoutMarks).filter((line) => line !== '').join('\n')

type Row = Record<string, unknown>
const text = (value: unknown) => (typeof value === 'string' ? value : '')
const textOrNull = (value: unknown) => (typeof value === 'string' ? value : null)
const number = (value: unknown) => Number(value ?? 0)

const head = (name: string) => `max(coalesce((select max(seq) from updates where doc = ${name}), 0), coalesce((select upto_seq from snapshots where doc = ${name}), 0))`

const missions = `select id, workspace_id, title, status, project_id, archived_at, created_by, created_at, ${head(`'mission/' || id`)} as head from missions`
const docs = `select id, workspace_id, title, project_id, archived_at, created_by, created_at, ${head(`'doc/' || id`)} as head from docs`
const briefs = `select id, workspace_id, name as title, id as project_id, archived_at, ${head(`'doc/' || id`)} as head from projects`
const chats = `select id, workspace_id, title, project_id, archived_at, created_by, created_at, ${head(`'chat/' || id`)} as head from chats`
const files = `select f.id, f.workspace_id, f.name as title, f.mission_id, coalesce(f.project_id, m.project_id) as project_id, m.status, m.archived_at, f.deleted_at, v.version, v.hash, v.type, v.created_by, v.created_at, coalesce(t.status, 'none') as read
  from files f join file_versions v on v.file_id = f.id and v.version = (select max(version) from file_versions where file_id = f.id)
  left join missions m on m.id = f.mission_id left join file_texts t on t.hash = v.hash where f.deleted_at is null`

function placeOf(kind: Place['kind'], row: Row): Place {
  const id = text(row.id)
  const isDoc = kind === 'doc' || kind === 'brief'
  const fields = [row.title, row.status, row.project_id, row.archived_at, row.head, row.version, row.hash, row.read]
  return {
    source: `${isDoc ? 'doc' : kind}/${id}`, workspaceId: text(row.workspace_id), kind, stamp: JSON.stringify(fields), title: text(row.title),
    missionId: kind === 'mission' ? id : textOrNull(row.mission_id), docId: kind === 'doc' ? id : null, chatId: kind === 'chat' ? id : null, fileId: kind === 'file' ? id : null,
    projectId: textOrNull(row.project_id), type: text(row.type), status: textOrNull(row.status), archived: row.archived_at != null,
  }
}

/** Reads what can be found out of the database, over a connection that only reads. */
export function placeReader(database: DatabaseSync, now: () => number = () => performance.now()) {
  const documents = keptDocuments<readonly Item[]>(database, now)
  const queries = { mission: missions, doc: docs, brief: briefs, chat: chats }
  const one = {
    mission: database.prepare(`${missions} where id = ?`), doc: database.prepare(`${docs} where id = ?`),
    brief: database.prepare(`${briefs} where id = ?`), chat: database.prepare(`${chats} where id = ?`), file: database.prepare(`${files} and f.id = ?`),
  }
  const filesOfMission = database.prepare('select id from files where mission_id = ? and deleted_at is null')
  const content = database.prepare(`select content from file_texts where hash = ? and status = 'ready'`)

  /** As much of a text as is found, read block by block. */
  function textUnder(root: Y.XmlElement, made: Made): string {
    const lines: string[] = []
    let left = longestFound
    for (const block of made.children(root, (child) => plain(toMarkdown(readBlocksOf(child))))) {
      if (left <= 0) break
      if (block === '') continue
      lines.push(block.slice(0, left))
      left -= block.length + 1
    }
    return lines.join('\n')
  }

  const commentItems = ({ doc, made }: KeptDocument) => made.entries(commentsOf(doc), (id): Item | null => {
    const comment = readComment(doc, id)
    return comment && { item: id, kind: 'comment', by: comment.by, at: comment.createdAt, title: '', body: plain(comment.body) }
  }).filter((item) => item !== null)

  const missionItems = (row: Row, document: KeptDocument): Item[] => [
    { item: '', kind: 'mission', by: textOrNull(row.created_by), at: number(row.created_at), title: text(row.title), body: textUnder(descriptionOf(document.doc), document.made) },
    ...commentItems(document),
    ...readReviews(document.doc).filter(({ note }) => note !== '').map(({ id, by, createdAt, note }): Item => ({ item: id, kind: 'review', by, at: createdAt, title: '', body: plain(note) })),
    ...readRuns(document.doc).filter(({ summary }) => summary !== '').map(({ id, staffId, endedAt, createdAt, summary }): Item => ({ item: id, kind: 'run', by: staffId, at: endedAt ?? createdAt, title: '', body: plain(summary) })),
  ]

  const chatItems = (row: Row, { doc, made }: KeptDocument): Item[] => [
    { item: '', kind: 'chat', by: textOrNull(row.created_by), at: number(row.created_at), title: text(row.title), body: '' },
    ...made.entries(messagesOf(doc), (id): Item | null => {
      const message = readMessage(doc, id)
      return message && message.body !== '' ? { item: id, kind: 'chat', by: message.by, at: message.createdAt, title: '', body: plain(message.body) } : null
    }).filter((item) => item !== null),
  ]

  const docItems = (kind: 'doc' | 'brief', row: Row, document: KeptDocument): Item[] => [
    { item: '', kind, by: textOrNull(row.created_by), at: number(row.created_at), title: text(row.title), body: textUnder(bodyOf(document.doc), document.made) },
    ...commentItems(document),
  ]

  async function fileText(row: Row): Promise<string> {
    const stored = content.get(text(row.hash))?.content
    if (!(stored instanceof Uint8Array)) return ''
    try {
      return await beginningOfText(unpacked(stored), longestFound)
    } catch {
      return ''
    }
  }

  const rowOf = (source: string): [Place['kind'], Row] | null => {
    const [kind = '', id = ''] = source.split('/')
    if (kind === 'mission' || kind === 'chat' || kind === 'file') {
      const row = one[kind].get(id)
      return row ? [kind, row] : null
    }
    const doc = one.doc.get(id)
    if (doc) return ['doc', doc]
    const brief = one.brief.get(id)
    return brief ? ['brief', brief] : null
  }

  return {
    /** Everything there is now; only what has another stamp needs to be read. */
    *all(): Generator<Place> {
      for (const kind of ['mission', 'doc', 'brief', 'chat'] as const) for (const row of database.prepare(queries[kind]).iterate()) yield placeOf(kind, row)
      for (const row of database.prepare(files).iterate()) yield placeOf('file', row)
    },

    /** The files of a mission: where it stands is where they stand. */
    filesOf: (source: string): string[] => source.startsWith('mission/') ? filesOfMission.all(source.slice('mission/'.length)).map(({ id }) => `file/${String(id)}`) : [],

    place(source: string): Place | null {
      const found = rowOf(source)
      return found && placeOf(...found)
    },

    /** `null` for what is not there. `before`: what was read of it the last time, where that is still known. */
    async read(source: string): Promise<{ place: Place; items: readonly Item[]; before: readonly Item[] | null } | null> {
      const found = rowOf(source)
      if (!found) return null
      const [kind, row] = found
      const place = placeOf(kind, row)
      if (kind === 'file') return { place, items: [{ item: '', kind: 'file', by: textOrNull(row.created_by), at: number(row.created_at), title: place.title, body: await fileText(row) }], before: null }
      const document = await documents.open(source)
      const before = document.seen
      document.seen = kind === 'mission' ? missionItems(row, document) : kind === 'chat' ? chatItems(row, document) : docItems(kind, row, document)
      return { place, items: document.seen, before }
    },
    /** What was read last is not what the index has. */
    forget: (source: string) => documents.forget(source),
  }
}
