/** SQLite's primary result codes that tell of the file, the disk or another process, and not of what was asked. */
const passing = new Set([
  5, // busy
  6, // locked
  7, // out of memory
  8, // read-only
  10, // disk I/O error
  11, // damaged
  13, // disk full
  14, // cannot be opened
  15, // locking protocol
  26, // not a database
])
const busy = 5
/** A transaction read before another one wrote: it has to begin anew, waiting does not help. */
const stale = 517

/** Why the database must not be written now, though SQLite would do it. */
export class StoreGone extends Error {}

/** The result code of an error of node:sqlite, `-1` for any other error. */
const codeOf = (error: unknown): number => {
  const { code, errcode } = error as { code?: unknown; errcode?: unknown }
  return error instanceof Error && code === 'ERR_SQLITE_ERROR' && typeof errcode === 'number' ? errcode : -1
}
const primary = (code: number) => (code < 0 ? code : code & 0xff)

/** What failed may succeed later, once the disk or the file is well again. */
export const mayPass = (error: unknown) => error instanceof StoreGone || passing.has(primary(codeOf(error)))

/** Another connection writes at the moment. */
export const isBusy = (error: unknown) => primary(codeOf(error)) === busy && codeOf(error) !== stale
