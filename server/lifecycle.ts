import { parseDocumentName } from '#lib/sync/document-names.ts'
import type { WorkspaceId } from '#lib/board/ids.ts'
import type { Approvals } from './reviews/approvals.ts'
import { embeddedWorkerName, type EmbeddedWorker } from './runs/embedded-worker.ts'
import type { StartNext } from './runs/start-next.ts'
import type { Services } from './services.ts'
import type { Database, Store } from './store/database.ts'
import type { StoreThread } from './store/store-thread.ts'
import { followRecentEdits } from './sync/recent-edits.ts'
import type { AutomaticVersions } from './versions/automatic-versions.ts'
import { watchAccess } from './watch-access.ts'

const tidyFilesMs = 60 * 60 * 1000
const lookForPausesMs = 5_000
const lookMs = 1_000

type Parts = Pick<Services, 'config' | 'log' | 'activity' | 'coo' | 'inbox' | 'library' | 'routines' | 'runs' | 'search' | 'sockets' | 'sync' | 'texts'> & {
  store: Store
  behind: Database
  updates: { close(): void }
  chores: StoreThread
  opening: StoreThread
  approvals: Approvals
  automaticVersions: AutomaticVersions
  embedded: EmbeddedWorker
  next: StartNext
  refreshDirectory: (workspaceId: WorkspaceId) => Promise<void>
  tidyFiles: () => Promise<void>
}

/** Takes up what the last stop, or a crash, left undone, does what comes again and again, and answers with how all of it ends. */
export async function takeUpWork(parts: Parts): Promise<Services['stop']> {
  const { config, log, store, behind, updates, chores, opening, approvals, automaticVersions, embedded, next, refreshDirectory, tidyFiles } = parts
  const { activity, coo, inbox, library, routines, runs, search, sockets, sync, texts } = parts
  const failed = (message: string) => (error: unknown) => log.error({ err: error }, message)

  async function accessChanged() {
    for (const name of sync.hocuspocus.documents.keys()) {
      const document = parseDocumentName(name)
      if (document?.kind === 'board') await refreshDirectory(document.id)
    }
    await sync.recheck()
    await runs.followStaff()
  }

  const timers = [
    setInterval(automaticVersions.look, lookForPausesMs),
    setInterval(() => void tidyFiles(), tidyFilesMs),
    setInterval(() => void runs.sweep().catch(failed('sweep failed')), lookMs),
    setInterval(() => void routines.look(), lookMs),
    setInterval(() => void activity.lookForOthers().catch(failed('activity of other processes not read')), lookMs),
    watchAccess(store.sqlite, accessChanged, log),
  ]

  void tidyFiles()
  void texts.resume().catch(failed('texts not resumed'))
  await runs.releaseOf(embeddedWorkerName)
  void followRecentEdits({ db: behind, log, readSnapshot: chores.readSnapshot, workspaceOf: sync.workspaceOf, followers: [...runs.missed, routines.missed, next.missed] })
    .catch(failed('what was edited just before the start is not followed'))
  void runs.publishLatest()
  void inbox.follow.catchUp()
  void library.verdicts.catchUp().catch(failed('verdicts not caught up'))
  void coo.conversation.catchUp()
  void routines.followMissedFiles()
  void routines.look()
  if (config.worker === 'embedded' && await runs.hasQueued()) setImmediate(() => embedded.wake())

  return async (ms) => {
    /** What does not come to an end while the store fails is left as a crash would leave it. */
    const within = (share: number, work: Promise<unknown>) => Promise.race([work.catch((error: unknown) => log.warn({ err: error }, 'not done before the stop')), new Promise((resolve) => setTimeout(resolve, share))])
    for (const timer of timers) clearInterval(timer)
    await embedded.stop()
    await within(ms / 8, coo.stop().then(() => runs.handBack(embeddedWorkerName)))
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
  }
}
