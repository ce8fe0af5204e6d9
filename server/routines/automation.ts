import type { FiringId, WorkspaceId } from '#lib/board/ids.ts'
import type { Happening } from '../activity/happening.ts'
import type { Coo } from '../coo/coo.ts'
import type { Files } from '../files/files.ts'
import type { GivenContext } from '../library/given.ts'
import type { Log } from '../log.ts'
import type { Runs } from '../runs/runs.ts'
import type { FetchRules } from '../runs/tools/guarded-fetch.ts'
import type { RunEdits } from '../staff/run-edits.ts'
import type { Secrets } from '../staff/secrets.ts'
import type { Database } from '../store/database.ts'
import type { Documents } from '../sync/documents.ts'
import type { Templates } from '../templates/templates.ts'
import { createBegin } from './begin.ts'
import { createDeliver } from './deliver.ts'
import { createDue } from './due.ts'
import { createEvents } from './events.ts'
import { createHooks } from './hooks.ts'
import type { RoutineRow } from './routine-row.ts'
import { createRoutineVerbs } from './routines.ts'
import { createSend } from './send.ts'
import { createSettle } from './settle.ts'
import { createWork } from './work.ts'

type RoutinesOptions = {
  db: Database
  documents: Documents
  files: Pick<Files, 'add' | 'list' | 'find' | 'content'>
  runs: Pick<Runs, 'start' | 'mayNotStart'>
  given: Pick<GivenContext, 'passOn'>
  templates: Pick<Templates, 'problem' | 'useFor'>
  runEdits: Pick<RunEdits, 'edit'>
  chats: Coo['chats']
  secrets: Secrets
  log: Log
  now: () => number
  record: (happening: Happening) => void
  /** Resolves when the tables say what the boards say. */
  settled: () => Promise<void>
  address: () => string
  /** The routines of a workspace are not what they were. */
  tell: (workspaceId: WorkspaceId) => void
  /** A routine ended by itself, or does not any more: whoever is to know of it learns so. */
  followEnded: (routine: Pick<RoutineRow, 'id' | 'workspace_id'>) => void
  internet?: Pick<FetchRules, 'resolve' | 'isPublic'>
}

/** Routines: who may have them, what sets them off, and what comes of that. */
export function createRoutines({ db, documents, files, runs, given, templates, runEdits, chats, secrets, log, now, record, settled, address, tell, followEnded, internet }: RoutinesOptions) {
  let looking: Promise<void> | null = null
  let again = false
  let stopped = false

  const changed = (routine: Pick<RoutineRow, 'workspace_id'>) => tell(routine.workspace_id)
  const settle = createSettle({ db, now, record, changed, endedRoutine: followEnded })
  const deliver = createDeliver({ db, documents, runEdits, chats, now })
  const send = createSend({ db, secrets, now, address, ...internet && { internet } })
  const work = createWork({ db, log, now, begin: createBegin({ db, documents, files, runs, given, templates }), deliver, send, settle, changed })
  const due = createDue({ db, now })
  const events = createEvents({ db, log, now, settled, wake: () => void look(), changed })

  async function advance() {
    const tried = new Set<FiringId>()
    while (!stopped && await work.advance(tried)) continue
  }

  /** Takes what is due and carries on what there is. Called often; one at a time looks, and once more for whoever called meanwhile. */
  function look(): Promise<void> {
    again = true
    looking ??= (async () => {
      while (again && !stopped) {
        again = false
        // What has ended makes way for what is due.
        await advance()
        if (await due.takeDue() > 0) await advance()
      }
    })().catch((error: unknown) => log.error({ err: error }, 'routines were not looked after')).finally(() => {
      looking = null
    })
    return looking
  }

  return {
    ...createRoutineVerbs({ db, secrets, now, record, settled, isAllowed: send.isAllowed, templates, changed, wake: () => void look(), tellOwners: followEnded }),
    look,
    /** At a start: what happened just before the end of the last one. */
    missed: events.missed,
    followMissedFiles: () => events.followMissedFiles().catch((error: unknown) => log.error({ err: error }, 'what was missed set no routine off')),
    accepted: events.accepted,
    fileHappened: events.file,
    called: createHooks({ db, secrets, now, enqueue: events.enqueue }),

    async stop() {
      stopped = true
      await events.settled()
      await work.stop()
      await looking
    },
  }
}

export type Routines = ReturnType<typeof createRoutines>
