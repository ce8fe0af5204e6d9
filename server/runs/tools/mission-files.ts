import { isId, type FileId } from '#lib/board/ids.ts'
import type { RunContext } from '../engine.ts'
import type { Api, FileFacts } from '../worker/api.ts'

/** The files that a run may name: those on its mission, and by id any other of the workspace. */
export type MissionFiles = {
  /** By id, or by the name of a file on the mission; the newest version. */
  find(named: string, signal: AbortSignal): Promise<FileFacts | null>
  read(file: FileFacts, signal: AbortSignal): Promise<Uint8Array>
  /** What this run has left itself. */
  made(name: string, id: FileId): void
}

export function missionFiles(api: Pick<Api, 'file' | 'content'>, { attachments, artifacts }: Pick<RunContext, 'attachments' | 'artifacts'>): MissionFiles {
  const ids = new Map<string, FileId>([...attachments, ...artifacts].map(({ name, id }) => [name, id]))
  return {
    async find(named, signal) {
      const plain = named.replace(/^missions:\/\/\w+\//, '')
      const id = ids.get(named) ?? ids.get(safelyDecoded(named)) ?? (isId(plain) ? plain as FileId : null)
      return id && await api.file(id, signal)
    },
    read: async ({ id, version }, signal) => new Uint8Array(await (await api.content(id, version, signal)).arrayBuffer()),
    made: (name, id) => void ids.set(name, id),
  }
}

function safelyDecoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
