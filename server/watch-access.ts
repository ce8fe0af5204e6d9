import type { DatabaseSync } from 'node:sqlite'
import type { Log } from './log.ts'

/** Who is removed by a command beside the server is out within a second. */
const watchAccessMs = 200

/** Calls back when who may do what, or who is called what, was changed, by whatever process: triggers count it. */
export function watchAccess(sqlite: DatabaseSync, onChange: () => Promise<void>, log: Log) {
  const statement = sqlite.prepare('select revision from access_revision')
  const revision = () => Number(statement.get()?.revision)
  let last = revision()
  return setInterval(() => {
    try {
      const next = revision()
      if (next === last) return
      last = next
    } catch (error) {
      log.error({ err: error }, 'changes of access not read')
      return
    }
    onChange().catch((error: unknown) => log.error({ err: error }, 'changes of access not followed'))
  }, watchAccessMs)
}
