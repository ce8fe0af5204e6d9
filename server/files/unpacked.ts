import { Readable } from 'node:stream'
import { createInflateRaw } from 'node:zlib'
import { afterBytes } from './young-garbage.ts'

/** A stored text as its JSON, piece by piece. */
export async function* unpacked(content: Uint8Array): AsyncGenerator<Uint8Array> {
  const tidy = afterBytes()
  for await (const piece of Readable.from([content]).pipe(createInflateRaw())) {
    yield piece as Uint8Array
    tidy((piece as Uint8Array).byteLength)
  }
}
