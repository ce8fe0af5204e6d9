import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, open, readdir, rename, rm, stat, type FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { turns } from '../in-turn.ts'
import { newId } from '../new-id.ts'
import { afterBytes } from './young-garbage.ts'

/** `head`: the first bytes, enough to tell the type. */
type StoredBlob = { hash: string; size: number; head: Uint8Array }
/** A content that is on disk whole, but not in its place yet. */
export type Received = StoredBlob & { path: string }
/** Bytes `start` to `end`, both included. */
export type Range = { start: number; end: number }

export class TooLarge extends Error {}

const headBytes = 8 * 1024

/** Contents by their SHA-256, each stored once: `files/<first two digits>/<hash>`. */
export type Blobs = {
  /** Streams to disk and returns when the content is there for good. A broken stream leaves nothing. Throws TooLarge. */
  receive(content: AsyncIterable<Uint8Array>, longest: number): Promise<Received>
  /** What lies at a path of this disk. */
  measure(path: string): Promise<Received>
  /**
   * Puts what was received in its place, and names it: in one turn, so that nobody takes the content for unwanted in between.
   * Where `name` throws, it may be.
   */
  keep<T>(received: Received, name: () => Promise<T>): Promise<T>
  discard(received: Received): Promise<void>
  /** Receives and keeps. */
  put(content: ReadableStream<Uint8Array>, longest: number): Promise<StoredBlob>
  read(hash: string, range?: Range): Promise<{ size: number; stream: ReadableStream<Uint8Array> } | null>
  /** Where a content lies, for those who read it from disk themselves. */
  path(hash: string): string
  /** Removes a content that nobody wants, and returns its size; `null` where it stays or is gone already. */
  drop(hash: string, isWanted: () => Promise<boolean>): Promise<number | null>
  /** Every content that lies here untouched since `before`, in epoch milliseconds. */
  stored(before: number): AsyncIterable<string>
}

export async function diskBlobs(folder: string): Promise<Blobs> {
  const incoming = join(folder, 'incoming')
  await mkdir(incoming, { recursive: true })
  // What an earlier process left half-written.
  for (const name of await readdir(incoming)) await rm(join(incoming, name), { force: true })
  const path = (hash: string) => join(folder, hash.slice(0, 2), hash)
  const inTurn = turns()

  /** Writes the whole piece: a file takes what it can at a time. */
  async function writeAll(file: FileHandle, piece: Uint8Array) {
    for (let at = 0; at < piece.byteLength;) at += (await file.write(piece, at, piece.byteLength - at)).bytesWritten
  }

  async function receive(content: AsyncIterable<Uint8Array>, longest: number): Promise<Received> {
    const temporary = join(incoming, newId())
    const reading = reader(longest)
    const file = await open(temporary, 'wx')
    try {
      const tidy = afterBytes()
      for await (const chunk of content) {
        reading.take(chunk)
        await writeAll(file, chunk)
        tidy(chunk.byteLength)
      }
      await file.sync()
      await file.close()
      return { ...reading.finish(), path: temporary }
    } catch (error) {
      await file.close().catch(() => {})
      await rm(temporary, { force: true })
      throw error
    }
  }

  const keep = <T>(received: Received, name: () => Promise<T>): Promise<T> =>
    inTurn(received.hash, async () => {
      await mkdir(join(folder, received.hash.slice(0, 2)), { recursive: true })
      await rename(received.path, path(received.hash))
      return name()
    })

  return {
    receive,
    async measure(path) {
      const reading = reader(Infinity)
      const file = await open(path)
      try {
        const buffer = Buffer.allocUnsafe(256 * 1024)
        for (;;) {
          const { bytesRead } = await file.read(buffer, 0, buffer.byteLength)
          if (bytesRead === 0) return { ...reading.finish(), path }
          reading.take(buffer.subarray(0, bytesRead))
        }
      } finally {
        await file.close()
      }
    },
    keep,
    discard: (received) => rm(received.path, { force: true }),
    async put(content, longest) {
      const received = await receive(content, longest)
      return keep(received, async () => ({ hash: received.hash, size: received.size, head: received.head }))
    },
    async read(hash, range) {
      const found = await stat(path(hash)).catch(() => null)
      return found && { size: found.size, stream: Readable.toWeb(createReadStream(path(hash), range ?? {})) as ReadableStream<Uint8Array> }
    },
    path,
    drop: (hash, isWanted) => inTurn(hash, async () => {
      const found = await stat(path(hash)).catch(() => null)
      if (!found || await isWanted()) return null
      await rm(path(hash), { force: true })
      return found.size
    }),
    async *stored(before) {
      for (const shelf of await readdir(folder)) {
        if (!/^[0-9a-f]{2}$/.test(shelf)) continue
        for (const hash of await readdir(join(folder, shelf))) {
          const found = /^[0-9a-f]{64}$/.test(hash) ? await stat(path(hash)).catch(() => null) : null
          if (found && found.ctimeMs < before) yield hash
        }
      }
    },
  }
}

function reader(longest: number) {
  const digest = createHash('sha256')
  const head: Uint8Array[] = []
  let size = 0
  return {
    take(chunk: Uint8Array) {
      if (size < headBytes) head.push(Uint8Array.from(chunk.subarray(0, headBytes - size)))
      size += chunk.byteLength
      if (size > longest) throw new TooLarge()
      digest.update(chunk)
    },
    finish: (): StoredBlob => ({ hash: digest.digest('hex'), size, head: Buffer.concat(head) }),
  }
}
