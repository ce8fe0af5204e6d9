import type { Connection } from '@hocuspocus/server'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { standardLimits, type LimitName, type Limits } from '../limits.ts'
import { SocketUse } from './socket-use.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function socket(limits: Partial<Limits> = {}) {
  const did: string[] = []
  const reached: LimitName[] = []
  const use = new SocketUse({ ...standardLimits, ...limits }, {
    pause: () => did.push('pause'), resume: () => did.push('resume'), end: (code, reason) => did.push(`${code} ${reason}`),
  }, (limit) => reached.push(limit), () => Date.now())
  const connection = {} as Connection
  use.opened(connection, 'harbour' as never)
  return { use, did, reached, connection, send: (count: number) => { for (let n = 0; n < count; n++) use.received() } }
}

test('[LIMIT1] a burst passes; what comes faster for long is read later, and told once', () => {
  const { send, did, reached } = socket({ updates_per_second: 10 })
  send(99)
  expect(did).toEqual([])
  send(1)
  expect([did, reached]).toEqual([['pause'], ['updates_per_second']])
  vi.advanceTimersByTime(150)
  expect(did).toEqual(['pause', 'resume'])
  send(2)
  expect(did).toEqual(['pause', 'resume', 'pause'])
  expect(reached).toHaveLength(1)
})

test('[LIMIT1] whoever goes on like that for ten seconds is closed, with the limit and what it is', () => {
  const { send, did } = socket({ updates_per_second: 10 })
  send(100)
  for (let ms = 0; ms < 12_000 && !did.at(-1)?.startsWith('4429'); ms += 200) {
    vi.advanceTimersByTime(200)
    // Nothing comes of a socket that is not read.
    if (did.at(-1) === 'resume') send(3)
  }
  expect(did.at(-1)).toBe('4429 limit:updates_per_second:This connection sent more than 10 changes a second for too long.')
})

test('[LIMIT1] a pause is forgotten once one sends at a fair pace', () => {
  const { send, did } = socket({ updates_per_second: 10 })
  send(100)
  for (let second = 0; second < 60; second++) {
    vi.advanceTimersByTime(1_000)
    send(second < 5 ? 10 : 5)
  }
  expect(did.filter((each) => each.startsWith('4429'))).toEqual([])
})

test('[LIMIT1] what is sent ahead of what is handled is bounded: it is read no further until half of it is', () => {
  const { use, did, reached, connection } = socket({ unhandled_bytes: 100 })
  const messages = Array.from({ length: 6 }, () => new Uint8Array(20))
  for (const message of messages) use.queued(connection, message)
  expect([did, reached]).toEqual([['pause'], ['unhandled_bytes']])
  for (const message of messages.slice(0, 3)) use.handled(connection, message)
  expect(did).toEqual(['pause'])
  use.handled(connection, messages[3]!)
  expect(did).toEqual(['pause', 'resume'])
})

test('[LIMIT1] the queue of a document that is closed counts no more', () => {
  const { use, did, connection } = socket({ unhandled_bytes: 100 })
  use.queued(connection, new Uint8Array(150))
  use.closed(connection, 'harbour' as never)
  expect(did).toEqual(['pause', 'resume'])
})
