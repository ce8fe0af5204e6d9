import { readFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import type { Figure } from '../figures.ts'
import { memory as memoryOf, processTree } from '../process-cost.ts'
import type { SampleBoard } from './sample-board.ts'

/** Everything that `npm start` keeps running, npm itself included, while somebody has the board open. */
export async function memory(sample: SampleBoard, tell: (line: string) => void): Promise<Figure[]> {
  const page = await sample.open(0)
  await pause(5_000)
  const processes = processTree(sample.pid).map((pid) => ({ name: commandOf(pid), ...memoryOf(pid) }))
  await page.context().close()
  const sum = (kind: 'rss' | 'pss') => processes.reduce((total, each) => total + (each[kind] || 0), 0)
  const shown = processes.map(({ name, pss }) => `${name} ${pss.toFixed(0)} MB`).join(', ')
  tell(shown)
  return [
    { name: 'memory of all processes with a board open, shared pages by share', unit: 'MB', measured: sum('pss'), atMost: 200, note: shown },
    { name: 'memory of all processes with a board open, resident', unit: 'MB', measured: sum('rss') },
  ]
}

const commandOf = (pid: number) => {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').filter(Boolean).slice(0, 2).join(' ').replaceAll(/\S*\//g, '')
  } catch {
    return String(pid)
  }
}
