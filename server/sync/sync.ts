import { Hocuspocus, type Connection } from '@hocuspocus/server'
import type * as Y from 'yjs'
import { docsOf, missionsOf, projectsOf } from '#lib/board/board-document.ts'
import type { DocId, MissionId, ProjectId, WorkspaceId } from '#lib/board/ids.ts'
import type { Actor } from '#lib/board/policy.ts'
import { proposalsOf } from '#lib/board/proposal.ts'
import { accessChanged } from '#lib/sync/close-reasons.ts'
import { boardDocument, docDocument, missionDocument, parseDocumentName, type DocumentName } from '#lib/sync/document-names.ts'
import { writeNotice, writingToCoo, type Notice } from '#lib/sync/notices.ts'
import type { Limits } from '../limits.ts'
import type { Log } from '../log.ts'
import type { Metrics } from '../metrics.ts'
import { nextTurn } from '../next-turn.ts'
import { claimDocument } from '../store/claim-document.ts'
import type { Database } from '../store/database.ts'
import type { StoreThread } from '../store/store-thread.ts'
import type { UpdateLog } from '../store/update-log.ts'
import { tellAccepted, type Accepted } from './accepted.ts'
import { mendTexts } from './mend-texts.ts'
import { authenticate, type Identify, type SyncContext } from './authenticate.ts'
import { honestAwareness } from './awareness.ts'
import { projectBoards, type MissionChanged } from './board-projection.ts'
import { createDocuments, type Documents } from './documents.ts'
import { createEditAs } from './edit-as.ts'
import { createGate, type Owners, type Sizes } from './gate.ts'
import { createJudge, type Judge } from './judge.ts'
import { createPersistence } from './persistence.ts'
import { boardRules } from './rules/board.ts'
import { chatRules } from './rules/chat.ts'
import { docRules } from './rules/doc.ts'
import { missionRules } from './rules/mission.ts'
import { runRules } from './rules/run.ts'
import type { Rules } from './rules/rule.ts'
import { createSocketLimits, type SocketLimits } from './socket-limits.ts'
import { tellNews } from './tell-news.ts'

const recheckedAtOnce = 25

export type Sync = {
  hocuspocus: Hocuspocus<SyncContext>
  documents: Documents
  /** Edits a document as somebody, who must be allowed to. */
  editAs: ReturnType<typeof createEditAs>
  /** Whether a person has this document open. */
  hasPeople(document: string): boolean
  /** Resolves when the tables say what the loaded boards say. */
  projected(): Promise<void>
  /** How often the tables were written that a board projects to. */
  boardsWritten(workspaceId: WorkspaceId): number
  /**
   * Asks again, for every open connection (of one workspace, or all), who it is and what it may; closes those whose
   * rights are gone or changed. Their clients come back at once and get what they may have now.
   */
  recheck(which?: { workspaceId?: WorkspaceId; leasesOnly?: boolean }): Promise<void>
  socketLimits: SocketLimits
  /** The workspace that a document belongs to; `null` where there is no such document. */
  workspaceOf(document: DocumentName): Promise<WorkspaceId | null>
  /** Whose the Yjs client ids of a document are. The server itself is one of the authors. */
  authorsOf(document: string): Promise<ReadonlyMap<number, string>>
  /** Tells those who have a workspace's board open, or some of them. */
  tell(workspaceId: WorkspaceId, notice: Notice, whom?: (actor: Actor) => boolean): void
  /** Tells whoever has a document open something that is not of its content. */
  notify(document: string, notice: Notice): void
  /** Tells everybody whether edits can be stored. */
  tellStoreFailing(failing: boolean): void
  /** Stops taking edits and resolves with how many could not be stored in time. */
  stop(timeoutMs: number): Promise<number>
}

export type SyncOptions = {
  db: Database
  /** For the projection, which can wait. */
  behind: Database
  updates: UpdateLog
  /** Replays a document's log into its snapshot. */
  compact: (document: string) => Promise<void>
  /** Reads a document's snapshot in slices. */
  readSnapshot: StoreThread['readSnapshot']
  limits: Limits
  metrics: Metrics
  log: Log
  now: () => number
  identify: Identify
  holdsLease: (runId: string, attempt: number) => boolean
  onMissionChanged: MissionChanged
  /** A doc or a project changed on its board, and the tables say so. */
  onTextProjected?: (id: DocId | ProjectId) => void
  /** An edit by somebody was applied; others wait meanwhile, so only to take note. */
  onAccepted: (accepted: Accepted) => void
  /** A document of this kind changed, through a client or, `by` nobody, through the server. */
  onDocumentChanged: (name: DocumentName, document: Y.Doc, by: Actor | null) => void
  onDocumentLoaded: (name: DocumentName, document: Y.Doc) => void
  /** Somebody opened a document. */
  onConnected: (name: DocumentName, document: Y.Doc, by: Actor | null) => void
  /** Somebody of a workspace begins to write to its COO. */
  onWritingToCoo?: (workspaceId: WorkspaceId) => void
  /** Another judge than that of the rules, to measure what they cost. */
  judge?: Judge
}

