import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export type Stalls = {
  /** ms */
  longest: number
  /** Processor time that the server's thread used within the longest, in ms; the rest of it, it waited. */
  processor: number
  over10: number
}

/** The value of NODE_OPTIONS that makes a server tell of its stalls. */
export const tellsOfStalls = `--import=${new URL('./probe.ts', import.meta.url).href}`
/** Where the server with this pid tells. */
export const probeAddress = (pid: number) => join(tmpdir(), `missions-probe-${pid}.sock`)

async function ask(pid: number, word: 'begin' | 'end'): Promise<Stalls> {
  const socket = connect(probeAddress(pid))
  socket.write(word)
  return JSON.parse(await text(socket)) as Stalls
}

/** How long the event loop of a server with the probe stood still while `work` went on. */
export async function stallsDuring(pid: number, work: () => Promise<void>): Promise<Stalls> {
  await ask(pid, 'begin')
  await work()
  return ask(pid, 'end')
}
