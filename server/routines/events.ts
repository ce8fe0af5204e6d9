import { sql } from 'kysely'
import type { FileId, MissionId, ProjectId, WorkspaceId } from '#lib/board/ids.ts'
import { missionsOf, readMission } from '#lib/board/board-document.ts'
import { statuses, type Status } from '#lib/board/mission.ts'
import type { FiringCause } from '#lib/routines/routine.ts'
import type { FileHappened } from '../files/files.ts'
import type { Log } from '../log.ts'
import type { Database } from '../store/database.ts'
import type { Accepted } from '../sync/accepted.ts'
import { recentMs, type RecentFollower } from '../sync/recent-edits.ts'
import { fieldAuthor } from '../sync/field-author.ts'
import { firstOf } from '../templates/make-missions.ts'
import type { Arrived } from './begin.ts'
import { firingValues } from './due.ts'
import { triggerOf, type RoutineRow } from './routine-row.ts'

/** What routines set off may set off others, so far. */
const longestChain = 3
/** Of one routine so many wait at most, and so many begin in an hour. */
const mostWaiting = 50
const mostAnHour = 100
const hour = 3_600_000

/** Before that, nothing sets it off: it was not there yet, or off, or waited for something else. */
const waitsSince = ({ planned_at, created_at }: RoutineRow) => planned_at ?? created_at

/** `edit` names the edit, once and for all. */
type Moved = { missionId: MissionId; status: Status; projectId: ProjectId | null; edit: string }

/** The missions that an edit of a board put into another column, or made there. */
function movesIn({ document, changes }: Pick<Accepted, 'document' | 'changes'>): Moved[] {
  return changes.flatMap((change): Moved[] => {
    if (change.kind !== 'value' || change.path[0] !== 'missions') return []
    const [, id, field] = change.path
    const isNew = field === undefined && change.before === undefined
    if (id === undefined || !(isNew || field === 'status')) return []
    const status = statuses.find((known) => known === (isNew ? (change.after as { status?: unknown } | undefined)?.status : change.after))
    const edit = fieldAuthor(missionsOf(document).get(id), 'status', new Map())?.edit
    return status && edit ? [{ missionId: id as MissionId, status, projectId: readMission(document, id as MissionId)?.projectId ?? null, edit }] : []
  })
}

type Enqueued = { ok: true } | { ok: false; code: 'too_many' | 'replayed'; message: string }