export function createSync({ db, behind, updates, compact, readSnapshot, limits, metrics, log, now, identify, holdsLease, onMissionChanged, onTextProjected = () => {}, onAccepted, onDocumentChanged, onDocumentLoaded, onConnected, onWritingToCoo = () => {}, ...options }: SyncOptions): Sync {
  const rules: Record<DocumentName['kind'], (id: string) => Rules> = {
    board: () => boardRules,
    mission: () => missionRules,
    run: (id) => runRules(id, holdsLease),
    doc: () => docRules,
    chat: () => chatRules,
  }
  const rulesFor = (document: string) => {
    const name = parseDocumentName(document)
    return name && rules[name.kind](name.id)
  }
  const owners: Owners = new WeakMap()
  const sizes: Sizes = new WeakMap()
  const ownEdits = new WeakMap<Y.Doc, Set<Promise<void>>>()
  const judge = options.judge ?? createJudge({ owners, rulesFor, mostBytes: limits.update_bytes, log })
  const persistence = createPersistence({ updates, owners, ownEdits, sizes, compact, readSnapshot, log, now })
  const socketLimits = createSocketLimits({ limits, now: () => performance.now(), reached: metrics.limitReached })
  let storeFails = false
  const projection = projectBoards({
    db: behind, log,
    onMissionChanged(workspaceId, before, after) {
      onMissionChanged(workspaceId, before, after)
      // Whoever has it open learns that it is gone, before writing more into what nobody will see.
      if (before && !after) void recheckDocument(missionDocument(before.id))
    },
    onTextProjected(id, isThere) {
      if (!isThere) void recheckDocument(docDocument(id as DocId))
      onTextProjected(id)
    },
  })

  /** The workspace that a document is in, as the tables have it. */
  async function placeInTables(document: DocumentName): Promise<WorkspaceId | null> {
    switch (document.kind) {
      case 'board':
        return (await db.selectFrom('workspaces').select('id').where('id', '=', document.id).executeTakeFirst())?.id ?? null
      case 'mission':
        return await placeOfMission(document.id)
      case 'run':
        return (await db.selectFrom('runs').select('workspace_id').where('id', '=', document.id).executeTakeFirst())?.workspace_id ?? null
      case 'doc':
        return await placeOfText(document.id)
      case 'chat':
        return (await db.selectFrom('chats').select('workspace_id').where('id', '=', document.id).executeTakeFirst())?.workspace_id ?? null
    }
  }

  /** A proposal's description is where it will be when it is a mission. */
  const placeOfMission = async (id: MissionId) =>
    (await db.selectFrom('missions').select('workspace_id').where('id', '=', id)
      .union(db.selectFrom('proposals').select('workspace_id').where('id', '=', id)).executeTakeFirst())?.workspace_id ?? null

  /** A brief and a doc have names alike. Where two workspaces use one id for the two, it is whose document it was first. */
  async function placeOfText(id: DocId | ProjectId): Promise<WorkspaceId | null> {
    const rows = await db.selectFrom('projects').select('workspace_id').where('id', '=', id as ProjectId)
      .union(db.selectFrom('docs').select('workspace_id').where('id', '=', id as DocId)).execute()
    if (rows.length < 2) return rows[0]?.workspace_id ?? null
    const first = await firstWorkspaceOf(docDocument(id as DocId))
    return rows.find(({ workspace_id }) => workspace_id === first)?.workspace_id ?? null
  }

  /** Whether the board, as far as it is in memory, says that this is gone; the tables learn of it a moment later. */
  function isDeleted(document: DocumentName, workspaceId: WorkspaceId): boolean {
    const board = hocuspocus.documents.get(boardDocument(workspaceId))
    if (!board || board.isLoading) return false
    if (document.kind === 'mission') return !missionsOf(board).has(document.id) && !proposalsOf(board).has(document.id)
    return document.kind === 'doc' && !projectsOf(board).has(document.id) && !docsOf(board).has(document.id)
  }

  /** What was made a moment ago may not be in the tables yet; what is there need not wait for it, nor for a disk that fails. */
  async function placeOf(document: DocumentName): Promise<WorkspaceId | null> {
    let place = await placeInTables(document)
    if (!place && (document.kind === 'mission' || document.kind === 'doc')) {
      await projection.settled()
      place = await placeInTables(document)
    }
    return place && !isDeleted(document, place) ? place : null
  }

  /** As `placeOf`; but a document that was another workspace's once is nobody else's, even when its id is used again. */
  async function workspaceOf(document: DocumentName): Promise<WorkspaceId | null> {
    const place = await placeOf(document)
    if (!place) return null
    const doc = `${document.kind}/${document.id}`
    const first = await firstWorkspaceOf(doc)
    if (first) return first === place ? place : null
    await claimDocument(db, doc, place)
    return await firstWorkspaceOf(doc) === place ? place : null
  }
  const firstWorkspaceOf = async (doc: string) =>
    (await db.selectFrom('documents').select('workspace_id').where('doc', '=', doc).executeTakeFirst())?.workspace_id

  function tell(listener: SyncOptions['onDocumentChanged'], documentName: string, document: Y.Doc, by: Actor | null = null) {
    const name = parseDocumentName(documentName)
    try {
      if (name) listener(name, document, by)
    } catch (error) {
      log.error({ err: error, document: documentName }, 'listener failed')
    }
  }

  const accepted = tellAccepted({ onAccepted, log })
  const gate = createGate({ updates, owners, ownEdits, sizes, makeRoom: persistence.makeRoom, mostBytes: limits.document_bytes, judge, metrics, log, now })
  const hocuspocus = new Hocuspocus<SyncContext>({
    quiet: true,
    // Somebody who comes back opens everything at once, each with a few messages ahead of being let in; Hocuspocus would end the socket.
    maxPendingDocuments: limits.documents_per_connection,
    maxUnauthenticatedQueueMessages: 10 * limits.documents_per_connection,
    extensions: [
      authenticate({ identify, workspaceOf, admit: socketLimits.admitDocument, log }),
      socketLimits.extension,
      gate,
      honestAwareness(owners),
      persistence.extension,
      projection.extension,
      accepted.extension,
      mendTexts({ edit: (...edit) => documents.edit(...edit), log }),
      {
        extensionName: 'changes',
        // Hocuspocus does not await this hook: what it throws would end the process.
        async onChange({ documentName, document, context }) {
          tell(onDocumentChanged, documentName, document, (context as Partial<SyncContext>).actor ?? null)
        },
        async connected({ documentName, connection, context }) {
          if (storeFails) connection.sendStateless(writeNotice({ kind: 'store', failing: true }))
          tell(onConnected, documentName, connection.document, (context as SyncContext).actor)
        },
        async onStateless({ documentName, connection, payload }) {
          const name = parseDocumentName(documentName)
          if (name?.kind === 'board' && payload === writingToCoo && !connection.readOnly) onWritingToCoo(name.id)
        },
        async afterLoadDocument({ documentName, document }) {
          tell(onDocumentLoaded, documentName, document)
        },
      },
    ],
  })

  const documents = createDocuments(hocuspocus, updates)

  async function recheckConnection(connection: Connection) {
    const context = connection.context as SyncContext
    const actor = await context.reauthenticate().catch(() => null)
    if (!actor || rights(actor) !== rights(context.actor)) connection.close(accessChanged)
  }

  /** A few at a time: the queries of a thousand at once would hold up everybody's edits. */
  async function recheckAll(connections: readonly Connection[]) {
    for (let at = 0; at < connections.length; at += recheckedAtOnce) {
      await Promise.all(connections.slice(at, at + recheckedAtOnce).map(recheckConnection))
      await nextTurn()
    }
  }

  const recheckDocument = (name: string) => recheckAll(hocuspocus.documents.get(name)?.getConnections() ?? [])

  const recheck = ({ workspaceId, leasesOnly = false }: { workspaceId?: WorkspaceId; leasesOnly?: boolean } = {}) =>
    recheckAll([...hocuspocus.documents.values()].flatMap((document) => document.getConnections()).filter(({ context }) => {
      const { actor } = context as SyncContext
      return (!workspaceId || actor.workspaceId === workspaceId) && (!leasesOnly || (actor.kind === 'staff' && actor.lease))
    }))

  return {
    hocuspocus,
    documents,
    editAs: createEditAs(hocuspocus, gate),
    hasPeople: (name) => hocuspocus.documents.get(name)?.getConnections().some((connection) => (connection.context as SyncContext).actor.kind === 'person') ?? false,
    projected: () => projection.settled(),
    boardsWritten: projection.written,
    recheck,
    socketLimits,
    workspaceOf,
    async authorsOf(name) {
      const loaded = hocuspocus.documents.get(name)
      return (loaded && owners.get(loaded)) ?? await updates.owners(name)
    },
    tell: tellNews((workspaceId, notice, whom) => {
      const board = hocuspocus.documents.get(boardDocument(workspaceId))
      board?.broadcastStateless(writeNotice(notice), whom && (({ context }) => whom((context as SyncContext).actor)))
    }),
    notify: (name, notice) => hocuspocus.documents.get(name)?.broadcastStateless(writeNotice(notice)),
    tellStoreFailing(failing) {
      storeFails = failing
      metrics.storeFailing(failing)
      const notice = writeNotice({ kind: 'store', failing })
      for (const document of hocuspocus.documents.values()) document.broadcastStateless(notice)
    },
    async stop(timeoutMs) {
      hocuspocus.closeConnections()
      let inTime = true
      const late = new Promise<void>((resolve) => setTimeout(() => resolve(), timeoutMs).unref()).then(() => {
        inTime = false
      })
      // What follows an edit, such as counts and names, may be written while we wait for another.
      do {
        await Promise.race([updates.settled(), late])
        await Promise.race([projection.settled(), late])
      } while (inTime && updates.waiting() > 0)
      accepted.tellNow()
      return updates.waiting()
    },
  }
}

const rights = (actor: Actor) => actor.kind === 'person'
  ? `${actor.id} ${actor.role}`
  : `${actor.id} ${actor.lease?.runId} ${actor.lease?.attempt}`
