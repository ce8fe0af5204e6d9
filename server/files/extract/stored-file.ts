/** A file as the extraction sees it. `size` is in bytes; `type` is what the sender or the server called it and is not trusted. */
export type StoredFile = {
  name: string
  type: string
  size: number
  read(): Promise<Uint8Array>
  stream(): Promise<ReadableStream<Uint8Array>>
}

/** The promise's value, or the signal's reason as soon as it is aborted: a slow disk must not hold up a cancel. */
export function orAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason)
    if (signal.aborted) return abort()
    signal.addEventListener('abort', abort, { once: true })
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort))
  })
}

const pieceSize = 64 * 1024

/** The bytes from the start, in pieces of at most 64 KiB. Leaving the loop early closes the stream. Throws the signal's reason. */
export async function* piecesOf(file: StoredFile, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  const reader = (await orAborted(file.stream(), signal)).getReader()
  try {
    for (;;) {
      const { done, value } = await orAborted(reader.read(), signal)
      if (done) return
      for (let from = 0; from < value.length; from += pieceSize) yield value.subarray(from, from + pieceSize)
    }
  } finally {
    reader.cancel().catch(() => {})
  }
}

/** At most the first `limit` bytes, and whether there were more. */
export async function startOf(file: StoredFile, limit: number, signal: AbortSignal): Promise<{ bytes: Uint8Array; cut: boolean }> {
  const pieces: Uint8Array[] = []
  let length = 0
  for await (const piece of piecesOf(file, signal)) {
    pieces.push(piece)
    length += piece.length
    if (length > limit) break
  }
  const all = Buffer.concat(pieces)
  return { bytes: all.subarray(0, limit), cut: length > limit }
}
