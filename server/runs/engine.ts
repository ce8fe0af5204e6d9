import type { ActorId, FileId, MissionId, RunId } from '#lib/board/ids.ts'
import type { Verdict } from '#lib/board/mission-document.ts'
import type { EntryKind } from '#lib/board/run-document.ts'
import type { Ask, EntryData, RunCode } from '#lib/board/run-record.ts'
import type { FileText } from '../files/extract/file-text.ts'
import type { AskRequest, ServerTools, ToolAnswer, UsageAnswer, UsageReport } from './protocol.ts'

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

/**
 * Earlier work that the run is given. `reason` continues “it was”: `given to this mission by Mia`. `where`: the mission or project that it is of, '' for none. `label`:
 * how it is called, so that nothing else on the mission is called so. `text`: what it says; the reason why not continues a sentence that begins with its name.
 */
export type MemoryPiece = {
  kind: 'artifact' | 'attachment' | 'doc' | 'note' | 'result'
  label: string; name: string; where: string; reason: string; given: boolean
  file: { id: FileId; type: string; size: number; version: number } | null
  text(): Promise<{ ok: true; text: string } | { ok: false; reason: string }>
}

/** A file that a run made. */
export type Artifact = { id: FileId; name: string; type: string; size: number; version: number; createdAt: number }

/** Everything a run may know. Times are epoch milliseconds; descriptions, briefs, docs and comments are Markdown. */
export type RunContext = {
  runId: RunId
  startedAt: number
  staff: { name: string; role: string; instructions: string }
  mission: { id: MissionId; title: string; description: string }
  /** `docs` in the order of the tree, each before those under it. */
  project: { name: string; brief: string; docs: readonly { title: string; text: string }[] } | null
  comments: { author: string; body: string; createdAt: number }[]
  /** The comment that woke the staff member, which is among `comments` too. */
  wokenBy: { author: string; body: string; createdAt: number } | null
  /** Who handed the mission over, and with which words. */
  handedOver: { from: string; note: string } | null
  /** What earlier runs were told. The newest note that asked for changes is this run's input. */
  reviews: { author: string; verdict: Verdict; note: string; quotes: Quoted[]; createdAt: number }[]
  /** What was said when this run was started; may be empty. */
  note: string
  attachments: Attachment[]
  earlier: { summary: string; endedAt: number }[]
  /** Earlier work of other missions, what people gave first. */
  memory: readonly MemoryPiece[]
  /** What earlier runs of the mission left on it. */
  artifacts: Artifact[]
  /** The other staff of the workspace. */
  colleagues: { id: ActorId; name: string; role: string }[]
}

export interface RunOutput {
  log(kind: EntryKind, text: string, data?: EntryData): Promise<void>
  /** Appended to the draft that people watch; called with a few words at a time. */
  draft(text: string): Promise<void>
  /** Takes back what was drafted beyond the first `length` characters. */
  redraft(length: number): Promise<void>
  /**
   * Resolves with the file as the mission has it now. Rejects with NoRoom where it cannot be kept. `call`: which call of the
   * run makes it: one that was made already, by a worker that was lost before it could say so, is not made again.
   */
  artifact(file: { name: string; type: string; bytes: Uint8Array; call?: string }): Promise<{ id: FileId; version: number }>
}

/** What a run made cannot be stored: the disk is full, or the workspace's room is taken. */
export class NoRoom extends Error {}

/** What the holder of a run asks of the server. All reject with LeaseOver once the run is somebody else's, or over. */
export interface Lease {
  usage(report: UsageReport): Promise<UsageAnswer>
  checkpoint(text: string): Promise<void>
  ask(request: AskRequest): Promise<Ask>
  /** Asked again with the same `key`, nothing is done twice. */
  carryOut<Name extends keyof ServerTools>(tool: Name, args: ServerTools[Name], key: string): Promise<ToolAnswer>
}

/** `summary` is one to three plain sentences, for the card and the review. */
export type RunResult = { summary: string }

/** How an engine came to its end. `waits`: people were asked, and the run goes on when they have answered. */
export type RunEnd = RunResult | { code: RunCode; reason: string } | { waits: true }

/** A part of what the run may know, as its manifest names it; all of its kind where the name is empty. */
export type Part = { kind: 'brief' | 'doc' | 'comments' | 'reviews' | 'attachment' | 'earlier run' | 'mission' | 'artifact' | 'note' | 'result'; name: string }

/**
 * How what a run may know was fitted into the room that there is for it. `cuts`: what was shortened or left out. `takes`: what each part takes,
 * and `tokens` all of them, of `room`; tokens are estimated.
 */
export type Fitted = { cuts: readonly Part[]; takes: readonly (Part & { tokens: number })[]; tokens: number; room: number }

/** What drives a run. An aborted run rejects with the signal's reason. */
export interface Engine {
  readonly name: string
  /** Says before the run how it will read what it may know; an engine without it reads everything, and so does one that answers `null`: it goes on. */
  fit?(context: RunContext, output: RunOutput, signal: AbortSignal): Promise<Fitted | null>
  run(context: RunContext, output: RunOutput, signal: AbortSignal): Promise<RunEnd>
}
