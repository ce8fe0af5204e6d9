import { fork, type ChildProcess } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { setPriority } from 'node:os'
import { fileURLToPath } from 'node:url'
import type { TextReply, TextRequest } from './text-child.ts'

export type TextProcess = {
  /** Reads one file at a time. Whatever the file does to its reader comes back as a reason or a failure. */
  read(request: TextRequest): Promise<TextReply>
  close(): Promise<void>
}

/** What a file may take: time, the memory of JavaScript and, where the system tells it, of the whole process. */
type TextBounds = { ms: number; heapMb: number; residentMb: number; idleMs: number }
export const textBounds: TextBounds = { ms: 60_000, heapMb: 320, residentMb: 512, idleMs: 10_000 }

const watchMs = 50
const pageBytes = 4096

const tooLong: TextReply = { ok: false, reason: 'takes longer to read than any file may' }
const tooMuch: TextReply = { ok: false, reason: 'needs more memory to be read than any file may' }

/**
 * A process beside the server for reading files that may be hostile: it can be ended at once whatever it is at, its memory is
 * bounded, and it may read but not write, start or call anything. It starts with the first file and ends when there is none for a while.
 */
export function textProcess({ ms, heapMb, residentMb, idleMs }: TextBounds = textBounds): TextProcess {
  let child: ChildProcess | null = null
  let idle: NodeJS.Timeout | undefined

  function start(): ChildProcess {
    const started = fork(fileURLToPath(new URL('text-child.ts', import.meta.url)), {
      execArgv: [`--max-old-space-size=${heapMb}`, '--max-semi-space-size=8', '--permission', '--allow-fs-read=*', '--disable-warning=SecurityWarning'],
      serialization: 'advanced',
      // The libraries that run there print; nobody reads it. Of the settings, which hold secrets, it needs none.
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      env: { NODE_ENV: 'production' },
    })
    started.on('error', () => {})
    // Everybody's edits come first.
    if (started.pid !== undefined) try { setPriority(started.pid, 10) } catch { /* Not allowed here: it runs as it is. */ }
    return started
  }

  function end() {
    clearTimeout(idle)
    child?.kill('SIGKILL')
    child = null
  }

  return {
    read: (request) => new Promise((resolve) => {
      clearTimeout(idle)
      const running = (child ??= start())
      const settle = (reply: TextReply, spent: boolean) => {
        clearTimeout(timer)
        clearInterval(watch)
        running.off('message', answered)
        running.off('exit', ended)
        if (spent) {
          running.kill('SIGKILL')
          if (child === running) child = null
        } else {
          idle = setTimeout(end, idleMs)
          idle.unref()
        }
        resolve(reply)
      }
      const answered = (reply: unknown) => settle(reply as TextReply, false)
      // V8 ends a process that needs more than it may have.
      const ended = (code: number | null, signal: string | null) => settle(signal === 'SIGABRT' || code === 134 ? tooMuch : { ok: false, failure: `the reader ended (${signal ?? code})` }, true)
      const timer = setTimeout(() => settle(tooLong, true), ms)
      const watch = setInterval(() => {
        // Only Linux tells it so cheaply; elsewhere the bound of the heap holds.
        readFile(`/proc/${running.pid}/statm`, 'utf8').then((text) => {
          if (Number(text.split(' ')[1]) * pageBytes > residentMb * 1024 * 1024) settle(tooMuch, true)
        }, () => {})
      }, watchMs)
      running.on('message', answered)
      running.once('exit', ended)
      running.send(request, (error) => {
        if (error) settle({ ok: false, failure: error.message }, true)
      })
    }),
    async close() {
      end()
    },
  }
}