/** Sets routines off by what happens: a mission in a column, a file, a call from outside. */
export function createEvents({ db, log, now, settled, wake, changed }: {
  db: Database
  log: Log
  now: () => number
  /** Resolves when the tables say what the boards say. */
  settled: () => Promise<void>
  wake: () => void
  changed: (routine: RoutineRow) => void
}) {
  const waitingFor = (workspaceId: WorkspaceId, kind: 'column' | 'file') =>
    db.selectFrom('routines').selectAll().where('workspace_id', '=', workspaceId).where('kind', '=', kind).where('enabled', '=', 1).where('deleted_at', 'is', null).execute()

  /** The routines whose missions led to this one, itself included. */
  async function chainOf(missionIds: readonly (MissionId | null)[]): Promise<string[]> {
    const ids = missionIds.filter((id) => id !== null)
    if (ids.length === 0) return []
    const rows = await db.selectFrom('routine_firings').select(['routine_id', 'chain']).where('mission_id', 'in', [...ids, ...ids.map(firstOf)]).execute()
    return [...new Set(rows.flatMap(({ routine_id, chain }) => [...JSON.parse(chain) as string[], routine_id]))]
  }

  /** Writes down that a routine is set off, unless too much waits already: that is written down as well. */
  async function enqueue(routine: RoutineRow, cause: FiringCause, key: string, given: { about?: MissionId | null; arrived?: Arrived; chain?: readonly string[] } = {}): Promise<Enqueued> {
    const at = now()
    const outcome = await db.transaction().execute(async (transaction): Promise<Enqueued> => {
      const known = await transaction.selectFrom('routine_firings').select('id').where('routine_id', '=', routine.id).where('key', '=', key).executeTakeFirst()
      if (known) return { ok: false, code: 'replayed', message: 'This was received before.' }
      const { waiting, begun } = await transaction.selectFrom('routine_firings').where('routine_id', '=', routine.id).select([
        sql<number>`count(*) filter (where state = 'due')`.as('waiting'), sql<number>`count(*) filter (where created_at > ${at - hour} and state <> 'skipped')`.as('begun'),
      ]).executeTakeFirstOrThrow()
      const chain = given.chain ?? []
      const reason = chain.length >= longestChain ? `It was set off by a routine that was set off by another, ${longestChain} times over.`
        : waiting >= mostWaiting ? `${mostWaiting} are waiting already.` : begun >= mostAnHour ? `It began ${mostAnHour} times within an hour.` : null
      if (reason === null) {
        await transaction.insertInto('routine_firings').values(firingValues(routine, at, {
          key, cause, due_at: at, about: given.about ?? null, payload: given.arrived ? JSON.stringify(given.arrived) : '', chain: JSON.stringify(chain),
        })).execute()
        return { ok: true }
      }
      // One entry for all that is left out within an hour.
      await transaction.insertInto('routine_firings').values(firingValues(routine, at, { key: `left/${cause}/${Math.floor(at / hour)}`, cause, due_at: at, state: 'skipped', reason }))
        .onConflict((conflict) => conflict.columns(['routine_id', 'key']).doUpdateSet((eb) => ({ count: eb('routine_firings.count', '+', 1) }))).execute()
      return { ok: false, code: 'too_many', message: reason }
    })
    changed(routine)
    if (outcome.ok) wake()
    return outcome
  }

  /** `at`: when, of what is only found after a crash. */
  async function moved(workspaceId: WorkspaceId, moves: readonly Moved[], byRun: string | null, at = Infinity) {
    const routines = (await waitingFor(workspaceId, 'column')).filter((routine) => waitsSince(routine) <= at)
    if (routines.length === 0) return
    const ofRun = byRun ? (await db.selectFrom('runs').select('mission_id').where('id', '=', byRun as never).executeTakeFirst())?.mission_id ?? null : null
    for (const { missionId, status, projectId, edit } of moves) {
      const chain = await chainOf([missionId, ofRun])
      for (const routine of routines) {
        const trigger = triggerOf(routine)
        if (trigger.kind !== 'column' || trigger.status !== status || (trigger.projectId !== null && trigger.projectId !== projectId)) continue
        // What it made itself does not set it off, however many hands it went through.
        if (!chain.includes(routine.id)) await enqueue(routine, 'column', `mission/${missionId}/${edit}`, { about: missionId, chain })
      }
    }
  }

  async function arrived({ workspaceId, owner, file }: Pick<FileHappened, 'workspaceId' | 'owner'> & { file: Pick<FileHappened['file'], 'id' | 'name' | 'version'> }, at = Infinity) {
    const routines = (await waitingFor(workspaceId, 'file')).filter((routine) => waitsSince(routine) <= at)
    if (routines.length === 0) return
    const missionId = owner.kind === 'mission' ? owner.id : null
    await settled()
    const chain = await chainOf([missionId])
    const projectId = owner.kind === 'project' ? owner.id : missionId && ((await db.selectFrom('missions').select('project_id').where('id', '=', missionId).executeTakeFirst())?.project_id ?? null)
    for (const routine of routines) {
      const trigger = triggerOf(routine)
      if (trigger.kind !== 'file' || (trigger.projectId !== null && trigger.projectId !== projectId)) continue
      if (trigger.ending !== '' && !file.name.toLowerCase().endsWith(`.${trigger.ending.toLowerCase()}`)) continue
      if (!chain.includes(routine.id)) await enqueue(routine, 'file', `file/${file.id}/${file.version}`, { about: missionId, arrived: { kind: 'file', fileId: file.id as FileId }, chain })
    }
  }

  /** The files that people brought in the last minute that there are any of, where a routine waits for files. */
  async function newestFiles() {
    const rows = await db.selectFrom('file_versions').innerJoin('files', 'files.id', 'file_versions.file_id')
      .select(['files.id', 'files.name', 'files.workspace_id', 'files.mission_id', 'files.project_id', 'file_versions.version', 'file_versions.created_at'])
      .where('files.kind', '=', 'attachment').where('files.deleted_at', 'is', null).where('files.chat_id', 'is', null)
      .where('files.workspace_id', 'in', db.selectFrom('routines').select('workspace_id').where('kind', '=', 'file').where('enabled', '=', 1).where('deleted_at', 'is', null))
      .where('file_versions.created_at', '>=', sql<number>`(select max(created_at) from file_versions) - ${recentMs}`).orderBy('file_versions.created_at').execute()
    return rows.map(({ id, name, version, created_at, workspace_id: workspaceId, mission_id, project_id }) => ({
      workspaceId, created_at, file: { id, name, version }, owner: mission_id ? { kind: 'mission' as const, id: mission_id } : { kind: 'project' as const, id: project_id! },
    }))
  }

  const inOrder = { last: Promise.resolve() }
  const later = (work: () => Promise<void>, what: string) => {
    inOrder.last = inOrder.last.then(work).catch((error: unknown) => log.error({ err: error }, what))
  }

  return {
    enqueue,
    /** Takes note of an edit, in its midst. */
    accepted(accepted: Accepted) {
      const moves = accepted.name.kind === 'board' ? movesIn(accepted) : []
      if (moves.length > 0) later(() => moved(accepted.author.workspaceId, moves, accepted.author.runId), 'a move on the board set no routine off')
    },
    /** Of files only those that people bring count. */
    file(happened: FileHappened) {
      const isNew = (happened.what === 'added' || happened.what === 'version') && happened.file.kind === 'attachment'
      if (isNew) later(() => arrived(happened), 'a file set no routine off')
    },
    /** Moves that a crash kept from setting anything off. What did already, does not again. */
    missed: {
      what: 'a move on the board set no routine off',
      async read(name, workspaceId) {
        if (name.kind !== 'board' || (await waitingFor(workspaceId, 'column')).length === 0) return null
        const found: { moves: Moved[]; at: number }[] = []
        return {
          edit: ({ document, changes, at }) => void found.push({ moves: movesIn({ document, changes }), at }),
          async end() {
            for (const { moves, at } of found) if (moves.length > 0) later(() => moved(workspaceId, moves, null, at), 'a move on the board set no routine off')
          },
        }
      },
    } satisfies RecentFollower,
    /** Files alike. */
    async followMissedFiles() {
      for (const { owner, created_at: at, ...rest } of await newestFiles()) later(() => arrived({ owner, ...rest }, at), 'a file set no routine off')
    },
    settled: () => inOrder.last,
  }
}

export type Events = ReturnType<typeof createEvents>
