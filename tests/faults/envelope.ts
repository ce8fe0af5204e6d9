import * as decoding from 'lib0/decoding'
import { kinds, steps } from '../support/raw-socket.ts'

/** What a network can tell of a message without understanding it. */
export type Envelope = {
  /** The document's name with the session of its provider; empty for what belongs to no document. */
  address: string
  kind: number
  step: number | null
}

export function readEnvelope(bytes: Uint8Array): Envelope {
  // A ping of the connection is a single byte without a name.
  if (bytes.byteLength === 1) return { address: '', kind: -1, step: null }
  const decoder = decoding.createDecoder(bytes)
  const address = decoding.readVarString(decoder)
  const kind = decoding.readVarUint(decoder)
  return { address, kind, step: kind === kinds.sync || kind === syncReply ? decoding.readVarUint(decoder) : null }
}

const syncReply = 4

/**
 * What may be overtaken. The exchange of states, letting in and closing keep their place: acknowledgements are counted, and a count
 * that begins anew must not meet those of an earlier one, as it never does over TCP.
 */
export const isLoose = ({ kind, step }: Envelope) =>
  step === steps.update || kind === kinds.awareness || kind === kinds.saved || kind === kinds.stateless

/** What the other side takes twice as if it came once, but for the acknowledgement that it gives twice. */
export const isRepeatable = ({ kind, step }: Envelope, to: 'server' | 'client') =>
  kind === kinds.awareness || step === steps.update || step === steps.stateAnswer || (to === 'server' && step === steps.askForState)

export const isAcknowledgement = ({ kind }: Envelope) => kind === kinds.saved
export const isClose = ({ kind }: Envelope) => kind === kinds.close
