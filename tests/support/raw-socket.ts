import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import WebSocket from 'ws'

// The Hocuspocus protocol by hand, for what no client would send.

export const kinds = { sync: 0, awareness: 1, auth: 2, queryAwareness: 3, stateless: 5, broadcastStateless: 6, close: 7, saved: 8 } as const
export const steps = { askForState: 0, stateAnswer: 1, update: 2 } as const

export type Message = {
  document: string
  kind: number
  /** Of a close or a refusal to let in. */
  reason?: string
  /** Of `saved`: whether the update was. */
  saved?: boolean
  /** Of a sync message. */
  step?: number
  update?: Uint8Array
}

export function readMessage(data: Uint8Array): Message {
  const decoder = decoding.createDecoder(data)
  const document = decoding.readVarString(decoder)
  const kind = decoding.readVarUint(decoder)
  switch (kind) {
    case kinds.close: return { document, kind, reason: decoding.readVarString(decoder) }
    case kinds.saved: return { document, kind, saved: decoding.readVarUint(decoder) === 1 }
    case kinds.auth: return { document, kind, reason: decoding.readVarUint(decoder) === 1 ? decoding.readVarString(decoder) : 'authenticated' }
    case kinds.sync: return { document, kind, step: decoding.readVarUint(decoder), update: decoding.readVarUint8Array(decoder) }
    default: return { document, kind }
  }
}

export type RawSocket = Awaited<ReturnType<typeof openRaw>>

/** A socket that speaks the protocol to the letter, or not at all. Rejects with the HTTP status where it is not let in. */
export async function openRaw(url: string, { cookie, origin, headers = {} }: { cookie?: string; origin?: string; headers?: Record<string, string> } = {}) {
  const socket = new WebSocket(url, { headers: { ...headers, ...cookie ? { cookie } : {}, ...origin ? { origin } : {} } })
  const messages: Message[] = []
  let closed: { code: number; reason: string } | null = null
  let tell = () => {}
  await new Promise<void>((resolve, reject) => {
    socket.once('open', () => resolve())
    socket.once('unexpected-response', (_, response) => reject(new Error(`HTTP ${response.statusCode}`)))
    socket.once('error', reject)
  })
  socket.on('error', () => {})
  socket.on('message', (data: Buffer) => {
    if (data.byteLength > 1) messages.push(readMessage(data))
    tell()
  })
  socket.on('close', (code, reason) => {
    closed = { code, reason: reason.toString() }
    tell()
  })

  const send = (document: string, kind: number, write: (encoder: encoding.Encoder) => void = () => {}) => {
    const encoder = encoding.createEncoder()
    encoding.writeVarString(encoder, document)
    encoding.writeVarUint(encoder, kind)
    write(encoder)
    socket.send(encoding.toUint8Array(encoder))
  }
  const sync = (step: number) => (document: string, payload: Uint8Array) => send(document, kinds.sync, (encoder) => {
    encoding.writeVarUint(encoder, step)
    encoding.writeVarUint8Array(encoder, payload)
  })

  /** The first message that fits, of those that came and those to come; `null` when the socket closes before. */
  async function next(what: string, fits: (message: Message) => boolean, ms = 5_000): Promise<Message | null> {
    const until = Date.now() + ms
    for (;;) {
      const at = messages.findIndex(fits)
      if (at >= 0) return messages.splice(at, 1)[0]!
      if (closed) return null
      const left = until - Date.now()
      if (left <= 0) throw new Error(`No ${what} within ${ms} ms; there were ${JSON.stringify(messages.map(({ kind, reason }) => [kind, reason]))}`)
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, left)
        tell = () => { clearTimeout(timer); resolve() }
      })
    }
  }

  return {
    socket,
    messages,
    send,
    sendBytes: (bytes: Uint8Array) => socket.send(bytes),
    update: sync(steps.update),
    stateAnswer: sync(steps.stateAnswer),
    askForState: (document: string, stateVector: Uint8Array = Uint8Array.of(0)) => sync(steps.askForState)(document, stateVector),
    awareness: (document: string, bytes: Uint8Array) => send(document, kinds.awareness, (encoder) => encoding.writeVarUint8Array(encoder, bytes)),
    next,
    closed: () => closed,
    /** `authenticated`, or why not. */
    async join(document: string, token: string): Promise<string> {
      send(document, kinds.auth, (encoder) => {
        encoding.writeVarUint(encoder, 0)
        encoding.writeVarString(encoder, token)
      })
      return (await next('answer to a token', (message) => message.kind === kinds.auth && message.document === document))?.reason ?? 'closed'
    },
    /** What becomes of the update that was sent last: `saved`, `not saved`, or the reason of the close. */
    async outcome(document: string): Promise<string> {
      const answer = await next('outcome', (message) => message.document === document && (message.kind === kinds.saved || message.kind === kinds.close))
      if (!answer) return `socket closed: ${closed?.code}`
      return answer.kind === kinds.close ? answer.reason! : answer.saved ? 'saved' : 'not saved'
    },
    async ended(ms = 5_000) {
      await next('close of the socket', () => false, ms)
      return closed!
    },
    end: () => socket.terminate(),
  }
}
