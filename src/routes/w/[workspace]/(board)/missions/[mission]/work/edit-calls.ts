import type { RunId } from '#lib/board/ids.ts'
import type { RunEdit } from '#lib/staff/answers.ts'
import { callApi } from '#lib/workspace/call-api.ts'

/** Takes back one change of a run, or all that still stand. What people wrote meanwhile stays. */
export const undoEdits = (run: RunId, n?: number) => callApi<{ edits: RunEdit[] }>('POST', `runs/${run}/undo`, { body: n === undefined ? {} : { n } })
