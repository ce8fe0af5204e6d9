import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

// Clients are processes of their own: what they spend is not the server's, and their clock is one.

/** Whatever is asked for, it is given up after this. */
const mostMs = 180_000

type Calls = Record<string, (args: never) => Promise<unknown>>
type Request = { call: string; args: unknown }
type Reply = { answer: unknown } | { error: string }

/** In the process of the clients: answers what the measuring process asks, and ends with it. */
export function play<C extends Calls>(calls: C): C {
  process.on('message', async ({ call, args }: Request) => {
    const reply = await (calls[call]?.(args as never) ?? Promise.reject(new Error(`Nobody plays "${call}"`)))
      .then((answer): Reply => ({ answer }), (error: unknown): Reply => ({ error: error instanceof Error ? error.stack ?? error.message : String(error) }))
    process.send?.(reply)
  })
  process.once('disconnect', () => process.exit())
  return calls
}

export type Player<C extends Calls> = {
  ask: <Call extends keyof C & string>(call: Call, args: Parameters<C[Call]>[0]) => Promise<Awaited<ReturnType<C[Call]>>>
  end: () => void
}

/** Starts a process of clients; `C` is what its module plays. One question at a time. */
export function player<C extends Calls>(module: string): Player<C> {
  const child: ChildProcess = fork(fileURLToPath(new URL(module, import.meta.url)), { stdio: ['ignore', 'inherit', 'inherit', 'ipc'], serialization: 'advanced' })
  return {
    ask: async (call, args) => {
      const waiting = new AbortController()
      child.send({ call, args } satisfies Request)
      try {
        const [reply] = await Promise.race([
          once(child, 'message', { signal: waiting.signal }) as Promise<[Reply]>,
          once(child, 'exit', { signal: waiting.signal }).then(() => { throw new Error('The process that plays clients ended') }),
          pause(mostMs, undefined, { signal: waiting.signal }).then(() => { throw new Error(`${call} was not done within ${mostMs / 1000} s`) }),
        ])
        if ('error' in reply) throw new Error(`${call}: ${reply.error}`)
        return reply.answer as never
      } finally {
        waiting.abort()
      }
    },
    end: () => {
      if (child.exitCode === null) child.kill('SIGKILL')
    },
  }
}
