import type { FileId, WorkspaceId } from '#lib/board/ids.ts'
import { beginningOfText } from '../files/extract/beginning-of-text.ts'
import type { Files } from '../files/files.ts'
import type { Texts } from '../files/texts.ts'

/** The words of a file that somebody put into a chat; `problem` where none could be read, as the end of a sentence that begins with its name. */
export type FileWords = { name: string } & ({ text: string } | { problem: string })

/** A file that was sent a moment ago is being read. */
const waitMs = 20_000
/** Of all files of one message together, in characters. */
const longest = 100_000

export function createFileWords({ find, read: readText }: Pick<Files, 'find'> & Pick<Texts, 'read'>) {
  async function one(workspaceId: WorkspaceId, id: FileId): Promise<FileWords | null> {
    const file = await find(id)
    if (!file || file.workspaceId !== workspaceId) return null
    const { name } = file
    const found = await readText(file.hash, waitMs)
    if (!found) return { name, problem: 'holds no words that can be read' }
    if (found.status === 'pending') return { name, problem: 'is still being read' }
    if (!found.text) return { name, problem: found.reason || 'could not be read' }
    return { name, text: (await beginningOfText(found.text, longest)).trim() }
  }

  return async (workspaceId: WorkspaceId, ids: readonly FileId[]): Promise<FileWords[]> => {
    const read: FileWords[] = []
    let room = longest
    for (const id of ids) {
      const words = await one(workspaceId, id)
      if (!words) continue
      if ('problem' in words) read.push(words)
      else if (room <= 0) read.push({ name: words.name, problem: 'was left out, since those before it are long' })
      else {
        read.push({ name: words.name, text: words.text.slice(0, room) })
        room -= words.text.length
      }
    }
    return read
  }
}
