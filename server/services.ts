import { join } from 'node:path'
import type { ActorId, WorkspaceId } from '#lib/board/ids.ts'
import { boardDocument, chatDocument } from '#lib/sync/document-names.ts'
import { isOwnOrigin } from '#lib/sync/origin.ts'
import { createActivity, type Activity } from './activity/activity.ts'
import { createAuth, type Auth } from './auth/auth.ts'
import { knownMembers } from './auth/known-members.ts'
import { clientAddress } from './client-address.ts'
import type { Config } from './config.ts'
import { createCoo, type Coo } from './coo/coo.ts'
import { createFileWords } from './coo/file-words.ts'
import { diskBlobs } from './files/blobs.ts'
import { createCollector, type Collector } from './files/collect.ts'
import { happeningOf } from './files/file-activity.ts'
import { contentHeaders } from './files/file-type.ts'
import { createFiles, type Files } from './files/files.ts'
import { createTexts, type Texts } from './files/texts.ts'
import { createTidyFiles } from './files/tidy-files.ts'
import { createUploads, type Uploads } from './files/uploads.ts'
import { firstPaint } from './first-paint.ts'
import { followDocuments } from './follow-documents.ts'
import { createIdentify } from './identify.ts'
import { createInbox, type Inbox } from './inbox/inbox.ts'
import { createInsight, type InsightReader } from './insight/insight.ts'
import { createLibrary, type Library } from './library/library.ts'
import { takeUpWork } from './lifecycle.ts'
import type { Log } from './log.ts'
import { createMetrics, type Metrics } from './metrics.ts'
import { createProjects, type Projects } from './projects/projects.ts'
import { createApprovals } from './reviews/approvals.ts'
import { createRoutines, type Routines } from './routines/automation.ts'
import { createEmbeddedWorker } from './runs/embedded-worker.ts'
import { createFacts } from './runs/facts.ts'
import { createHotTail } from './runs/hot-tail.ts'
import { createRuns, type ClaimScope, type Runs } from './runs/runs.ts'
import { createStartNext } from './runs/start-next.ts'
import { createSampleWorkspace } from './sample/sample-workspace.ts'
import { searchFile } from './search/search-database.ts'
import { searchThread } from './search/search-thread.ts'
import { createSearch, type Search } from './search/search.ts'
import { createEngineSettings, type EngineSettingsStore } from './staff/engine-settings.ts'
import { createEngineTasks, type EngineTasks } from './staff/engine-tasks.ts'
import { createFetchAllowed } from './staff/fetch-allowed.ts'
import { createMcpServers, type McpServers } from './staff/mcp-servers.ts'
import { createProposeForRun } from './staff/propose-for-run.ts'
import { createProposeFromComment } from './staff/propose-from-comment.ts'
import { createRunEdits, type RunEdits } from './staff/run-edits.ts'
import { createSecrets } from './staff/secrets.ts'
import { createServerTools, type CarryOutTool } from './staff/server-tools.ts'
import { createVerdicts } from './staff/staff-record.ts'
import { createStaff, type StaffVerbs } from './staff/staff.ts'
import { createCheckpoints } from './store/checkpoints.ts'
import { databaseFile, openStore, type Database } from './store/database.ts'
import { sqliteUpdateLog } from './store/sqlite-update-log.ts'
import { storeThread } from './store/store-thread.ts'
import type { Identity } from './sync/authenticate.ts'
import type { Documents } from './sync/documents.ts'
import { createSockets, type Sockets } from './sync/sockets.ts'
import { createSync, type Sync } from './sync/sync.ts'
import { writeDirectory } from './sync/workspace-directory.ts'
import { createReadMarks, type ReadMarks } from './talk/read-marks.ts'
import { createTemplates, type Templates } from './templates/templates.ts'
import { dayIn, worldOf } from './templates/world.ts'
import { createAutomaticVersions } from './versions/automatic-versions.ts'
import { createVersions, type Versions } from './versions/versions.ts'

