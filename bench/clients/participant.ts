import * as decoding from 'lib0/decoding'
import * as Y from 'yjs'
import { kinds, openRaw, steps } from '../../tests/support/raw-socket.ts'

// A client that speaks the protocol by hand. A provider tells when everything is acknowledged; here each update knows its own
// acknowledgement: a server answers a connection's updates in their order. What comes in is decoded on demand alone, so that
// the clients do not use up the machine that is to be measured.

export type Participant = Awaited<ReturnType<typeof participate>>

export type Heard = {
  /** Somebody else's update arrived. */
  onUpdate?: (update: Uint8Array) => void
  onClose?: (reason: string) => void
}

/** Servers end a socket on which nothing comes for a minute. */
const keepAliveMs = 20_000
const emptyUpdate = Uint8Array.of(0, 0)

/** Joins a document, with everything that is in it. `document` is one that the client had before. */
export async function participate(
  { wsUrl, name, token, document = new Y.Doc() }: { wsUrl: string; name: string; token: string; document?: Y.Doc },
  heard: Heard = {},
) {
  const raw = await openRaw(wsUrl)
  const answer = await raw.join(name, token)
  if (answer !== 'authenticated') throw new Error(`${name} did not let a client in: ${answer}`)
  raw.askForState(name, Y.encodeStateVector(document))
  const state = await raw.next('state', ({ kind, step }) => kind === kinds.sync && step === steps.stateAnswer, 30_000)
  // What was broadcast since comes after it, or before as a part of it.
  Y.applyUpdate(document, state?.update ?? emptyUpdate)
  raw.stateAnswer(name, emptyUpdate)
  await raw.next('answer to an empty state', ({ kind }) => kind === kinds.saved)

  const waiting: { at: number; acknowledged: (ms: number | null) => void }[] = []
  const giveUp = (reason: string) => {
    for (const { acknowledged } of waiting.splice(0)) acknowledged(null)
    heard.onClose?.(reason)
  }
  function read(data: Uint8Array) {
    if (data.byteLength <= 1) return
    const decoder = decoding.createDecoder(data)
    const nameBytes = decoding.readVarUint(decoder)
    decoder.pos += nameBytes
    switch (decoding.readVarUint(decoder)) {
      case kinds.saved: {
        const saved = decoding.readVarUint(decoder) === 1
        const first = waiting.shift()
        first?.acknowledged(saved ? performance.now() - first.at : null)
        break
      }
      case kinds.sync:
        if (decoding.readVarUint(decoder) === steps.update) heard.onUpdate?.(decoding.readVarUint8Array(decoder))
        break
      case kinds.close: giveUp(decoding.readVarString(decoder))
    }
  }
  const early = raw.messages.splice(0)
  raw.socket.removeAllListeners('message')
  raw.socket.on('message', read)
  for (const { kind, step, update } of early) if (kind === kinds.sync && step === steps.update && update) heard.onUpdate?.(update)
  raw.socket.once('close', (code) => giveUp(`socket closed: ${code}`))
  const keepAlive = setInterval(() => raw.send(name, kinds.queryAwareness), keepAliveMs)

  return {
    document,
    socket: raw.socket,
    /** How many updates are not acknowledged yet. */
    waiting: () => waiting.length,
    /** Sends what `work` changes; resolves with the ms until it is acknowledged, or `null` when it is not saved. */
    write(work: (document: Y.Doc) => void): Promise<number | null> {
      return new Promise((resolve) => {
        const at = performance.now()
        let update: Uint8Array | null = null
        document.once('update', (made: Uint8Array) => { update = made })
        document.transact(() => work(document))
        if (!update) throw new Error('Nothing was changed')
        waiting.push({ at, acknowledged: resolve })
        raw.update(name, update)
      })
    },
    end() {
      clearInterval(keepAlive)
      raw.end()
    },
  }
}

/** Whose update this is, and the clock it begins at; `null` for one of several people, or of several edits. */
export function authorOf(update: Uint8Array): { client: number; clock: number } | null {
  const decoder = decoding.createDecoder(update)
  const people = decoding.readVarUint(decoder)
  const structs = decoding.readVarUint(decoder)
  return people === 1 && structs === 1 ? { client: decoding.readVarUint(decoder), clock: decoding.readVarUint(decoder) } : null
}
