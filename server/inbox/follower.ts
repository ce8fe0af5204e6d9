import type { ActorId, MissionId, RoutineId, WorkspaceId } from '#lib/board/ids.ts'
import type { Member } from '#lib/board/mission.ts'
import { boardDocument, parseDocumentName, type DocumentName } from '#lib/sync/document-names.ts'
import type { Log } from '../log.ts'
import type { Database } from '../store/database.ts'
import { documentHead } from '../store/document-head.ts'
import type { Documents } from '../sync/documents.ts'
import { createCardReader } from './card-reader.ts'
import { createKeepReasons } from './keep-reasons.ts'
import { createNoteReader } from './note-reasons.ts'
import { createReadUntil } from './read-until.ts'
import { createReadingQueue } from './reading-queue.ts'
import { createRoutineReader } from './routine-reasons.ts'
import { createTextReader, type TextName } from './text-reader.ts'

export type FollowerOptions = {
  db: Database
  documents: Documents
  authorsOf: (document: string) => Promise<ReadonlyMap<number, string>>
  workspaceOf: (document: DocumentName) => Promise<WorkspaceId | null>
  members: (workspaceId: WorkspaceId) => Promise<ReadonlyMap<ActorId, Member>>
  /** Resolves when the tables say what the boards say. */
  projected: () => Promise<void>
  log: Log
  now: () => number
  changed: (workspaceId: WorkspaceId, userId: ActorId) => void
}

export type Follower = ReturnType<typeof createFollower>

/** How far documents were read is written so often: each time, the disk would be written to with every few letters. */
const writeEveryMs = 10_000

/**
 * Finds what waits for whom, by reading what changed: a mission's card and runs from the tables, texts and talk from their
 * documents. It looks at how things are, not at what happened, so nothing is found twice, and what was missed is found later.
 */
export function createFollower({ db, documents, authorsOf, workspaceOf, members, projected, log, now, changed }: FollowerOptions) {
  const { schedule, enqueue, settled, isStopped, stop } = createReadingQueue(log)
  const keep = createKeepReasons({ db, now, changed })
  const cards = createCardReader({ db, documents, authorsOf, members, projected, keep, now, changed })
  const texts = createTextReader({ db, documents, authorsOf, workspaceOf, members, keep })
  const notes = createNoteReader({ db, members, keep })
  const routines = createRoutineReader({ db, members, keep })
  const readUntil = createReadUntil(db)
  const changedCards = new Map<WorkspaceId, Set<MissionId>>()
  /** Workspaces whose cards were read since the start. */
  const readBoards = new Set<WorkspaceId>()

  async function readText(name: TextName) {
    const { doc, seq } = await texts.read(name)
    readUntil.note(doc, seq)
    schedule('read until', readUntil.write, writeEveryMs)
  }

  function cardChanged(workspaceId: WorkspaceId, missionId: MissionId) {
    const ids = changedCards.get(workspaceId) ?? new Set()
    changedCards.set(workspaceId, ids.add(missionId))
    // Those of a board together: who is here, and most of the asking, is the same for all of them.
    schedule(`cards/${workspaceId}`, async () => {
      const ids = [...changedCards.get(workspaceId) ?? []]
      changedCards.delete(workspaceId)
      readBoards.add(workspaceId)
      await cards.read(workspaceId, ids)
    })
  }

  return {
    /** A mission was changed on its board. */
    card: cardChanged,

    /** A document was changed. */
    document(name: DocumentName) {
      if (name.kind !== 'mission' && name.kind !== 'doc') return
      schedule(`${name.kind}/${name.id}`, async () => {
        await readText(name)
        if (name.kind !== 'mission') return
        // Its runs stand in it, too.
        const place = await workspaceOf(name)
        if (place) cardChanged(place, name.id)
      })
    },

    /** Whoever came, went or became something else may be waited for now, or not any more. */
    people(workspaceId: WorkspaceId) {
      schedule(`people/${workspaceId}`, async () => {
        readBoards.add(workspaceId)
        await cards.readAll(workspaceId)
        await notes.readProposed(workspaceId)
        await routines.readEnded(workspaceId)
      })
    },

    /** A staff member would remember something, or somebody decided about that. */
    notes(workspaceId: WorkspaceId, staffId: ActorId) {
      schedule(`notes/${staffId}`, () => notes.read(workspaceId, staffId))
    },

    /** A routine ended by itself, or does not any more. */
    routine({ id, workspace_id: workspaceId }: { id: RoutineId; workspace_id: WorkspaceId }) {
      schedule(`routine/${id}`, () => routines.read(workspaceId, [id]))
    },

    /** What was written when nobody listened: between the last edit and a crash, or beside the server. */
    catchUp: () => enqueue(async () => {
      await routines.readEnded()
      for (const { doc, seq } of await readUntil.unread()) {
        if (isStopped()) return
        const name = parseDocumentName(doc)
        if (name?.kind === 'mission' || name?.kind === 'doc') await readText(name)
        else if (name?.kind === 'board') {
          readBoards.add(name.id)
          await cards.readAll(name.id)
          readUntil.note(doc, seq)
        }
      }
      await notes.readProposed()
      await readUntil.write()
    }),

    /** Resolves when everything that is due has been read. */
    settled,

    /** Reads what is due, and notes how far: what nobody changes until the next start is not read then. */
    async stop() {
      const heads = await Promise.all([...readBoards].map(async (workspaceId) => [boardDocument(workspaceId), await documentHead(db, boardDocument(workspaceId))] as const))
      await projected()
      await settled()
      stop()
      for (const [board, head] of heads) readUntil.note(board, head)
      await enqueue(readUntil.write)
    },
  }
}