/** Everything the pages, the API and the sockets share: one set a process. */
export type Services = {
  config: Config
  log: Log
  db: Database
  metrics: Metrics
  auth: Auth
  activity: Activity
  documents: Documents
  files: Files
  uploads: Uploads
  texts: Texts
  collector: Collector
  contentHeaders: typeof contentHeaders
  readMarks: ReadMarks
  runs: Runs
  coo: Coo
  routines: Routines
  staff: StaffVerbs
  templates: Templates
  engineSettings: EngineSettingsStore
  engineTasks: EngineTasks
  mcpServers: McpServers
  runEdits: RunEdits
  carryOutTool: CarryOutTool
  fetchAllowed: ReturnType<typeof createFetchAllowed>
  projects: Projects
  versions: Versions
  inbox: Inbox
  library: Library
  search: Search
  insight: InsightReader
  sync: Sync
  sockets: Sockets
  firstPaint: ReturnType<typeof firstPaint>
  /** Fills a new workspace with work to look at. */
  createSample: (owner: { workspaceId: WorkspaceId; userId: ActorId }) => Promise<void>
  /** Who a bearer token is, in any workspace it is good for. */
  identify: (token: string, cookie: string | null) => Promise<Identity | null>
  /** What a worker's token lets it take from the queue; `null` for any other token. */
  claimScope: (token: string) => Promise<ClaimScope | null>
  /** Stops everything within `ms`; false when something that was acknowledged could not be stored. */
  stop: (ms: number) => Promise<boolean>
}

const slot = Symbol.for('missions.services')

/** `hooks.server.ts` is bundled and this file is run by Node: two module graphs that meet in this slot. */
export function provideServices(services: Services) {
  (globalThis as { [slot]?: Services })[slot] = services
}

/**
 * Makes each part of what the others are for it. Two that need each other meet in an arrow: by the time it is called, both are there.
 * The order is that of dependence: edits, what follows them, staff and their runs, the COO, files, routines.
 */
