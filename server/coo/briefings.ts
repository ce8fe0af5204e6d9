import type { ActorId, WorkspaceId } from '#lib/board/ids.ts'
import type { Member } from '#lib/board/mission.ts'
import type { Database } from '../store/database.ts'
import type { CooEngine, CooQuestion } from './coo-engine.ts'
import type { IntakeRequest } from './intake.ts'
import { knowledgeOf } from './knowledge.ts'

/** What was got ready is what the COO is asked with for so long; who goes on writing has it got ready anew. Milliseconds. */
const readyForMs = 10_000
/** However often somebody says that they write. */
const readAgainAfterMs = 2_000

export type Briefings = ReturnType<typeof createBriefings>
type Members = ReadonlyMap<ActorId, Member>

/**
 * What the COO knows of a workspace before it is asked. It is read while somebody writes to it, so that a model is asked as soon as they
 * send: how everybody's work went takes longer to count than a person wants to wait. The board is as it is when it is asked.
 */
export function createBriefings({ db, members, settled, boardsWritten, engineOf, records, recent, now }: {
  db: Database
  members: (workspaceId: WorkspaceId) => Promise<Members>
  settled: () => Promise<void>
  /** How often the tables of a workspace's board were written: what was read at the same count still holds. */
  boardsWritten: (workspaceId: WorkspaceId) => number
  engineOf: (workspaceId: WorkspaceId) => Promise<CooEngine>
  records: (staff: IntakeRequest['staff']) => ReturnType<CooQuestion['records']>
  recent: (workspaceId: WorkspaceId) => ReturnType<CooQuestion['recent']>
  now: () => number
}) {
  const ready = new Map<WorkspaceId, { at: number; briefing: Promise<Awaited<ReturnType<typeof read>>> }>()

  async function read(workspaceId: WorkspaceId) {
    await settled()
    const [everybody, written] = [await members(workspaceId), boardsWritten(workspaceId)]
    const knowledge = await knowledgeOf(db, everybody, workspaceId)
    return { everybody, written, knowledge, records: once(() => records(knowledge.staff)), recent: once(() => recent(workspaceId)) }
  }

  return {
    /** Somebody begins to write to the COO. */
    async prepare(workspaceId: WorkspaceId) {
      const at = now()
      for (const [other, known] of ready) if (at - known.at > readyForMs) ready.delete(other)
      if (at - (ready.get(workspaceId)?.at ?? -Infinity) < readAgainAfterMs) return
      const briefing = read(workspaceId)
      ready.set(workspaceId, { at, briefing })
      const [known, engine] = await Promise.all([briefing, engineOf(workspaceId)])
      await Promise.all([engine.prepare(), ...engine.readsAll ? [known.records(), known.recent()] : []])
    },

    /** What the COO is asked with now. */
    async of(workspaceId: WorkspaceId) {
      const prepared = ready.get(workspaceId)
      // Of what happens from now on the next question knows.
      ready.delete(workspaceId)
      const known = prepared && now() - prepared.at < readyForMs ? await prepared.briefing.catch(() => null) : null
      await settled()
      return known && known.written === boardsWritten(workspaceId) && same(known.everybody, await members(workspaceId)) ? known : await read(workspaceId)
    },
  }
}

/** What failed is asked for again. */
function once<T>(work: () => Promise<T>): () => Promise<T> {
  let done: Promise<T> | null = null
  return () => done ??= work().catch((error: unknown) => {
    done = null
    throw error
  })
}

const same = (a: Members, b: Members) => a === b || (a.size === b.size && [...a.values()].every(({ id, name, role, kind }) => {
  const other = b.get(id)
  return other?.name === name && other.role === role && other.kind === kind
}))
