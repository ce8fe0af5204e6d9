import type { FileId, MissionId, RunId } from '#lib/board/ids.ts'
import type { Verdict } from '#lib/board/mission-document.ts'
import type { EntryKind } from '#lib/board/run-document.ts'
import type { FileText } from '../files/extract/file-text.ts'

/** A file a person put on the mission. `size` is in bytes, `hash` is SHA-256 in hex; `stream` may be asked for more than once. */
export type Attachment = {
  id: FileId
  name: string
  type: string
  size: number
  version: number
  hash: string
  read(): Promise<Uint8Array>
  stream(): Promise<ReadableStream<Uint8Array>>
  /**
   * What the server read in it, for kinds that an engine does not read itself; `null` where there is no text to be read, such as
   * in a picture. The reason continues a sentence that begins with the file's name.
   */
  text?(): Promise<{ ok: true; text: FileText } | { ok: false; reason: string } | null>
}

/** A passage that a review points at, and what it stands in: `“digest.md”, version 2`. */
export type Quoted = { text: string; where: string }

/** Everything a run may know. Times are epoch milliseconds; descriptions, briefs, docs and comments are Markdown. */
export type RunContext = {
  runId: RunId
  startedAt: number
  staff: { name: string; role: string; instructions: string }
  mission: { id: MissionId; title: string; description: string }
  /** `docs` in the order of the tree, each before those under it. */
  project: { name: string; brief: string; docs: readonly { title: string; text: string }[] } | null
  comments: { author: string; body: string; createdAt: number }[]
  /** What earlier runs were told. The newest note that asked for changes is this run's input. */
  reviews: { author: string; verdict: Verdict; note: string; quotes: Quoted[]; createdAt: number }[]
  /** What was said when this run was started; may be empty. */
  note: string
  attachments: Attachment[]
  earlier: { summary: string; endedAt: number }[]
}

export interface RunOutput {
  log(kind: EntryKind, text: string): Promise<void>
  /** Appended to the draft that people watch; called with a few words at a time. */
  draft(text: string): Promise<void>
  artifact(file: { name: string; type: string; bytes: Uint8Array }): Promise<void>
}

/** `summary` is one to three plain sentences, for the card and the review. */
export type RunResult = { summary: string }

/** What drives a run. An aborted run rejects with the signal's reason. */
export interface Engine {
  readonly name: string
  run(context: RunContext, output: RunOutput, signal: AbortSignal): Promise<RunResult>
}