export async function createServices(config: Config, log: Log, address: () => string): Promise<Services> {
  const { limits } = config
  const now = () => Date.now()
  const store = await openStore(config.dataDir, config.durability)
  const { db } = store
  const metrics = createMetrics()
  const chores = storeThread(databaseFile(config.dataDir))
  // Whoever opens a document does not wait for chores.
  const opening = storeThread(databaseFile(config.dataDir))
  const checkpoint = createCheckpoints(chores, log)
  const updates = sqliteUpdateLog(store.logConnection, {
    check: store.checkFiles,
    mostWaitingBytes: limits.unsaved_bytes,
    onHealth(failure) {
      if (failure) log.error({ err: failure }, 'edits cannot be written to disk; they are kept in memory, not acknowledged, and tried again')
      else log.warn('edits are written to disk again')
      sync.tellStoreFailing(failure !== null)
    },
    onCommit(commit) {
      metrics.committed(commit)
      checkpoint(commit)
    },
  })
  const behind = store.behind(() => updates.waiting() > 0)

  const known = knownMembers((workspaceId) => auth.directoryEntries(workspaceId))
  const members = known.of
  const isPerson = async (workspaceId: WorkspaceId, id: ActorId) => (await members(workspaceId)).get(id)?.kind === 'person'
  const refreshDirectory = async (workspaceId: WorkspaceId) => {
    known.changed(workspaceId)
    await writeDirectory(documents, workspaceId, await auth.directoryEntries(workspaceId))
    inbox.follow.people(workspaceId)
  }
  const auth = createAuth({
    db, behind, limits, now,
    onThrottled: metrics.limitReached,
    record: (happening) => activity.record(happening),
    secureCookies: config.origin?.startsWith('https:') ?? false,
    onAccessChanged: ({ workspaceId }) => sync.recheck({ workspaceId }),
    onDirectoryChanged: refreshDirectory,
  })
  const { identify, claimScope } = createIdentify({ auth, actorOfLease: (token) => runs.actorOfLease(token), embeddedToken: () => embedded.token })

  const following = followDocuments({
    log, db, refreshDirectory,
    sync: () => sync,
    parts: () => ({ activity, approvals, auth, coo, facts, files, hotTail, inbox, library, routines, runs, search, startNext: next.startNext, versions: automaticVersions }),
  })
  const sync = createSync({
    db, behind, updates, metrics, limits, log, now,
    compact: (doc) => chores.do({ kind: 'compact', doc, at: now() }),
    readSnapshot: opening.readSnapshot,
    identify: ({ token, cookie }) => identify(token, cookie),
    holdsLease: (runId, attempt) => runs.holds(runId, attempt),
    ...following.handlers,
  })
  const { documents, authorsOf, workspaceOf, editAs } = sync
  const settled = () => sync.projected()
  const sockets = createSockets({
    hocuspocus: sync.hocuspocus, socketLimits: sync.socketLimits, limits, log,
    addressOf: clientAddress(config.addressHeader),
    reached: metrics.limitReached,
    originAllowed: (origin, host) => isOwnOrigin(origin, config.origin, host),
  })

  const activity = createActivity({
    db: behind, log, now,
    board: (workspaceId, read) => documents.read(boardDocument(workspaceId), read),
    tell: (workspaceId, seq) => sync.tell(workspaceId, { kind: 'activity', seq }),
  })
  const { record } = activity
  const approvals = createApprovals({ db: behind, documents, authorsOf, isPerson, log, now })
  const inbox = createInbox({
    db: behind, documents, authorsOf, workspaceOf, members, log, now,
    projected: settled,
    tell: (workspaceId, userId) => sync.tell(workspaceId, { kind: 'inbox', userId }, ({ id }) => id === userId),
  })
  const search = createSearch({
    db: behind, members, now,
    thread: searchThread({ databaseFile: databaseFile(config.dataDir), indexFile: searchFile(config.dataDir), onError: (message, details) => log.error(details, message) }),
  })
  const library = createLibrary({
    db: behind, documents, search, settled, record, log, now,
    changed: (workspaceId) => sync.tell(workspaceId, { kind: 'library' }),
    followNotes: inbox.follow.notes,
    nameOf: async (workspaceId, id) => (await members(workspaceId)).get(id)?.name ?? 'somebody who left',
  })
  const versions = createVersions({
    db: behind, editAs, now,
    readText: chores.readText,
    onChanged: (document) => sync.notify(document, { kind: 'versions' }),
  })
  const automaticVersions = createAutomaticVersions({ db, versions, docsGivenTo: library.docsGivenTo, workspaceOf, now, log })
  const facts = createFacts(documents, (error) => log.error({ err: error }, 'facts not written'))
  const hotTail = createHotTail({ db: behind, documents, log })
  const next = createStartNext({ db: behind, documents })

  const secrets = createSecrets(config.dataDir, config.secretKey)
  const engineTasks = createEngineTasks({ db, config, secrets })
  const verdicts = createVerdicts({ db: behind, readVerdicts: chores.readVerdicts })
  const staff = createStaff({
    db, engineTasks, verdicts, record, now,
    cancelRun: (id, reason, by) => runs.cancel(id, reason, by),
    onDirectoryChanged: refreshDirectory,
  })
  const runEdits = createRunEdits({ db, documents, editAs, versions, record, now })
  const embedded = createEmbeddedWorker(address, { concurrency: config.workerConcurrency, silentMs: config.modelSilenceSeconds * 1_000, env: config.workerEnvironment, log })
  const runs: Runs = await createRuns({
    db, behind, documents, workspaceOf, isPerson, facts, engineTasks, verdicts, settled, record, log, now,
    propose: (mention, staffId) => proposeFromComment(mention, staffId),
    leaseMs: config.runLeaseSeconds * 1000,
    hasEmbedded: config.worker === 'embedded',
    watched: (workspaceId) => sync.hasPeople(boardDocument(workspaceId)),
    beforeReading: automaticVersions.beforeRun,
    onLeaseEnded: (workspaceId) => void sync.recheck({ workspaceId, leasesOnly: true }),
    onQueued: () => {
      if (config.worker === 'embedded') embedded.wake()
    },
  })

  const coo = createCoo({
    db, documents, editAs, authorsOf, members, engineTasks, staff, settled, record, log, now,
    boardsWritten: sync.boardsWritten,
    templates: {
      usable: (workspaceId) => templates.usable(workspaceId),
      world: (workspaceId, me, zone) => worldOf({ db, members, settled }, workspaceId, me, dayIn(now(), zone)),
    },
    search: async (workspaceId, me, text) => {
      const found = await search.find({ workspaceId, me, text, zone: 'UTC', limit: 8 })
      return found.ok ? found.page.results : []
    },
    changed: (workspaceId, chatId) => {
      sync.tell(workspaceId, { kind: 'chats' })
      search.changed(chatDocument(chatId))
    },
    give: (mission, source, by) => library.given.give({ kind: 'mission', id: mission }, source, by, { quiet: true }),
    activity: async (workspaceId, limit) => (await activity.page(workspaceId, {}, { limit })).entries,
    wordsOf: createFileWords({ find: (id) => files.find(id), read: (hash, waitMs) => texts.read(hash, waitMs) }),
  })
  const proposeFromComment = createProposeFromComment({ db, documents, proposals: coo.proposals })

  const blobs = await diskBlobs(join(config.dataDir, 'files'))
  const texts = createTexts({
    db: behind, blobs, log, now,
    publish: async (owner, id) => {
      await files.publish(owner, id)
      search.changed(`file/${id}`)
    },
  })
  const files = createFiles({
    db, blobs, documents, facts, limits, now,
    onLimit: metrics.limitReached,
    onStored: texts.want,
    onHappened(happened) {
      record(happeningOf(happened))
      routines.fileHappened(happened)
      search.changed(`file/${happened.file.id}`)
      sync.tell(happened.workspaceId, { kind: 'library' })
    },
  })
  const uploads = await createUploads({ db, blobs, files, limits, now, folder: join(config.dataDir, 'files', 'uploads'), onLimit: metrics.limitReached })
  const collector = createCollector({ db, blobs, now })

  const templates = createTemplates({ db, documents, files, members, settled, record, now })
  const routines = createRoutines({
    db: behind, documents, files, runs, runEdits, secrets, templates, settled, record, log, now,
    given: library.given,
    chats: coo.chats,
    address: () => config.origin ?? address(),
    tell: (workspaceId) => sync.tell(workspaceId, { kind: 'routines' }),
    followEnded: inbox.follow.routine,
  })
  activity.listen(({ happening: { kind } }) => {
    if (kind === 'run.succeeded' || kind === 'run.failed' || kind === 'run.cancelled') void routines.look()
  })

  metrics.gauge('connections', 'Open sockets', () => sync.socketLimits.sockets())
  metrics.gauge('documents', 'Documents in memory', () => sync.hocuspocus.getDocumentsCount())
  metrics.gauge('texts_waiting', 'Files whose text waits to be read', () => texts.waiting())
  metrics.gauge('updates_waiting', 'Updates that are not on disk yet', () => updates.waiting())
  const stop = await takeUpWork({
    config, log, store, behind, updates, chores, opening, refreshDirectory, next, automaticVersions, approvals, embedded,
    activity, coo, inbox, library, routines, runs, search, sockets, sync, texts,
    tidyFiles: createTidyFiles({ uploads, collector, now, log }),
  })

  return {
    config, log, db, metrics, auth, identify, claimScope, documents, sync, sockets, activity, inbox, search, library, versions,
    files, uploads, texts, collector, contentHeaders, staff, engineTasks, runEdits, runs, coo, templates, routines, stop,
    engineSettings: createEngineSettings({ db, config, secrets, now, record }),
    mcpServers: createMcpServers({ db, secrets, now, record }),
    fetchAllowed: createFetchAllowed({ db, record }),
    carryOutTool: createServerTools({ db, documents, workspaceOf, search, edits: runEdits, handOver: runs.handOver, propose: createProposeForRun({ db, proposals: coo.proposals, members }), remember: library.notes.propose }),
    readMarks: createReadMarks({ db, now }),
    projects: createProjects({ db, documents, settled }),
    insight: createInsight({ file: databaseFile(config.dataDir), settled, now }),
    firstPaint: firstPaint({ db, auth, settled }),
    createSample: (owner) => createSampleWorkspace({ staff, documents, files, runs, routines, templates, given: library.given, now, log, onArrival: following.onArrival }, owner),
  }
}
