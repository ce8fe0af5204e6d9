import { execFile, execFileSync } from 'node:child_process'
import { statSync } from 'node:fs'
import { promisify } from 'node:util'
import { databaseFile, openStore } from '../../server/store/database.ts'
import { harbour } from '../support/harbour.ts'
import type { Ledger } from './ledger.ts'
import { lostFrom } from './ledger.ts'

const execute = promisify(execFile)

/** Whether a disk can be made to seem full here. */
export const canFillDisk = (() => {
  try {
    execFileSync('prlimit', ['--version'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
})()

export type UnreliableServer = Awaited<ReturnType<typeof unreliableServer>>

/** A server that is killed, stopped and short of disk; one thing at a time, whoever of several schedules asks for it. */
export async function unreliableServer() {
  const here = await harbour({ env: { WORKER: 'off', LOG_LEVEL: 'error' } })
  const { server } = here
  const store = await openStore(server.dataDir, 'process')
  const counts = { kills: 0, stops: 0, fullDisks: 0 }
  const troubles: string[] = []
  const ledgers = new Map<object, readonly Ledger[]>()
  const lost: { of: object; what: string }[] = []
  let turn: Promise<void> = Promise.resolve()
  let filled: Promise<void> = Promise.resolve()
  let full = false

  const limit = (bytes: number | 'unlimited') => execute('prlimit', ['--pid', String(server.pid), `--fsize=${bytes}:`])

  /** While no server runs, nobody can bring back what it lost. */
  function audit(when: string) {
    for (const [of, ledgersOf] of ledgers) {
      for (const edit of lostFrom(store.sqlite, ledgersOf)) lost.push({ of, what: `${JSON.stringify(edit)} is missing after ${when}` })
    }
  }

  let asked = 0
  function inTurn(work: () => Promise<void>) {
    asked++
    return turn = turn.then(work).finally(() => { asked-- })
  }

  return {
    here, server, store, counts, lost,
    /** What the server did that it must not. */
    troubles,
    watch: (of: object, its: readonly Ledger[]) => { ledgers.set(of, its) },
    forget: (of: object) => { ledgers.delete(of) },
    kill: () => inTurn(async () => {
      await server.kill()
      counts.kills++
      audit(`kill ${counts.kills}`)
      full = false
      await server.restart()
    }),
    stop: () => inTurn(async () => {
      const [wasFull, fullDisks] = [full, counts.fullDisks]
      const code = await server.stop()
      counts.stops++
      // The disk may also have filled meanwhile.
      if (code !== 0 && !wasFull && counts.fullDisks === fullDisks) troubles.push(`the server ended with ${code} when it was stopped:\n${server.logs().slice(-2_000)}`)
      audit(`stop ${counts.stops}`)
      full = false
      await server.restart()
    }),
    /** The server's files do not grow for a while; with `entirely` they cannot be written at all. */
    fillDisk(ms: number, entirely: boolean) {
      if (!canFillDisk) return Promise.resolve()
      return filled = filled.then(async () => {
        const { pid } = server
        await limit(entirely ? 0 : statSync(`${databaseFile(server.dataDir)}-wal`).size).catch(() => {})
        counts.fullDisks++
        full = true
        await new Promise((resolve) => setTimeout(resolve, ms))
        full = false
        if (server.pid === pid) await limit('unlimited').catch(() => {})
      })
    },
    isUp: () => asked === 0,
    /** Resolves when the server is up and its disk has room. */
    async whole() {
      for (let last; last !== turn;) await (last = turn)
      await filled
    },
    async end() {
      await turn
      await filled
      await store.close()
      await here.end()
    },
  }
}
