import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { newId } from '../new-id.ts'

/** `head`: the first bytes, enough to tell the type. */
export type StoredBlob = { hash: string; size: number; head: Uint8Array }

export class TooLarge extends Error {}

const headBytes = 8 * 1024

/** Contents by their SHA-256, each stored once: `files/<first two digits>/<hash>`. */
export type Blobs = {
  /** Streams to disk and returns when the content is there for good. A broken stream leaves nothing. Throws TooLarge. */
  put(content: ReadableStream<Uint8Array>, longest: number): Promise<StoredBlob>
  read(hash: string): Promise<{ size: number; stream: ReadableStream<Uint8Array> } | null>
}

export async function diskBlobs(folder: string): Promise<Blobs> {
  const incoming = join(folder, 'incoming')
  await mkdir(incoming, { recursive: true })
  // What an earlier process left half-written.
  for (const name of await readdir(incoming)) await rm(join(incoming, name), { force: true })
  const path = (hash: string) => join(folder, hash.slice(0, 2), hash)

  return {
    async put(content, longest) {
      const temporary = join(incoming, newId())
      const digest = createHash('sha256')
      const head: Uint8Array[] = []
      let size = 0
      const file = await open(temporary, 'wx')
      try {
        for await (const chunk of content) {
          if (size < headBytes) head.push(chunk.slice(0, headBytes - size))
          size += chunk.byteLength
          if (size > longest) throw new TooLarge()
          digest.update(chunk)
          await file.writeFile(chunk)
        }
        await file.sync()
        await file.close()
        const hash = digest.digest('hex')
        await mkdir(join(folder, hash.slice(0, 2)), { recursive: true })
        await rename(temporary, path(hash))
        return { hash, size, head: Buffer.concat(head) }
      } catch (error) {
        await file.close().catch(() => {})
        await rm(temporary, { force: true })
        throw error
      }
    },
    async read(hash) {
      const found = await stat(path(hash)).catch(() => null)
      return found && { size: found.size, stream: Readable.toWeb(createReadStream(path(hash))) as ReadableStream<Uint8Array> }
    },
  }
}
