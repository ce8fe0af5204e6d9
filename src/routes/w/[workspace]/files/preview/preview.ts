import type { WorkFile } from '#lib/board/files.ts'

/** What every preview gets: the file at the version to be shown, and those that lie beside it, which its text may name. */
export type PreviewProps = { file: WorkFile; files: readonly WorkFile[] }
