import { join } from 'node:path'
import type { ActorId, WorkspaceId } from '#lib/board/ids.ts'
import { boardDocument, briefDocument, chatDocument, docDocument, missionDocument, parseDocumentName } from '#lib/sync/document-names.ts'
import { isOwnOrigin } from '#lib/sync/origin.ts'
import { createActivity, type Activity } from './activity/activity.ts'
import { createAuth, type Auth } from './auth/auth.ts'
import { knownMembers } from './auth/known-members.ts'
import { clientAddress } from './client-address.ts'
import type { Config } from './config.ts'
import { diskBlobs } from './files/blobs.ts'
import { createCollector, restorableMs, type Collector } from './files/collect.ts'
import { contentHeaders } from './files/file-type.ts'
import { happeningOf } from './files/file-activity.ts'
import { createFiles, type Files } from './files/files.ts'
import { createTexts, type Texts } from './files/texts.ts'
import { createUploads, type Uploads } from './files/uploads.ts'
import { firstPaint } from './first-paint.ts'
import { followDocuments } from './follow-documents.ts'
import { createIdentify } from './identify.ts'
import { createCoo, type Coo } from './coo/coo.ts'
import { createInsight, type InsightReader } from './insight/insight.ts'
import { createFileWords } from './coo/file-words.ts'
import { createInbox, type Inbox } from './inbox/inbox.ts'
import { createLibrary, type Library } from './library/library.ts'
import type { Log } from './log.ts'
import { createMetrics, type Metrics } from './metrics.ts'
import { createProjects, type Projects } from './projects/projects.ts'
import { createApprovals } from './reviews/approvals.ts'
import { createRoutines, type Routines } from './routines/automation.ts'
import { createEmbeddedWorker, embeddedWorkerName } from './runs/embedded-worker.ts'
import { createFacts } from './runs/facts.ts'
import { createHotTail } from './runs/hot-tail.ts'
import { createRuns, type ClaimScope, type Runs } from './runs/runs.ts'
import { createStartNext } from './runs/start-next.ts'
import { createSearch, type Search } from './search/search.ts'
import { searchFile } from './search/search-database.ts'
import { searchThread } from './search/search-thread.ts'
import { createSampleWorkspace } from './sample/sample-workspace.ts'
import { databaseFile, openStore, type Database } from './store/database.ts'
import { sqliteUpdateLog } from './store/sqlite-update-log.ts'
import { storeThread } from './store/store-thread.ts'
import { createEngineSettings, type EngineSettingsStore } from './staff/engine-settings.ts'
import { createEngineTasks, type EngineTasks } from './staff/engine-tasks.ts'
import { createFetchAllowed } from './staff/fetch-allowed.ts'
import { createProposeForRun } from './staff/propose-for-run.ts'
import { createProposeFromComment } from './staff/propose-from-comment.ts'
import { createRunEdits, type RunEdits } from './staff/run-edits.ts'
import { createServerTools, type CarryOutTool } from './staff/server-tools.ts'
import { createMcpServers, type McpServers } from './staff/mcp-servers.ts'
import { createSecrets } from './staff/secrets.ts'
import { createStaff, type StaffVerbs } from './staff/staff.ts'
import { createVerdicts } from './staff/staff-record.ts'
import { dayIn, worldOf } from './templates/world.ts'
import { createTemplates, type Templates } from './templates/templates.ts'
import type { Documents } from './sync/documents.ts'
import type { Identity } from './sync/authenticate.ts'
import { followRecentEdits } from './sync/recent-edits.ts'
import { createSockets, type Sockets } from './sync/sockets.ts'
import { createSync, type Sync } from './sync/sync.ts'
import { writeDirectory } from './sync/workspace-directory.ts'
import { createReadMarks, type ReadMarks } from './talk/read-marks.ts'
import { watchPauses } from './versions/pauses.ts'
import { createVersions, type Versions } from './versions/versions.ts'
import { watchAccess } from './watch-access.ts'

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

