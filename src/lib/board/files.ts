import * as Y from 'yjs'
import { instant } from './board-document.ts'
import { isId, type ActorId, type ChatId, type FileId, type MissionId, type ProjectId, type RunId } from './ids.ts'

/** Files stand in the `files` map of their owner's document: of a mission, of a project's brief, or of a chat. The server alone writes it. */
export const filesOf = (doc: Y.Doc) => doc.getMap<unknown>('files')

/** Whose a file is: a mission's, a project's (pictures in its docs, files put on its page), or a chat's. */
export type FileOwner = { kind: 'mission'; id: MissionId } | { kind: 'project'; id: ProjectId } | { kind: 'chat'; id: ChatId }

/** One content that a file had. Versions count from 1; none is ever overwritten. */
export type FileVersion = {
  version: number
  /** Media type as the server found it in the bytes, not as the sender named it. */
  type: string
  /** Bytes. */
  size: number
  /** SHA-256 of the content, hex. */
  hash: string
  by: ActorId
  createdAt: number
  /** The run that produced it. */
  runId: RunId | null
}

export type TextState = 'pending' | 'ready' | 'failed'

/** A file with its newest version. */
export type WorkFile = FileVersion & {
  id: FileId
  kind: 'attachment' | 'artifact'
  name: string
  /** How far the reading of its text is; `null` for kinds that hold none, such as pictures. */
  text: TextState | null
  /** Why it could not be read, as a whole sentence; empty while nothing is wrong. */
  textReason: string
  /** Oldest first; the last one is the newest. Of very many only the newest stand here. */
  versions: readonly FileVersion[]
}

const textStates: readonly TextState[] = ['pending', 'ready', 'failed']
const text = (value: unknown) => (typeof value === 'string' ? value : '')
const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)

const readVersion = (value: Record<string, unknown>): FileVersion => ({
  version: typeof value.version === 'number' ? value.version : 1,
  type: text(value.type),
  size: typeof value.size === 'number' ? value.size : 0,
  hash: text(value.hash),
  by: text(value.by) as ActorId,
  createdAt: instant(value.createdAt) ?? 0,
  runId: isId(value.runId) ? value.runId as RunId : null,
})

/** A file's entry; what is missing or malformed in it reads as nothing. */
export function readFile(id: FileId, value: Record<string, unknown>): WorkFile {
  const newest = readVersion(value)
  // Files of before there were versions tell of their only one.
  const versions = Array.isArray(value.versions) ? value.versions.filter(isRecord).map(readVersion).sort((a, b) => a.version - b.version) : []
  return {
    ...newest,
    id,
    kind: value.kind === 'artifact' ? 'artifact' : 'attachment',
    name: text(value.name),
    text: textStates.find((state) => state === value.text) ?? null,
    textReason: text(value.textReason),
    versions: versions.length > 0 ? versions : [newest],
  }
}

const firstAt = ({ versions }: WorkFile) => versions[0]?.createdAt ?? 0

/** In the order in which they first came. */
export function readFiles(doc: Y.Doc): WorkFile[] {
  const files: WorkFile[] = []
  for (const [id, value] of filesOf(doc).entries()) {
    const fields: unknown = value instanceof Y.Map ? value.toJSON() : value
    if (isRecord(fields)) files.push(readFile(id as FileId, fields))
  }
  return files.sort((a, b) => firstAt(a) - firstAt(b) || (a.id < b.id ? -1 : 1))
}

/** The file as a version of it was; `null` where it never had that one. */
export function atVersion(file: WorkFile, version: number): WorkFile | null {
  const found = file.versions.find((each) => each.version === version)
  return found ? { ...file, ...found } : null
}

/** What a run produced, as the run left it: what a later run made of the same file does not change it. */
export function filesOfRun(files: readonly WorkFile[], runId: RunId): WorkFile[] {
  return files.flatMap((file) => {
    const own = file.kind === 'artifact' && file.versions.findLast((version) => version.runId === runId)
    return own ? [{ ...file, ...own }] : []
  })
}
