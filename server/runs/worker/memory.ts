import type { DocId } from '#lib/board/ids.ts'
import { plainText } from '../../files/extract/file-text.ts'
import type { MemoryPiece } from '../engine.ts'
import type { MemoryPiece as Told } from '../protocol.ts'
import type { Api } from './api.ts'
import type { Source } from './manifest.ts'

type Remembered = { piece: MemoryPiece; source: Source }
type Reading = { api: Pick<Api, 'text'>; signal: AbortSignal; readDoc: (id: DocId) => Promise<{ text: string; version: string }> }

/** How a piece is called: no two things that a run reads have one name. */
const labelOf = ({ name, where, kind }: Told) => (kind === 'result' || !where ? name : `${name} of “${where}”`)

/** Earlier work as an engine reads it, and as the manifest names it. Docs are read now, files when an engine asks for them: in the version that is named. */
export async function assembleMemory(pieces: readonly Told[], { api, signal, readDoc }: Reading): Promise<Remembered[]> {
  return await Promise.all(pieces.map(async (told): Promise<Remembered> => {
    const { name, where, reason, given } = told
    const shared = { label: labelOf(told), name, where, reason, given }
    const named = { name: shared.label, cut: false, source: told.source, reason }
    if (told.kind === 'result') {
      return {
        piece: { ...shared, kind: 'result', file: null, text: async () => ({ ok: true, text: told.text }) },
        source: { ...named, kind: 'result', version: told.version, size: Buffer.byteLength(told.text) },
      }
    }
    if (told.kind === 'doc') {
      const { text, version } = await readDoc(told.id)
      const kind = where ? 'doc' : 'note'
      return { piece: { ...shared, kind, file: null, text: async () => ({ ok: true, text }) }, source: { ...named, kind, version, size: Buffer.byteLength(text) } }
    }
    const { id, kind, type, size, version, hash } = told.file
    return {
      piece: {
        ...shared, kind, file: { id, type, size, version },
        async text() {
          const read = await api.text(id, version, signal)
          if (!read) return { ok: false, reason: 'has no text to be read' }
          return read.ok ? { ok: true, text: plainText(read.text) } : read
        },
      },
      source: { ...named, kind, version: hash, size, fileVersion: version },
    }
  }))
}