/** Roughly what an update costs the write-ahead log beside its bytes, and after how much of it a checkpoint is due. */
const pageBytes = 4096
const checkpointAfterBytes = 4 * 1024 * 1024
/** Docs of a project that are kept as a run reads them; it waits for that. */
const mostDocsKept = 100
/** How often what nobody wants any more is looked for. */
const tidyFilesMs = 60 * 60 * 1000
const lookForPausesMs = 5_000

const slot = Symbol.for('missions.services')

/** `hooks.server.ts` is bundled and this file is run by Node: two module graphs that meet in this slot. */
export function provideServices(services: Services) {
  (globalThis as { [slot]?: Services })[slot] = services
}

export async function createServices(config: Config, log: Log, address: () => string): Promise<Services> {
  const store = await openStore(config.dataDir, config.durability)
  const { db } = store
  const now = () => Date.now()
  const metrics = createMetrics()
  const chores = storeThread(databaseFile(config.dataDir))
  // Whoever opens a document does not wait for chores.
  const opening = storeThread(databaseFile(config.dataDir))
  const addressOf = clientAddress(config.addressHeader)

  let written = 0
  const updates = sqliteUpdateLog(store.logConnection, {
    check: store.checkFiles,
    mostWaitingBytes: config.limits.unsaved_bytes,
    onHealth(failure) {
      if (failure) log.error({ err: failure }, 'edits cannot be written to disk; they are kept in memory, not acknowledged, and tried again')
      else log.warn('edits are written to disk again')
      sync.tellStoreFailing(failure !== null)
    },
    onCommit(commit) {
      metrics.committed(commit)
      written += commit.updates * pageBytes + commit.bytes
      if (written < checkpointAfterBytes) return
      written = 0
      chores.do({ kind: 'checkpoint' }).catch((error: unknown) => log.warn({ err: error }, 'checkpoint failed'))
    },
  })
  const behind = store.behind(() => updates.waiting() > 0)

  const refreshDirectory = async (workspaceId: WorkspaceId) => {
    known.changed(workspaceId)
    await writeDirectory(sync.documents, workspaceId, await auth.directoryEntries(workspaceId))
    inbox.follow.people(workspaceId)
  }
  const known = knownMembers((workspaceId) => auth.directoryEntries(workspaceId))
  const membersOf = known.of

  const isPerson = async (workspaceId: WorkspaceId, id: ActorId) => (await membersOf(workspaceId)).get(id)?.kind === 'person'

  const auth = createAuth({
    db, behind,
    limits: config.limits,
    onThrottled: metrics.limitReached,
    record: (happening) => activity.record(happening),
    secureCookies: config.origin?.startsWith('https:') ?? false,
    now,
    onAccessChanged: ({ workspaceId }) => sync.recheck({ workspaceId }),
    onDirectoryChanged: refreshDirectory,
  })

  const { identify, claimScope } = createIdentify({ auth, actorOfLease: (token) => runs.actorOfLease(token), embeddedToken: () => embedded.token })

  // What follows edits is made of what sync brings: each finds the other when the first document is opened.
  const following = followDocuments({
    log, db,
    sync: () => sync,
    parts: () => ({ activity, approvals, auth, coo: theCoo, facts, files, hotTail, inbox, library, pauses, routines, runs, search, startNext: next.startNext }),
    refreshDirectory,
  })
  const sync = createSync({
    db, behind, updates, metrics, log, now,
    limits: config.limits,
    compact: (doc) => chores.do({ kind: 'compact', doc, at: now() }),
    readSnapshot: opening.readSnapshot,
    identify: ({ token, cookie }) => identify(token, cookie),
    holdsLease: (runId, attempt) => runs.holds(runId, attempt),
    ...following.handlers,
  })
  const { documents } = sync
  const next = createStartNext({ db: behind, documents })
  const activity = createActivity({
    db: behind, log, now,
    board: (workspaceId, read) => documents.read(boardDocument(workspaceId), read),
    tell: (workspaceId, seq) => sync.tell(workspaceId, { kind: 'activity', seq }),
  })
  const approvals = createApprovals({
    db: behind, documents, log, now,
    authorsOf: (document) => sync.authorsOf(document),
    isPerson,
  })
  const inbox = createInbox({
    db: behind, documents, log, now,
    authorsOf: (document) => sync.authorsOf(document),
    workspaceOf: (document) => sync.workspaceOf(document),
    members: membersOf,
    projected: () => sync.projected(),
    tell: (workspaceId, userId) => sync.tell(workspaceId, { kind: 'inbox', userId }, ({ id }) => id === userId),
  })
  const search = createSearch({
    db: behind, now,
    members: membersOf,
    thread: searchThread({ databaseFile: databaseFile(config.dataDir), indexFile: searchFile(config.dataDir), onError: (message, details) => log.error(details, message) }),
  })
  const library = createLibrary({
    db: behind, documents, search, log, now,
    settled: () => sync.projected(),
    record: (happening) => activity.record(happening),
    changed: (workspaceId) => sync.tell(workspaceId, { kind: 'library' }),
    followNotes: (workspaceId, staffId) => inbox.follow.notes(workspaceId, staffId),
    nameOf: async (workspaceId, id) => (await membersOf(workspaceId)).get(id)?.name ?? 'somebody who left',
  })
  const facts = createFacts(documents, (error) => log.error({ err: error }, 'facts not written'))
  const hotTail = createHotTail({ db: behind, documents, log })
  const embedded = createEmbeddedWorker(address, { concurrency: config.workerConcurrency, silentMs: config.modelSilenceSeconds * 1_000, env: config.workerEnvironment, log })
  const pauses = watchPauses(now)
  const versions = createVersions({
    db: behind, now,
    readText: (document, root) => chores.readText(document, root),
    editAs: sync.editAs,
    onChanged: (document) => sync.notify(document, { kind: 'versions' }),
  })
  async function keepAfterPause(document: string, by: ActorId | null) {
    const name = parseDocumentName(document)
    const workspaceId = name && await sync.workspaceOf(name)
    if (workspaceId) await versions.keep({ document, workspaceId, kind: 'pause', by })
  }

  const secrets = createSecrets(config.dataDir, config.secretKey)
  const engineTasks = createEngineTasks({ db, config, secrets })
  const verdicts = createVerdicts({ db: behind, readVerdicts: chores.readVerdicts })
  const staff = createStaff({
    db, now, engineTasks, verdicts,
    record: activity.record,
    cancelRun: (id, reason, by) => runs.cancel(id, reason, by),
    onDirectoryChanged: refreshDirectory,
  })
  const runEdits = createRunEdits({ db, documents, editAs: sync.editAs, versions, now, record: activity.record })
  const runs: Runs = await createRuns({
    db, behind, documents, facts, log, now,
    workspaceOf: sync.workspaceOf,
    isPerson,
    propose: (mention, staffId) => proposeFromComment(mention, staffId),
    record: activity.record,
    leaseMs: config.runLeaseSeconds * 1000,
    hasEmbedded: config.worker === 'embedded',
    engineTasks, verdicts,
    settled: () => sync.projected(),
    watched: (workspaceId) => sync.hasPeople(boardDocument(workspaceId)),
    async beforeReading({ id: runId, workspace_id: workspaceId, mission_id: missionId, staff_id: by }) {
      const given = await library.docsGivenTo({ missionId, staffId: by })
      const mission = await db.selectFrom('missions').select('project_id').where('id', '=', missionId).executeTakeFirst()
      const project = mission?.project_id ?? null
      const docs = project === null ? [] : await db.selectFrom('docs').select('id').where('project_id', '=', project).where('archived_at', 'is', null).orderBy('id').limit(mostDocsKept).execute()
      const read = [missionDocument(missionId), ...project === null ? [] : [briefDocument(project)], ...docs.map(({ id }) => docDocument(id)), ...given.map(docDocument)]
      for (const document of new Set(read)) await versions.keep({ document, workspaceId, kind: 'run', by, runId })
    },
    onLeaseEnded: (workspaceId) => void sync.recheck({ workspaceId, leasesOnly: true }),
    onQueued: () => {
      if (config.worker === 'embedded') embedded.wake()
    },
  })
  const theCoo = createCoo({
    db, documents, engineTasks, staff, log, now,
    editAs: sync.editAs,
    authorsOf: (document) => sync.authorsOf(document),
    members: membersOf,
    settled: () => sync.projected(),
    boardsWritten: sync.boardsWritten,
    templates: {
      usable: (workspaceId) => templates.usable(workspaceId),
      world: (workspaceId, me, zone) => worldOf({ db, members: membersOf, settled: () => sync.projected() }, workspaceId, me, dayIn(now(), zone)),
    },
    search: async (workspaceId, me, text) => {
      const found = await search.find({ workspaceId, me, text, zone: 'UTC', limit: 8 })
      return found.ok ? found.page.results : []
    },
    changed: (workspaceId, chatId) => {
      sync.tell(workspaceId, { kind: 'chats' })
      search.changed(chatDocument(chatId))
    },
    record: activity.record,
    give: (mission, source, by) => library.given.give({ kind: 'mission', id: mission }, source, by, { quiet: true }),
    activity: async (workspaceId, limit) => (await activity.page(workspaceId, {}, { limit })).entries,
    wordsOf: createFileWords({ find: (id) => files.find(id), read: (hash, waitMs) => texts.read(hash, waitMs) }),
  })
  const proposeFromComment = createProposeFromComment({ db, documents, proposals: theCoo.proposals })
  const blobs = await diskBlobs(join(config.dataDir, 'files'))
  const texts = createTexts({ db: behind, blobs, log, now, publish: async (owner, id) => {
    await files.publish(owner, id)
    search.changed(`file/${id}`)
  } })
  const files = createFiles({ db, blobs, documents, facts, now, limits: config.limits, onLimit: metrics.limitReached, onStored: texts.want, onHappened(happened) {
    activity.record(happeningOf(happened))
    routines.fileHappened(happened)
    search.changed(`file/${happened.file.id}`)
    sync.tell(happened.workspaceId, { kind: 'library' })
  } })
  const templates = createTemplates({ db, documents, files, members: membersOf, settled: () => sync.projected(), now, record: activity.record })
  const routines = createRoutines({
    db: behind, documents, files, runs, runEdits, secrets, log, now,
    given: library.given,
    templates,
    chats: theCoo.chats,
    record: activity.record,
    settled: () => sync.projected(),
    address: () => config.origin ?? address(),
    tell: (workspaceId) => sync.tell(workspaceId, { kind: 'routines' }),
    followEnded: inbox.follow.routine,
  })
  activity.listen(({ happening: { kind } }) => {
    if (kind === 'run.succeeded' || kind === 'run.failed' || kind === 'run.cancelled') void routines.look()
  })
  void texts.resume().catch((error: unknown) => log.error({ err: error }, 'texts not resumed'))
  const uploads = await createUploads({ db, blobs, files, folder: join(config.dataDir, 'files', 'uploads'), limits: config.limits, now, onLimit: metrics.limitReached })
  const collector = createCollector({ db, blobs, now })
  const tidyFiles = async () => {
    try {
      await uploads.sweep()
      const gone = await collector.deletedBefore(now() - restorableMs)
      const unnamed = await collector.unnamed()
      if (gone.files + unnamed.contents > 0) log.info({ gone, unnamed }, 'files tidied')
    } catch (error) {
      log.error({ err: error }, 'files not tidied')
    }
  }
  void tidyFiles()
  const sockets = createSockets({
    hocuspocus: sync.hocuspocus, log, addressOf,
    limits: config.limits,
    socketLimits: sync.socketLimits,
    reached: metrics.limitReached,
    originAllowed: (origin, host) => isOwnOrigin(origin, config.origin, host),
  })

  const timers = [
    setInterval(() => {
      for (const { document, by } of pauses.due()) keepAfterPause(document, by).catch((error: unknown) => log.error({ err: error, document }, 'version not kept'))
    }, lookForPausesMs),
    setInterval(() => void tidyFiles(), tidyFilesMs),
    setInterval(() => void runs.sweep().catch((error: unknown) => log.error({ err: error }, 'sweep failed')), 1_000),
    setInterval(() => void routines.look(), 1_000),
    setInterval(() => void activity.lookForOthers().catch((error: unknown) => log.error({ err: error }, 'activity of other processes not read')), 1_000),
    watchAccess(store.sqlite, async () => {
      for (const name of sync.hocuspocus.documents.keys()) {
        const document = parseDocumentName(name)
        if (document?.kind === 'board') await refreshDirectory(document.id)
      }
      await sync.recheck()
      await runs.followStaff()
    }, log),
  ]
  metrics.gauge('connections', 'Open sockets', () => sync.socketLimits.sockets())
  metrics.gauge('documents', 'Documents in memory', () => sync.hocuspocus.getDocumentsCount())
  metrics.gauge('texts_waiting', 'Files whose text waits to be read', () => texts.waiting())
  metrics.gauge('updates_waiting', 'Updates that are not on disk yet', () => updates.waiting())
  await runs.releaseOf(embeddedWorkerName)
  void followRecentEdits({ db: behind, log, readSnapshot: chores.readSnapshot, workspaceOf: sync.workspaceOf, followers: [...runs.missed, routines.missed, next.missed] })
    .catch((error: unknown) => log.error({ err: error }, 'what was edited just before the start is not followed'))
  void runs.publishLatest()
  void inbox.follow.catchUp()
  void library.verdicts.catchUp().catch((error: unknown) => log.error({ err: error }, 'verdicts not caught up'))
  void theCoo.conversation.catchUp()
  void routines.followMissedFiles()
  void routines.look()
  if (config.worker === 'embedded' && await runs.hasQueued()) setImmediate(() => embedded.wake())

  return {
    config, log, db, metrics, auth, activity, documents, files, uploads, texts, collector, contentHeaders, runs, staff, versions, inbox, library, search, sync, sockets, identify,
    engineTasks,
    engineSettings: createEngineSettings({ db, config, secrets, now, record: activity.record }),
    runEdits,
    carryOutTool: createServerTools({ db, documents, workspaceOf: sync.workspaceOf, search, edits: runEdits, handOver: runs.handOver, propose: createProposeForRun({ db, proposals: theCoo.proposals, members: membersOf }), remember: library.notes.propose }),
    mcpServers: createMcpServers({ db, secrets, now, record: activity.record }),
    fetchAllowed: createFetchAllowed({ db, record: activity.record }),
    coo: theCoo,
    routines,
    templates,
    insight: createInsight({ file: databaseFile(config.dataDir), settled: () => sync.projected(), now }),
    readMarks: createReadMarks({ db, now }),
    projects: createProjects({ db, documents, settled: () => sync.projected() }),
    firstPaint: firstPaint({ db, auth, settled: () => sync.projected() }),
    createSample: (owner) => createSampleWorkspace({ staff, documents, files, runs, routines, templates, given: library.given, now, log, onArrival: following.onArrival }, owner),
    claimScope,
    async stop(ms) {
      /** What does not come to an end while the store fails is left as a crash would leave it. */
      const within = (share: number, work: Promise<unknown>) => Promise.race([work.catch((error: unknown) => log.warn({ err: error }, 'not done before the stop')), new Promise((resolve) => setTimeout(resolve, share))])
      for (const timer of timers) clearInterval(timer)
      await embedded.stop()
      await within(ms / 8, theCoo.stop().then(() => runs.handBack(embeddedWorkerName)))
      await within(ms / 8, routines.stop())
      await texts.close()
      await search.close()
      sockets.close()
      await within(ms / 4, runs.published().then(() => approvals.settled()))
      await within(ms / 4, library.verdicts.settled().then(() => inbox.stop()))
      const unstored = await sync.stop(ms / 2)
      await within(ms / 4, activity.settled())
      if (unstored > 0) log.error({ edits: unstored }, 'stopped with edits that could not be stored; those of people are kept on their devices')
      updates.close()
      await Promise.all([chores.close(), opening.close()])
      await store.close()
      return unstored === 0
    },
  }
}
