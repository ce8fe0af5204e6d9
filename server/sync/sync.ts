import { Hocuspocus } from '@hocuspocus/server'
import type * as Y from 'yjs'
import type { WorkspaceId } from '#lib/board/ids.ts'
import { maxMessageBytes } from '#lib/board/limits.ts'
import type { Actor } from '#lib/board/policy.ts'
import { accessChanged } from '#lib/sync/close-reasons.ts'
import { parseDocumentName, type DocumentName } from '#lib/sync/document-names.ts'
import type { Log } from '../log.ts'
import type { Database } from '../store/database.ts'
import type { UpdateLog } from '../store/update-log.ts'
import { authenticate, type Identify, type SyncContext } from './authenticate.ts'
import { honestAwareness } from './awareness.ts'
import { projectBoards, type MissionChanged } from './board-projection.ts'
import { createDocuments, type Documents } from './documents.ts'
import { createGate, type Owners } from './gate.ts'
import { createJudge, type Judge } from './judge.ts'
import { createPersistence } from './persistence.ts'
import { boardRules } from './rules/board.ts'
import { docRules } from './rules/doc.ts'
import { missionRules } from './rules/mission.ts'
import { runRules } from './rules/run.ts'
import type { Rules } from './rules/rule.ts'

export type Sync = {
  hocuspocus: Hocuspocus<SyncContext>
  documents: Documents
  /** Whether a person has this document open. */
  hasPeople(document: string): boolean
  /** Resolves when the tables say what the loaded boards say. */
  projected(): Promise<void>
  /**
   * Asks again, for every open connection (of one workspace, or all), who it is and what it may; closes those whose
   * rights are gone or changed. Their clients come back at once and get what they may have now.
   */
  recheck(which?: { workspaceId?: WorkspaceId; leasesOnly?: boolean }): Promise<void>
  /** Stops taking edits and resolves with how many of the server's own edits could not be stored in time. */
  stop(timeoutMs: number): Promise<number>
}

export type SyncOptions = {
  db: Database
  updates: UpdateLog
  log: Log
  now: () => number
  identify: Identify
  holdsLease: (runId: string, attempt: number) => boolean
  onMissionChanged: MissionChanged
  /** A document of this kind changed, through a client or through the server. */
  onDocumentChanged: (name: DocumentName, document: Y.Doc) => void
  onDocumentLoaded: (name: DocumentName, document: Y.Doc) => void
  /** Somebody opened a document. */
  onConnected: (name: DocumentName, document: Y.Doc) => void
  /** Another judge than that of the rules, to measure what they cost. */
  judge?: Judge
}

export function createSync({ db, updates, log, now, identify, holdsLease, onMissionChanged, onDocumentChanged, onDocumentLoaded, onConnected, ...options }: SyncOptions): Sync {
  const rules: Record<DocumentName['kind'], (id: string) => Rules> = {
    board: () => boardRules,
    mission: () => missionRules,
    run: (id) => runRules(id, holdsLease),
    doc: () => docRules,
  }
  const rulesFor = (document: string) => {
    const name = parseDocumentName(document)
    return name && rules[name.kind](name.id)
  }
  const owners: Owners = new WeakMap()
  const judge = options.judge ?? createJudge({ owners, rulesFor, mostBytes: maxMessageBytes, log })
  const persistence = createPersistence({ updates, owners, log, now })
  const projection = projectBoards({ db, log, onMissionChanged })

  async function workspaceOf(document: DocumentName): Promise<WorkspaceId | null> {
    if (document.kind === 'mission' || document.kind === 'doc') await projection.settled()
    switch (document.kind) {
      case 'board':
        return (await db.selectFrom('workspaces').select('id').where('id', '=', document.id).executeTakeFirst())?.id ?? null
      case 'mission':
        return (await db.selectFrom('missions').select('workspace_id').where('id', '=', document.id).executeTakeFirst())?.workspace_id ?? null
      case 'run':
        return (await db.selectFrom('runs').select('workspace_id').where('id', '=', document.id).executeTakeFirst())?.workspace_id ?? null
      case 'doc':
        // So far a project has one doc, its brief, under the project's own id.
        return (await db.selectFrom('projects').select('workspace_id').where('id', '=', document.id as never).executeTakeFirst())?.workspace_id ?? null
    }
  }

  function tell(listener: SyncOptions['onDocumentChanged'], documentName: string, document: Y.Doc) {
    const name = parseDocumentName(documentName)
    try {
      if (name) listener(name, document)
    } catch (error) {
      log.error({ err: error, document: documentName }, 'listener failed')
    }
  }

  const hocuspocus = new Hocuspocus<SyncContext>({
    quiet: true,
    extensions: [
      authenticate({ identify, workspaceOf }),
      createGate({ updates, owners, judge, log, now }),
      honestAwareness(owners),
      persistence.extension,
      projection.extension,
      {
        extensionName: 'changes',
        // Hocuspocus does not await this hook: what it throws would end the process.
        async onChange({ documentName, document }) {
          tell(onDocumentChanged, documentName, document)
        },
        async connected({ documentName, connection }) {
          tell(onConnected, documentName, connection.document)
        },
        async afterLoadDocument({ documentName, document }) {
          tell(onDocumentLoaded, documentName, document)
        },
      },
    ],
  })

  async function recheck({ workspaceId, leasesOnly = false }: { workspaceId?: WorkspaceId; leasesOnly?: boolean } = {}) {
    const connections = [...hocuspocus.documents.values()].flatMap((document) => document.getConnections())
    await Promise.all(connections.map(async (connection) => {
      const context = connection.context as SyncContext
      if (workspaceId && context.actor.workspaceId !== workspaceId) return
      if (leasesOnly && !(context.actor.kind === 'staff' && context.actor.lease)) return
      const actor = await context.reauthenticate().catch(() => null)
      if (!actor || rights(actor) !== rights(context.actor)) connection.close(accessChanged)
    }))
  }

  return {
    hocuspocus,
    documents: createDocuments(hocuspocus, persistence),
    hasPeople: (name) => hocuspocus.documents.get(name)?.getConnections().some((connection) => (connection.context as SyncContext).actor.kind === 'person') ?? false,
    projected: () => projection.settled(),
    recheck,
    async stop(timeoutMs) {
      persistence.stop()
      hocuspocus.closeConnections()
      const deadline = now() + timeoutMs
      while (persistence.unstored() > 0 && now() < deadline) await new Promise((resolve) => setTimeout(resolve, 20))
      await projection.settled()
      return persistence.unstored()
    },
  }
}

const rights = (actor: Actor) => actor.kind === 'person'
  ? `${actor.id} ${actor.role}`
  : `${actor.id} ${actor.lease?.runId} ${actor.lease?.attempt}`
