import { setPriority } from 'node:os'

/**
 * Called in a thread of the server: what it does waits while the server's own thread, which carries everybody's edits, has something
 * to do. Linux has a priority for each thread; elsewhere it would be that of the whole process.
 */
export function runBehindOthers() {
  if (process.platform !== 'linux') return
  try {
    setPriority(0, 5)
  } catch { /* Not allowed here: it runs as it is. */ }
}
