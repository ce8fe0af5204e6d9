import type { ActorId, MissionId, ProjectId, RoutineId, WorkspaceId } from '#lib/board/ids.ts'
import type { Given, GivenKind, GivenTarget } from '#lib/library/given.ts'
import type { Happening } from '../activity/happening.ts'
import type { Database } from '../store/database.ts'
import { describeSources, parseSource, type Described } from './sources.ts'

/** So much at most is given to one target: a run reads all of it. */
const mostGiven = 50

type GivenRefused = { ok: false; code: 'not_found' | 'bad_field' | 'too_many'; message: string; field?: string }

/** What a target is called, and in which workspace it is. */
type Found = { workspaceId: WorkspaceId; name: string; projectId?: ProjectId | null }

const refused = (code: GivenRefused['code'], message: string, field?: string): GivenRefused => ({ ok: false, code, message, ...field && { field } })

/**
 * What people gave to missions, projects, staff and routines to read: the one list that runs, pages and routines ask. The caller has asked
 * whether whoever gives may.
 */
export function createGiven({ db, now, settled, record, changed }: {
  db: Database
  now: () => number
  /** Resolves when the tables say what the boards say. */
  settled: () => Promise<void>
  record: (happening: Happening) => void
  /** What is given in this workspace is not what it was. */
  changed: (workspaceId: WorkspaceId) => void
}) {
  const finders: Record<GivenKind, (id: string) => Promise<Found | null>> = {
    async mission(id) {
      const row = await db.selectFrom('missions').select(['workspace_id', 'title', 'project_id']).where('id', '=', id as MissionId).executeTakeFirst()
      return row ? { workspaceId: row.workspace_id, name: row.title, projectId: row.project_id } : null
    },
    async project(id) {
      const row = await db.selectFrom('projects').select(['workspace_id', 'name']).where('id', '=', id as ProjectId).executeTakeFirst()
      return row ? { workspaceId: row.workspace_id, name: row.name, projectId: id as ProjectId } : null
    },
    async staff(id) {
      const row = await db.selectFrom('staff').select(['workspace_id', 'name']).where('id', '=', id as ActorId).executeTakeFirst()
      return row ? { workspaceId: row.workspace_id, name: row.name } : null
    },
    async routine(id) {
      const row = await db.selectFrom('routines').select(['workspace_id', 'name', 'project_id']).where('id', '=', id as RoutineId).where('deleted_at', 'is', null).executeTakeFirst()
      return row ? { workspaceId: row.workspace_id, name: row.name, projectId: row.project_id } : null
    },
  }

  async function find({ kind, id }: GivenTarget): Promise<Found | null> {
    await settled()
    return await finders[kind](id)
  }

  function note(kind: 'context.given' | 'context.taken', target: GivenTarget, found: Found, what: Described, by: ActorId) {
    record({
      workspaceId: found.workspaceId, kind, actor: { kind: 'person', id: by }, subject: { kind: target.kind, id: target.id, name: found.name }, projectId: found.projectId ?? null,
      ...target.kind === 'mission' && { missionId: target.id as MissionId },
      details: what.file ? { files: [{ id: what.file.id, name: what.name, kind: what.file.kind }] } : { to: { id: what.source.id, name: what.name } },
      // Of several docs each is an entry: only files are listed together.
      ...what.file ? {} : { topic: null },
    })
  }

  const rowsOf = (targets: readonly GivenTarget[]) => db.selectFrom('given').selectAll()
    .where((eb) => eb.or(targets.map(({ kind, id }) => eb.and([eb('kind', '=', kind), eb('target_id', '=', id)])))).orderBy('at').orderBy('source').execute()

  /** As `to`, of several targets of one workspace; the same thing given to two of them comes once for each. */
  async function toAll(targets: readonly GivenTarget[]): Promise<(Given & { to: GivenTarget })[]> {
    const rows = targets.length === 0 ? [] : await rowsOf(targets)
    const [first] = rows
    if (!first) return []
    const described = await describeSources(db, first.workspace_id, rows.map(({ source }) => source))
    return rows.flatMap((row) => {
      const what = described.get(row.source)
      return what && row.workspace_id === first.workspace_id ? [{ ...what, by: row.by_id, at: row.at, to: { kind: row.kind, id: row.target_id } }] : []
    })
  }

  return {
    /** The workspace of a target, and its name; `null` where there is none. */
    find,
    toAll,

    /** What was given to it, oldest first; what was deleted since is not among it. */
    to: async (target: GivenTarget): Promise<Given[]> => (await toAll([target])).map(({ to: _, ...given }) => given),

    /** Gives a file or doc, by its reference. Given already, it stays as it was. `quiet`: the record of activity tells of it otherwise. */
    async give(target: GivenTarget, source: string, by: ActorId, { quiet = false } = {}): Promise<{ ok: true } | GivenRefused> {
      const found = await find(target)
      if (!found) return refused('not_found', `There is no such ${target.kind === 'staff' ? 'staff member' : target.kind} any more.`)
      if (!parseSource(source)) return refused('bad_field', '"source" must name a file or a doc, as missions://file/<id> or missions://doc/<id>.', 'source')
      const what = (await describeSources(db, found.workspaceId, [source])).get(source)
      if (!what) return refused('not_found', 'What you would give is not in this workspace any more.')
      const known = await rowsOf([target])
      if (known.some((row) => row.source === source)) return { ok: true }
      if (known.length >= mostGiven) return refused('too_many', `“${found.name}” was given ${mostGiven} things already, which is the most that runs read. Take something away first.`)
      await db.insertInto('given').values({ kind: target.kind, target_id: target.id, source, workspace_id: found.workspaceId, by_id: by, at: now() }).onConflict((conflict) => conflict.doNothing()).execute()
      if (!quiet) note('context.given', target, found, what, by)
      changed(found.workspaceId)
      return { ok: true }
    },

    /** Takes it away again; what was not given is no error. */
    async take(target: GivenTarget, source: string, by: ActorId, { quiet = false } = {}): Promise<{ ok: true } | GivenRefused> {
      const found = await find(target)
      if (!found) return refused('not_found', `There is no such ${target.kind === 'staff' ? 'staff member' : target.kind} any more.`)
      const gone = await db.deleteFrom('given').where('kind', '=', target.kind).where('target_id', '=', target.id).where('source', '=', source).returning('source').executeTakeFirst()
      if (!gone) return { ok: true }
      const what = (await describeSources(db, found.workspaceId, [source])).get(source)
      if (what && !quiet) note('context.taken', target, found, what, by)
      changed(found.workspaceId)
      return { ok: true }
    },

    /** Gives `to` all that `from` has, in the names of those who gave it: such as a routine's to the mission that it makes. */
    async passOn(from: GivenTarget, to: GivenTarget) {
      const rows = await rowsOf([from])
      if (rows.length === 0) return
      await db.insertInto('given').values(rows.map((row) => ({ ...row, kind: to.kind, target_id: to.id }))).onConflict((conflict) => conflict.doNothing()).execute()
      changed(rows[0]!.workspace_id)
    },

    /** Who was given this. */
    async usesOf(workspaceId: WorkspaceId, source: string): Promise<{ kind: GivenKind; id: string; name: string; by: ActorId; at: number }[]> {
      const rows = await db.selectFrom('given').selectAll().where('workspace_id', '=', workspaceId).where('source', '=', source).orderBy('at').execute()
      const named = await Promise.all(rows.map(async (row) => ({ kind: row.kind, id: row.target_id, name: (await finders[row.kind](row.target_id))?.name ?? null, by: row.by_id, at: row.at })))
      return named.flatMap(({ name, ...use }) => (name === null ? [] : [{ ...use, name }]))
    },
  }
}

export type GivenContext = ReturnType<typeof createGiven>
