import { promisify } from 'node:util'
import { deflateRaw } from 'node:zlib'
import { NoText } from './extract/file-text.ts'
import { readFileText } from './extract/read-file-text.ts'

/** What the server asks of this process, one at a time, and what it is told. `content` is JSON, deflated. */
export type TextRequest = { path: string; name: string; type: string }
export type TextReply = { ok: true; content: Uint8Array } | { ok: false; reason: string } | { ok: false; failure: string }

const deflate = promisify(deflateRaw)

// The server is gone, or has had enough of us.
process.once('disconnect', () => process.exit(0))

process.on('message', ({ path, name, type }: TextRequest) => {
  readFileText(path, name, type).then(
    async (text): Promise<TextReply> => ({ ok: true, content: await deflate(JSON.stringify(text), { level: 6 }) }),
  ).catch((error: unknown): TextReply => error instanceof NoText
    ? { ok: false, reason: error.message }
    : { ok: false, failure: error instanceof Error ? error.stack ?? error.message : String(error) },
  ).then((reply) => process.send?.(reply))
})
