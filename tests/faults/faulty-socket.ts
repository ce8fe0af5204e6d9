import WebSocket from 'ws'
import { isAcknowledgement, isClose, isLoose, isRepeatable, readEnvelope } from './envelope.ts'
import { Lane } from './lane.ts'
import { networkOf, type Network } from './network.ts'

type Load =
  | { bytes: Uint8Array; copy: { epoch: number; address: string } | null }
  | { closed: { code: number; reason: string } }

const abnormal = { code: 1006, reason: '' }

/**
 * A WebSocket with a network in between that drops, repeats, delays and reorders messages, lets them vanish, and tells one side, both or
 * nobody when a connection is gone. It forges no acknowledgement: the one that a repeated message brings more is kept back.
 */
export class FaultySocket extends EventTarget {
  static readonly CONNECTING = 0
  static readonly OPEN = 1
  static readonly CLOSING = 2
  static readonly CLOSED = 3
  readyState = FaultySocket.CONNECTING
  binaryType = 'arraybuffer'
  /** Something was dropped on it. */
  lossy = false
  #url: string
  #network: Network
  #real: WebSocket | null = null
  /** What the client does is heard no more by the server, and the other way round. */
  #parted = false
  #toServer = new Lane<Load>((load) => this.#reachServer(load))
  #toClient = new Lane<Load>((load) => this.#reachClient(load))
  /** Acknowledgements, by address, that a repeated message will bring more. */
  #extra = new Map<string, number>()
  /** How often the server has closed a document here; a copy made before such a close is of no use after it. */
  #epochs = new Map<string, number>()

  constructor(url: string) {
    super()
    this.#url = url
    this.#network = networkOf(url)
    this.#network.sockets.add(this)
    if (this.#network.hole) this.shut()
    else this.#connect()
  }

  send(data: Uint8Array) {
    if (this.readyState !== FaultySocket.OPEN) return
    // The sender may use its buffer again.
    this.#travel(new Uint8Array(data), this.#toServer, 'server')
  }

  close(code = 1000, reason = '') {
    if (this.readyState >= FaultySocket.CLOSING) return
    this.readyState = FaultySocket.CLOSING
    this.#toServer.push({ closed: { code, reason } }, { address: '', due: 0, loose: false, barrier: true })
  }

  shut() {
    this.#toServer.shut()
    this.#toClient.shut()
  }

  open() {
    if (this.#parted) return this.reset()
    if (!this.#real && this.readyState < FaultySocket.CLOSED) this.#connect()
    this.#toServer.open()
    this.#toClient.open()
  }

  /** Both sides learn that the connection is gone; what was on its way is lost. */
  reset() {
    this.#toServer.clear()
    this.#toClient.clear()
    this.#network.sockets.delete(this)
    this.#real?.terminate()
    this.#closed(abnormal)
  }

  halfOpen(unaware: 'server' | 'client') {
    this.#parted = true
    this.shut()
    this.#toServer.clear()
    this.#toClient.clear()
    if (unaware === 'client') this.#real?.terminate()
    else this.#closed(abnormal)
  }

  #connect() {
    const real = this.#real = new WebSocket(this.#url)
    real.on('error', () => {})
    real.on('open', () => {
      if (this.readyState !== FaultySocket.CONNECTING) return
      this.readyState = FaultySocket.OPEN
      this.dispatchEvent(new Event('open'))
    })
    real.on('message', (data: Buffer) => {
      if (!this.#parted) this.#heardFromServer(new Uint8Array(data))
    })
    real.on('close', (code, reason) => {
      if (!this.#parted) this.#toClient.push({ closed: { code, reason: reason.toString() } }, { address: '', due: 0, loose: false, barrier: true })
    })
  }

  #heardFromServer(bytes: Uint8Array) {
    const envelope = readEnvelope(bytes)
    const { address } = envelope
    const extra = this.#extra.get(address) ?? 0
    if (isClose(envelope)) {
      this.#epochs.set(address, (this.#epochs.get(address) ?? 0) + 1)
      // Whether the copy is answered under the next letting in is open: only a new connection begins a count that is sure.
      if (extra > 0) return this.reset()
    }
    if (isAcknowledgement(envelope) && extra > 0) {
      this.#network.note(address, `← ${envelope.kind} kept back`)
      this.#extra.set(address, extra - 1)
      return
    }
    this.#travel(bytes, this.#toClient, 'client')
  }

  #travel(bytes: Uint8Array, lane: Lane<Load>, to: 'server' | 'client') {
    const envelope = readEnvelope(bytes)
    const { address } = envelope
    const loose = isLoose(envelope)
    const { dropped, twice, delayMs, overtaken } = this.#network.fate({ loose, repeatable: isRepeatable(envelope, to) })
    const label = `${to === 'server' ? '→' : '←'} ${envelope.kind}${envelope.step === null ? '' : `.${envelope.step}`}`
    this.#network.note(address, `${label} ${bytes.byteLength} B${dropped ? ' dropped' : ''}${twice ? ' twice' : ''}${delayMs > 0 ? ` +${delayMs} ms` : ''}${overtaken ? ' overtaken' : ''}`)
    if (dropped) {
      this.lossy = true
      return
    }
    const way = { address, due: delayMs === 0 ? 0 : Date.now() + delayMs, loose: overtaken, barrier: !loose }
    lane.push({ bytes, copy: null }, way)
    if (twice) lane.push({ bytes, copy: { epoch: this.#epochs.get(address) ?? 0, address } }, { ...way, loose })
  }

  #reachServer(load: Load) {
    if ('closed' in load) {
      const { code, reason } = load.closed
      if (this.#real?.readyState === WebSocket.CONNECTING) this.#real.terminate()
      else if (this.#real) this.#real.close(code, reason)
      else this.#closed(abnormal)
      return
    }
    const { bytes, copy } = load
    if (this.#real?.readyState !== WebSocket.OPEN) return
    if (copy) {
      if (copy.epoch !== (this.#epochs.get(copy.address) ?? 0)) return
      if (readEnvelope(bytes).step !== null) this.#extra.set(copy.address, (this.#extra.get(copy.address) ?? 0) + 1)
    }
    if (copy) this.#network.note(copy.address, '→ the copy')
    this.#real.send(bytes)
  }

  #reachClient(load: Load) {
    if ('closed' in load) {
      this.#network.sockets.delete(this)
      this.#closed(load.closed)
    } else if (this.readyState < FaultySocket.CLOSED) {
      this.dispatchEvent(new MessageEvent('message', { data: new Uint8Array(load.bytes).buffer }))
    }
  }

  #closed({ code, reason }: { code: number; reason: string }) {
    if (this.readyState === FaultySocket.CLOSED) return
    this.#network.note('', `closed ${code} ${reason}`)
    const failed = this.readyState === FaultySocket.CONNECTING
    this.readyState = FaultySocket.CLOSED
    if (failed) this.dispatchEvent(new Event('error'))
    this.dispatchEvent(Object.assign(new Event('close'), { code, reason }))
  }
}

/** Our own client takes the WebSocket that the platform has: from here on this one. */
export function useFaultySockets() {
  Object.assign(globalThis, { WebSocket: FaultySocket })
}
