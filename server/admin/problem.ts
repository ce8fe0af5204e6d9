/** `subject` is what is wrong, by name; `repair` what would put it right. */
export type Problem = { check: 'database' | 'document' | 'file' | 'projection' | 'facts' | 'version'; subject: string; message: string; repair: string }

export const fromBackup = 'Restore a backup into an empty folder and start from there.'
export const byRebuild = 'Run "npm run admin -- rebuild".'

export const isSqliteError = (error: unknown): error is Error =>
  error instanceof Error && (error as NodeJS.ErrnoException).code === 'ERR_SQLITE_ERROR'
