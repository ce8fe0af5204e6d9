import { appendDraft, appendEntries, draftOf, readEntries, type LogEntry } from '#lib/board/run-document.ts'
import { limits } from '#lib/board/limits.ts'
import type { Connection } from '#lib/sync/connection.ts'
import { runDocument } from '#lib/sync/document-names.ts'
import type { RunOutput } from '../engine.ts'
import type { Claim } from '../protocol.ts'
import type { Api } from './api.ts'
import { untilAborted } from '../until-aborted.ts'

/** Entries and words of the draft that come within this time travel together, unless they are so many, or so long in characters. */
const gatherMs = 25
const [mostGathered, longestGathered] = [250, 400_000]
/** Whoever logs faster than the server takes it waits, after so much. */
const mostAhead = 4

/** Writes the run's document as the engine goes: its log, entry by entry, and its draft. */
export async function writeRecord(connection: Connection, api: Api, claim: Claim, signal: AbortSignal) {
  const document = connection.open(runDocument(claim.runId))
  await untilAborted(document.whenReady(), signal)
  const { doc } = document

  // The one writer numbers the entries; an attempt goes on where the one before it stopped.
  let seq = Math.max(-1, ...readEntries(doc).map((entry) => entry.seq)) + 1
  let entries: LogEntry[] = []
  let words = ''
  let characters = 0
  let ahead = 0
  let timer: NodeJS.Timeout | undefined

  const flush = () => {
    clearTimeout(timer)
    timer = undefined
    characters = 0
    if (signal.aborted) return
    doc.transact(() => {
      if (entries.length > 0) appendEntries(doc, entries)
      if (words) appendDraft(doc, words)
    })
    entries = []
    words = ''
  }
  /** Sends what there is soon, or now where that is much already. */
  async function gathered(length: number) {
    characters += length
    if (entries.length < mostGathered && characters < longestGathered) {
      timer ??= setTimeout(flush, gatherMs)
      return
    }
    flush()
    ahead += 1
    if (ahead < mostAhead) return
    ahead = 0
    await untilAborted(document.whenAcknowledged(), signal)
  }

  // One that goes on where it was says so itself, and keeps its draft.
  if (claim.attempt > 1 && !claim.resume?.checkpoint) {
    doc.transact(() => draftOf(doc).delete(0, draftOf(doc).length))
    entries.push({ seq: seq++, at: Date.now(), kind: 'warning', text: `Attempt ${claim.attempt}: the worker before was lost, so this starts again.` })
  }

  const output: RunOutput = {
    async log(kind, text, data) {
      signal.throwIfAborted()
      const behind = data ? JSON.stringify(data).length : 0
      entries.push({ seq: seq++, at: Date.now(), kind, text: text.slice(0, limits.logEntry), ...data && behind <= limits.entryData && { data } })
      await gathered(text.length + behind)
    },
    async draft(text) {
      signal.throwIfAborted()
      words += text
      await gathered(text.length)
    },
    async redraft(length) {
      signal.throwIfAborted()
      flush()
      const draft = draftOf(doc)
      if (draft.length > length) draft.delete(length, draft.length - length)
    },
    artifact: (file) => api.artifact(claim.runId, file, signal),
  }
  return {
    output,
    /** Resolves when the server has all of the record. */
    async settled() {
      flush()
      await untilAborted(document.whenAcknowledged(), signal)
    },
  }
}
