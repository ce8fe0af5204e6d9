import { execFileSync, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

// What makes a store fail, from outside the server.

/** Begins; resolves with what repairs it, which may be called again. */
export type Fault = (target: { pid: number; database: string }) => Promise<() => Promise<void>>

/** Another process holds the database; whoever wants to write waits, and gives up. */
const locked: Fault = async ({ database }) => {
  const holder = fork(fileURLToPath(new URL('./hold-lock.ts', import.meta.url)), [database], { stdio: ['ignore', 'pipe', 'inherit', 'ipc'] })
  await Promise.race([
    once(holder.stdout!, 'data'),
    once(holder, 'exit').then(() => { throw new Error('The database could not be locked') }),
  ])
  return async () => {
    if (holder.signalCode !== null) return
    const exit = once(holder, 'exit')
    holder.kill('SIGKILL')
    await exit
  }
}

/** No file that the server writes may grow: to its store the disk is full. A limit of one byte lets nothing in. */
const full: Fault = async ({ pid }) => {
  execFileSync('prlimit', ['--pid', String(pid), '--fsize=1:unlimited'])
  return async () => {
    try {
      execFileSync('prlimit', ['--pid', String(pid), '--fsize=unlimited:unlimited'], { stdio: 'ignore' })
    } catch {
      // The server is gone, and its limit with it.
    }
  }
}

export const faults = { locked, full }
