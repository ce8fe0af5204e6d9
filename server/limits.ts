import { maxMessageBytes } from '#lib/board/limits.ts'

/** Every limit on what clients may take of the server: its name in messages and metrics, what it is, and what it is unless told otherwise. */
export const limitTable = {
  update_bytes: { standard: maxMessageBytes, least: 1024, what: 'the longest edit that is taken at once, in bytes' },
  document_bytes: { standard: 64 * 1024 * 1024, least: 64 * 1024, what: 'the largest document, as it is stored, in bytes' },
  updates_per_second: { standard: 400, least: 1, what: 'messages a second that are read of a connection for long; ten times as many at once' },
  unread_bytes: { standard: 8 * 1024 * 1024, least: 64 * 1024, what: 'what may wait for a connection that does not read, in bytes; then it is dropped and comes back' },
  unhandled_bytes: { standard: 16 * 1024 * 1024, least: 64 * 1024, what: 'what a connection may send ahead of what is handled, in bytes; then it is read no further until that is' },
  unsaved_bytes: { standard: 64 * 1024 * 1024, least: 1024 * 1024, what: 'what may wait in memory for a disk that fails, in bytes' },
  documents_per_connection: { standard: 500, least: 2, what: 'documents open over one connection' },
  connections_per_workspace: { standard: 1_000, least: 1, what: 'connections of a workspace' },
  connections_per_address: { standard: 200, least: 1, what: 'connections from one network address' },
  file_bytes: { standard: 1024 ** 3, least: 1024, what: 'the largest file, in bytes' },
  workspace_files_bytes: { standard: 20 * 1024 ** 3, least: 1024 * 1024, what: 'the files of a workspace, all their versions together, in bytes' },
  unfinished_uploads: { standard: 500, least: 1, what: 'uploads of a workspace that are not finished' },
  sign_in_failures_per_email: { standard: 10, least: 1, what: 'failed sign-ins for one e-mail address in 15 minutes' },
  sign_in_failures_per_address: { standard: 50, least: 1, what: 'failed sign-ins from one network address in 15 minutes' },
} as const

export type LimitName = keyof typeof limitTable
export type Limits = Readonly<Record<LimitName, number>>

export const limitNames = Object.keys(limitTable) as LimitName[]
export const standardLimits: Limits = Object.fromEntries(limitNames.map((name) => [name, limitTable[name].standard])) as Record<LimitName, number>

/** The environment variable that sets a limit. */
export const settingOf = (name: LimitName) => `LIMIT_${name.toUpperCase()}`
