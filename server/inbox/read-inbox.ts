import { sql, type Selectable } from 'kysely'
import type { ActorId, DocId, ProjectId, RoutineId, WorkspaceId } from '#lib/board/ids.ts'
import { inboxKinds, type InboxCounts, type InboxItem, type InboxKind, type InboxList, type InboxPage } from '#lib/inbox/item.ts'
import type { Database } from '../store/database.ts'
import type { Tables } from '../store/tables.ts'

const mostWaiting = 500
const pageSize = 50
/** What settled by itself stays in sight for so long, for whoever was looking at it. */
const lingersMs = 5 * 60_000

/** What only those can do who may edit: a viewer is not kept waiting with it. */
const forEditors: readonly InboxKind[] = ['review', 'question', 'approval', 'proposal', 'failure', 'assignment', 'routine']

type Whose = { workspaceId: WorkspaceId; userId: ActorId; mayEdit: boolean }

export function inboxReader({ db, now }: { db: Database; now: () => number }) {
  const own = ({ workspaceId, userId, mayEdit }: Whose) => {
    const query = db.selectFrom('inbox').where('inbox.workspace_id', '=', workspaceId).where('user_id', '=', userId)
    return mayEdit ? query : query.where('kind', 'in', inboxKinds.filter((kind) => !forEditors.includes(kind)))
  }
  const waits = sql<boolean>`done_at is null and settled_at is null and snoozed_until is null`
  const snoozed = sql<boolean>`done_at is null and settled_at is null and snoozed_until is not null`

  async function counts(whose: Whose): Promise<InboxCounts> {
    const row = await own(whose).where('done_at', 'is', null).where('settled_at', 'is', null).select([
      sql<number>`sum(snoozed_until is null)`.as('waiting'),
      sql<number>`sum(snoozed_until is null and read_at is null)`.as('unread'),
      sql<number>`sum(snoozed_until is not null)`.as('snoozed'),
    ]).executeTakeFirst()
    return { waiting: Number(row?.waiting ?? 0), unread: Number(row?.unread ?? 0), snoozed: Number(row?.snoozed ?? 0) }
  }

  async function list(whose: Whose, which: InboxList, before: string | null): Promise<InboxPage> {
    const [, at, id] = /^(\d{1,16})-([a-z0-9]{1,64})$/.exec(before ?? '') ?? []
    const over = sql<number>`max(coalesce(done_at, 0), coalesce(settled_at, 0))`
    const query = own(whose)
      .leftJoin('missions', 'missions.id', 'inbox.mission_id')
      .selectAll('inbox').select(['missions.title as mission_title', 'missions.status as mission_status'])
    const rows = which === 'waiting'
      ? await query.where((eb) => eb.or([waits, eb.and([eb('done_at', 'is', null), eb('settled_at', '>', now() - lingersMs)])]))
        .orderBy(sql`coalesce(woken_at, since)`, 'desc').orderBy('inbox.id').limit(mostWaiting).execute()
      : which === 'snoozed' ? await query.where(snoozed).orderBy('snoozed_until').orderBy('inbox.id').limit(mostWaiting).execute()
      : await query.where((eb) => eb.or([eb('done_at', 'is not', null), eb('settled_at', 'is not', null)]))
        .$if(at !== undefined, (page) => page.where(sql<boolean>`(${over}, inbox.id) < (${Number(at)}, ${id})`))
        .orderBy(over, 'desc').orderBy('inbox.id', 'desc').limit(pageSize + 1).execute()
    const shown = which === 'done' ? rows.slice(0, pageSize) : rows
    const last = shown.at(-1)
    const names = await namesOf(db, whose.workspaceId, shown.flatMap(({ doc_id }) => doc_id ?? []), shown.flatMap((row) => routineIn(row) ?? []))
    return {
      items: shown.map((row) => itemOf(row, names)),
      counts: await counts(whose),
      next: which === 'done' && rows.length > pageSize && last ? `${Math.max(last.done_at ?? 0, last.settled_at ?? 0)}-${last.id}` : null,
    }
  }

  return { list, counts }
}

type Row = Selectable<Tables['inbox']> & { mission_title: string | null; mission_status: Selectable<Tables['missions']>['status'] | null }
const routineIn = ({ kind, place }: Pick<Row, 'kind' | 'place'>) => (kind === 'routine' ? place.slice('routine/'.length) as RoutineId : null)
type Names = { routines: ReadonlyMap<RoutineId, string>; people: ReadonlyMap<string, { name: string; kind: 'person' | 'staff' }>; docs: ReadonlyMap<string, { title: string; projectId: ProjectId | null }> }

function itemOf(row: Row, { people, docs, routines }: Names): InboxItem {
  const routine = routineIn(row)
  const someone = row.by_id ? people.get(row.by_id) : undefined
  return {
    id: row.id,
    kind: row.kind,
    mission: row.mission_id ? { id: row.mission_id, title: row.mission_title ?? '', status: row.mission_status ?? 'backlog' } : null,
    doc: row.doc_id ? { id: row.doc_id, title: '', projectId: null, ...docs.get(row.doc_id) } : null,
    routine: routine && { id: routine, name: routines.get(routine) ?? '' },
    place: row.place,
    by: row.by_id && someone ? { id: row.by_id, ...someone } : null,
    words: row.words,
    since: row.since,
    readAt: row.read_at,
    doneAt: row.done_at,
    snoozedUntil: row.snoozed_until,
    wokenAt: row.woken_at,
    settledAt: row.settled_at,
    settledWhy: row.settled_why,
  }
}

async function namesOf(db: Database, workspaceId: WorkspaceId, docIds: readonly DocId[], routineIds: readonly RoutineId[]): Promise<Names> {
  const routines = routineIds.length === 0 ? [] : await db.selectFrom('routines').select(['id', 'name']).where('id', 'in', routineIds).execute()
  const people = await db.selectFrom('members').innerJoin('users', 'users.id', 'members.user_id').select(['users.id', 'users.name']).where('workspace_id', '=', workspaceId).execute()
  const accounts = await db.selectFrom('tokens').select(['actor_id as id', 'name']).where('workspace_id', '=', workspaceId).where('acts_as', 'not in', ['staff', 'worker']).execute()
  const staff = await db.selectFrom('staff').select(['id', 'name']).where('workspace_id', '=', workspaceId).execute()
  const docs = docIds.length === 0 ? [] : await db.selectFrom('docs').select(['id', 'title', 'project_id']).where('workspace_id', '=', workspaceId).where('id', 'in', docIds).execute()
  const briefs = await db.selectFrom('projects').select(['id', 'name']).where('workspace_id', '=', workspaceId).execute()
  return {
    routines: new Map(routines.map(({ id, name }) => [id, name])),
    people: new Map<string, { name: string; kind: 'person' | 'staff' }>([
      ...[...people, ...accounts].map(({ id, name }) => [id, { name, kind: 'person' }] as const),
      ...staff.map(({ id, name }) => [id, { name, kind: 'staff' }] as const),
    ]),
    docs: new Map([
      ...docs.map(({ id, title, project_id }) => [id as string, { title, projectId: project_id }] as const),
      ...briefs.map(({ id, name }) => [id as string, { title: `Brief of ${name}`, projectId: id }] as const),
    ]),
  }
}
