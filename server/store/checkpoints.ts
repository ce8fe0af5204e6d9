import type { Log } from '../log.ts'
import type { StoreThread } from './store-thread.ts'

/** Roughly what an update costs the write-ahead log beside its bytes, and after how much of it a checkpoint is due. */
const pageBytes = 4096
const dueAfterBytes = 4 * 1024 * 1024

/** Has the write-ahead log copied into the database by a thread, so that no commit is held up by it; takes what each commit wrote. */
export function createCheckpoints(thread: StoreThread, log: Log) {
  let written = 0
  return ({ updates, bytes }: { updates: number; bytes: number }) => {
    written += updates * pageBytes + bytes
    if (written < dueAfterBytes) return
    written = 0
    thread.do({ kind: 'checkpoint' }).catch((error: unknown) => log.warn({ err: error }, 'checkpoint failed'))
  }
}
