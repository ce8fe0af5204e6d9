import { rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { isMainThread } from 'node:worker_threads'
import { probeAddress, type Stalls } from './stalls.ts'

// Loaded into a server before its own code: how long its event loop stood still. A timer looks every millisecond; what is late
// beyond that is a stall, whatever the cause: the server's own work, a write that waits for the disk, the garbage collector, or
// a machine that gave the processor to somebody else.

const intervalMs = 1

function watch() {
  let stalls: Stalls = { longest: 0, processor: 0, over10: 0 }
  let watching = false
  let last = { at: 0, processor: 0 }
  function now() {
    const { user, system } = process.threadCpuUsage()
    return { at: performance.now(), processor: user + system }
  }
  function look() {
    if (!watching) return
    const here = now()
    const late = here.at - last.at - intervalMs
    if (late > 10) stalls.over10 += 1
    if (late > stalls.longest) stalls = { ...stalls, longest: late, processor: (here.processor - last.processor) / 1000 }
    last = here
    setTimeout(look, intervalMs).unref()
  }
  const server = createServer((socket) => socket.on('error', () => {}).once('data', (word) => {
    const begins = String(word) === 'begin'
    if (begins) {
      stalls = { longest: 0, processor: 0, over10: 0 }
      last = now()
      if (!watching) setTimeout(look, intervalMs).unref()
    }
    watching = begins
    socket.end(JSON.stringify(stalls))
  }))
  const address = probeAddress(process.pid)
  rmSync(address, { force: true })
  server.listen(address).unref()
  process.once('exit', () => rmSync(address, { force: true }))
}

// A server's threads, and what it starts, get the same options; nobody asks them.
if (isMainThread) watch()
