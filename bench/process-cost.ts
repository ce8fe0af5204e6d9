import { readFileSync, readdirSync } from 'node:fs'

// What the kernel says of a process; Linux alone tells it this way, and NaN stands for what it does not tell.

/** Processor time that a process used so far, over all its threads, in ms. */
export function processorTime(pid: number): number {
  try {
    return readdirSync(`/proc/${pid}/task`)
      .map((task) => Number(readFileSync(`/proc/${pid}/task/${task}/schedstat`, 'utf8').split(' ')[0]) / 1e6)
      .reduce((sum, time) => sum + time, 0)
  } catch {
    return NaN
  }
}

/** A process and all it started, by id. */
export function processTree(pid: number): number[] {
  const children = readdirSync('/proc').filter((name) => /^\d+$/.test(name)).flatMap((name) => {
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8')
      const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])
      return [{ pid: Number(name), parent }]
    } catch {
      return []
    }
  })
  const tree = [pid]
  for (const member of tree) tree.push(...children.filter(({ parent }) => parent === member).map((child) => child.pid))
  return tree
}

/** Memory in MB: `rss` counts shared pages in full, `pss` by their share. */
export function memory(pid: number): { rss: number; pss: number } {
  try {
    const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8')
    const megabytes = (field: string) => Number(new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(rollup)?.[1]) / 1024
    return { rss: megabytes('Rss'), pss: megabytes('Pss') }
  } catch {
    return { rss: NaN, pss: NaN }
  }
}

/** Resident memory in MB, read in a few microseconds. */
export function resident(pid: number): number {
  try {
    return Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024
  } catch {
    return NaN
  }
}

/** The most memory that a process had resident while `work` went on, in MB, looked at every 50 ms; and what it had before. */
export async function peakDuring<T>(pid: number, work: () => Promise<T>): Promise<{ before: number; peak: number; result: T }> {
  const before = resident(pid)
  let peak = before
  const timer = setInterval(() => { peak = Math.max(peak, resident(pid) || 0) }, 50)
  try {
    const result = await work()
    return { before, peak, result }
  } finally {
    clearInterval(timer)
  }
}

/** Bytes that a process caused to be written so far: `disk` to storage, as pages of the cache that it dirtied; `calls` all that it gave to write calls, sockets included. */
export function written(pid: number): { disk: number; calls: number } {
  try {
    const io = readFileSync(`/proc/${pid}/io`, 'utf8')
    const bytes = (field: string) => Number(new RegExp(`^${field}: (\\d+)$`, 'm').exec(io)?.[1])
    return { disk: bytes('write_bytes'), calls: bytes('wchar') }
  } catch {
    return { disk: NaN, calls: NaN }
  }
}
