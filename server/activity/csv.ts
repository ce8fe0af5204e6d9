import type { Entry } from '#lib/activity/entry.ts'
import { plainly, told } from '#lib/activity/words.ts'
import type { WorkspaceId } from '#lib/board/ids.ts'
import type { Filter, Read } from './read-activity.ts'

const rowsAtOnce = 500

const columns = ['Time', 'Until', 'Actor', 'Actor kind', 'What', 'Kind', 'Subject', 'Subject kind', 'Subject id', 'Mission id', 'Project id', 'Run id', 'Count', 'Entry'] as const

/** Excel takes a file for UTF-8 by its first three bytes. */
const byteOrderMark = '\ufeff'

/**
 * One cell. A spreadsheet takes what begins with = + - @, a tab or a line's end for a formula; an apostrophe before it makes it words.
 */
export function cell(value: string | number | null): string {
  if (value === null) return ''
  if (typeof value === 'number') return String(value)
  const harmless = /^[\s\u0000]*[=+\-@\uff1d\uff0b\uff0d\uff20]|^[\t\r\n]/.test(value) ? `'${value}` : value
  return /[",;\r\n\t]/.test(harmless) || harmless !== value ? `"${harmless.replaceAll('"', '""')}"` : harmless
}

const line = (cells: readonly (string | number | null)[]) => `${cells.map(cell).join(',')}\r\n`
const time = (at: number) => new Date(at).toISOString()

const rowOf = (entry: Entry) => line([
  time(entry.at), time(entry.until), entry.actor.name, entry.actor.kind, plainly(told(entry)), entry.kind,
  entry.subject.name, entry.subject.kind, entry.subject.id, entry.missionId, entry.projectId, entry.runId, entry.count, entry.id,
])

/** Entries as CSV after RFC 4180, newest first, a few hundred at a time and only as fast as they are read. */
export function activityCsv(read: Pick<Read, 'page'>, workspaceId: WorkspaceId, filter: Filter): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  let before: number | null = null
  return new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(encoder.encode(byteOrderMark + line(columns))),
    async pull(controller) {
      const { entries, next } = await read.page(workspaceId, filter, { before, limit: rowsAtOnce })
      if (entries.length > 0) controller.enqueue(encoder.encode(entries.map(rowOf).join('')))
      if (next === null) return controller.close()
      before = next
    },
  })
}
