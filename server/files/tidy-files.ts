import type { Log } from '../log.ts'
import { restorableMs, type Collector } from './collect.ts'
import type { Uploads } from './uploads.ts'

/** Removes what nobody wants any more: uploads that were given up, files that can be restored no longer, contents without a name. */
export const createTidyFiles = ({ uploads, collector, now, log }: { uploads: Uploads; collector: Collector; now: () => number; log: Log }) => async () => {
  try {
    await uploads.sweep()
    const gone = await collector.deletedBefore(now() - restorableMs)
    const unnamed = await collector.unnamed()
    if (gone.files + unnamed.contents > 0) log.info({ gone, unnamed }, 'files tidied')
  } catch (error) {
    log.error({ err: error }, 'files not tidied')
  }
}
