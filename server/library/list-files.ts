import { sql, type RawBuilder } from 'kysely'
import type { ChatId, FileId, MissionId, ProjectId, WorkspaceId } from '#lib/board/ids.ts'
import { referenceUrl } from '#lib/board/reference.ts'
import type { FileGroup, LibraryFilter, LibraryItem, LibraryPage } from '#lib/library/library.ts'
import { ownerOf, readEntries } from '../files/file-entries.ts'
import type { Database } from '../store/database.ts'

/** Media types of each group, as SQLite's GLOB has them; the last group is what is in none of them. */
const groupTypes: Record<Exclude<FileGroup, 'other'>, readonly string[]> = {
  text: ['text/plain', 'text/markdown', '*word*', '*opendocument.text*', 'application/rtf', 'message/rfc822', '*presentation*', 'application/json', 'text/x-*', 'application/javascript'],
  pdf: ['application/pdf'],
  table: ['text/csv', 'text/tab-separated-values', '*spreadsheet*', '*excel*'],
  picture: ['image/*'],
  page: ['text/html', 'application/xhtml+xml'],
  media: ['audio/*', 'video/*'],
}

const anyOf = (conditions: readonly RawBuilder<unknown>[]) => sql`(${sql.join(conditions, sql` or `)})`
const ofTypes = (types: readonly string[]) => anyOf(types.map((type) => sql`v.type glob ${type}`))
const groupIs = (group: FileGroup) => (group === 'other' ? sql`not ${ofTypes(Object.values(groupTypes).flat())}` : ofTypes(groupTypes[group]))

/** Where a page begins: the moment and the id of the last of the page before. */
type Cursor = { at: number; id: string }
const writeCursor = ({ at, id }: Cursor) => `${at}.${id}`
function readCursor(text: string): Cursor | null {
  const [, at, id] = /^(\d{1,15})\.([A-Za-z0-9_-]{1,64})$/.exec(text) ?? []
  return at && id ? { at: Number(at), id } : null
}

type Row = {
  id: FileId; at: number; mission_id: MissionId | null; chat_id: ChatId | null; own_project: ProjectId | null; project_id: ProjectId | null; title: string | null; archived_at: number | null
  pinned: number; verdict: 'approved' | 'changes' | null
}

/** The files of a workspace with where they belong, those with the newest version first. */
export function createFileList({ db, settled }: { db: Database; settled: () => Promise<void> }) {
  function conditions(workspaceId: WorkspaceId, filter: LibraryFilter): RawBuilder<unknown> {
    const parts = [sql`f.workspace_id = ${workspaceId}`, sql`f.deleted_at is null`]
    if (filter.kind) parts.push(sql`f.kind = ${filter.kind}`)
    if (filter.group) parts.push(groupIs(filter.group))
    if (filter.project) parts.push(sql`coalesce(f.project_id, m.project_id) = ${filter.project}`)
    if (filter.mission) parts.push(sql`f.mission_id = ${filter.mission}`)
    if (filter.by) parts.push(sql`v.created_by = ${filter.by}`)
    if (filter.from !== null) parts.push(sql`v.created_at >= ${filter.from}`)
    if (filter.to !== null) parts.push(sql`v.created_at < ${filter.to}`)
    // What people put there themselves waits for nobody's verdict.
    if (filter.reviewed === 'none') parts.push(sql`f.kind = 'artifact' and r.verdict is null`)
    else if (filter.reviewed) parts.push(sql`r.verdict = ${filter.reviewed}`)
    if (filter.collection) parts.push(sql`f.id in (select file_id from collection_files where collection_id = ${filter.collection})`)
    if (filter.pinned) parts.push(sql`p.file_id is not null`)
    if (filter.name) parts.push(sql`f.name like ${`%${filter.name.replace(/[\\%_]/g, '\\$&')}%`} escape '\\'`)
    return sql.join(parts, sql` and `)
  }

  const from = sql`from files f join file_versions v on v.file_id = f.id and v.version = (select max(version) from file_versions where file_id = f.id)
    left join missions m on m.id = f.mission_id left join pins p on p.file_id = f.id left join run_verdicts r on r.run_id = v.run_id`

  /** How many were given each of these, and how many runs of other missions read it. */
  async function usesOf(rows: readonly Row[]): Promise<Map<string, number>> {
    if (rows.length === 0) return new Map()
    const missions = new Map(rows.map((row) => [referenceUrl({ kind: 'file', id: row.id }), row.mission_id]))
    const uses = new Map<string, number>()
    const add = (source: string, count: number) => uses.set(source, (uses.get(source) ?? 0) + count)
    for (const { source, n } of await db.selectFrom('given').select(['source', (eb) => eb.fn.countAll<number>().as('n')]).where('source', 'in', [...missions.keys()]).groupBy('source').execute()) add(source, Number(n))
    const reads = await db.selectFrom('run_reads').innerJoin('runs', 'runs.id', 'run_reads.run_id').select(['source', 'mission_id']).where('source', 'in', [...missions.keys()]).execute()
    for (const { source, mission_id } of reads) if (mission_id !== missions.get(source)) add(source, 1)
    return uses
  }

  return {
    /** Reads the `next` of a page; `null` for anything else. */
    readCursor,

    async page(workspaceId: WorkspaceId, filter: LibraryFilter, { after, limit }: { after: Cursor | null; limit: number }): Promise<LibraryPage> {
      await settled()
      const where = conditions(workspaceId, filter)
      const beyond = after ? sql`and (v.created_at, f.id) < (${after.at}, ${after.id})` : sql``
      const { rows } = await sql<Row>`select f.id, v.created_at as at, f.mission_id, f.chat_id, f.project_id as own_project, coalesce(f.project_id, m.project_id) as project_id, m.title, m.archived_at,
        p.file_id is not null as pinned, r.verdict ${from} where ${where} ${beyond} order by v.created_at desc, f.id desc limit ${limit + 1}`.execute(db)
      const { rows: [counted] } = await sql<{ n: number }>`select count(*) as n ${from} where ${where}`.execute(db)
      const shown = rows.slice(0, limit)
      const files = new Map((await readEntries(db, shown.map(({ id }) => id))).map((file) => [file.id, file]))
      const uses = await usesOf(shown)
      const last = shown.at(-1)
      return {
        items: shown.flatMap((row): LibraryItem[] => {
          const file = files.get(row.id)
          return file ? [{
            file, owner: ownerOf({ mission_id: row.mission_id, project_id: row.own_project, chat_id: row.chat_id }),
            mission: row.mission_id && row.title !== null ? { id: row.mission_id, title: row.title, archived: row.archived_at !== null } : null,
            projectId: row.project_id, pinned: row.pinned === 1, verdict: row.verdict, uses: uses.get(referenceUrl({ kind: 'file', id: row.id })) ?? 0,
          }] : []
        }),
        total: Number(counted?.n ?? 0),
        next: rows.length > limit && last ? writeCursor({ at: last.at, id: last.id }) : null,
      }
    },
  }
}
