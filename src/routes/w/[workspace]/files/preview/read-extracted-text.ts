import type { FileId } from '#lib/board/ids.ts'

export type TextPart = { kind: 'text' | 'table'; title: string | null; body: string }
export type Extracted = { state: 'ready'; parts: TextPart[]; notes: string[] } | { state: 'failed'; message: string } | { state: 'none' }

type Answer = {
  status: 'pending' | 'ready' | 'failed' | 'none'
  reason: string
  text: { notes: string[]; parts: { kind: 'text' | 'table'; title: string | null; page?: number | null; markdown?: string; csv?: string }[] } | null
}

/** The text that the server read out of a file; waits while it still reads. */
export async function readExtractedText(id: FileId, version: number, signal: AbortSignal): Promise<Extracted> {
  try {
    const response = await fetch(`/api/v1/files/${id}/text?version=${version}&wait=30`, { signal })
    if (!response.ok) return { state: 'failed', message: response.status === 404 ? 'This file is gone.' : 'The server could not give the text. Try again in a moment.' }
    const { status, reason, text } = await response.json() as Answer
    if (status === 'pending') return { state: 'failed', message: 'The server is still reading it. Open the file again in a moment.' }
    if (status === 'failed') return { state: 'failed', message: reason }
    if (status === 'none' || !text) return { state: 'none' }
    const parts = text.parts.map(({ kind, title, page, markdown, csv }) => ({ kind, title: title ?? (page ? `Page ${page}` : null), body: (kind === 'text' ? markdown : csv) ?? '' }))
    return { state: 'ready', notes: text.notes, parts: parts.filter(({ body }) => body !== '') }
  } catch {
    return { state: 'failed', message: 'The server cannot be reached. Open the file again when you are online.' }
  }
}
