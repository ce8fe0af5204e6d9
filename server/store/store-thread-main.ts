import { DatabaseSync } from 'node:sqlite'
import { parentPort, workerData } from 'node:worker_threads'
import { replay } from './replay.ts'
import { sqliteUpdateLog } from './sqlite-update-log.ts'
import type { Chore, ChoreDone } from './store-thread.ts'

const { file } = workerData as { file: string }
const sqlite = new DatabaseSync(file, { timeout: 5_000 })
const log = sqliteUpdateLog(sqlite)

async function work(chore: Chore): Promise<void> {
  if (chore.kind === 'checkpoint') {
    sqlite.exec('pragma wal_checkpoint(passive)')
    return
  }
  const stored = await log.load(chore.doc)
  if (stored) await log.compact(chore.doc, stored.lastSeq, replay(stored), chore.at)
}

parentPort?.on('message', (chore: Chore) => {
  work(chore).then(
    () => ({ error: null }),
    (error: unknown) => ({ error: error instanceof Error ? error.message : String(error) }),
  ).then((done: ChoreDone) => parentPort?.postMessage(done))
})
