import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { NotStored, Unreadable, type Append, type UpdateLog } from './update-log.ts'

type OpenLog = {
  log: UpdateLog
  /** The same log as another process would find it now; it is closed with the first. */
  again: () => Promise<UpdateLog>
  /** Makes so many of the next commits fail in the middle of their work, as a disk would. */
  breakCommits: (count: number) => void
  /** Changes one byte of what is stored of a document's first update, or of its snapshot. */
  damage: (doc: string, what: 'update' | 'snapshot') => void
  /** How many commits there were so far. */
  commits: () => number
  close: () => Promise<void>
}

const appended = (doc: string, byte: number, fields: Partial<Append> = {}): Append =>
  ({ doc, data: Uint8Array.of(byte), actor: 'ann', at: byte, claims: [], ...fields })

const bytes = (updates: readonly Uint8Array[] = []) => updates.map((update) => [...update].join(' '))

/** What every update log does, whatever it stores in. */
export function updateLogContract(open: () => Promise<OpenLog>) {
  let here: OpenLog
  let log: UpdateLog
  beforeEach(async () => {
    here = await open()
    log = here.log
  })
  afterEach(() => here.close())

  describe('appending', () => {
    test('a document that was never written is null, and nobody owns anything in it', async () => {
      expect(await log.load('never')).toBeNull()
      expect(await log.owners('never')).toEqual(new Map())
      expect(await log.size('never')).toEqual({ rows: 0, bytes: 0, snapshotBytes: 0 })
      expect(await log.documents()).toEqual([])
    })

    test('what is appended is loaded in that order, each document by itself', async () => {
      await Promise.all([log.append(appended('a', 1)), log.append(appended('b', 2)), log.append(appended('a', 3))])
      await log.append(appended('a', 4))
      expect(await log.load('a')).toMatchObject({ snapshot: null, lastSeq: 3 })
      expect(bytes((await log.load('a'))?.updates)).toEqual(['1', '3', '4'])
      expect(bytes((await log.load('b'))?.updates)).toEqual(['2'])
      expect(await log.documents()).toEqual(['a', 'b'])
      expect(await log.size('a')).toEqual({ rows: 3, bytes: 3, snapshotBytes: 0 })
    })

    test('what is acknowledged is there for whoever opens the log next', async () => {
      await log.append(appended('a', 1))
      expect(bytes((await (await here.again()).load('a'))?.updates)).toEqual(['1'])
    })

    test('updates of one turn share a commit', async () => {
      const before = here.commits()
      await Promise.all(Array.from({ length: 50 }, (_, n) => log.append(appended('a', n))))
      expect(here.commits() - before).toBe(1)
    })

    test('an update that is to be stored at once does not wait for the end of the turn, and takes along what waits', async () => {
      const order: string[] = []
      const turn = new Promise<void>((resolve) => setImmediate(() => { order.push('turn'); resolve() }))
      const others = [
        log.append(appended('a', 1)).then(() => order.push('first')),
        log.append(appended('a', 2, { atOnce: true })).then(() => order.push('second')),
      ]
      await Promise.all([turn, ...others])
      expect(order).toEqual(['first', 'second', 'turn'])
      expect(bytes((await log.load('a'))?.updates)).toEqual(['1', '2'])
    })

    test('a load sees what was appended before it, acknowledged or not', async () => {
      const first = log.append(appended('a', 1))
      expect(bytes((await log.load('a'))?.updates)).toEqual(['1'])
      await first
    })

    test('an empty update is kept as well', async () => {
      await log.append({ ...appended('a', 0), data: new Uint8Array() })
      expect(bytes((await log.load('a'))?.updates)).toEqual([''])
    })
  })

  describe('[GATE10] a commit that fails', () => {
    test('is tried again until it succeeds, in the order of its updates; nothing is acknowledged before', async () => {
      await log.append(appended('a', 1))
      here.breakCommits(2)
      const acknowledged: number[] = []
      const all = Promise.all([2, 3].map((byte) => log.append(appended('a', byte, { claims: [byte] })).then(() => acknowledged.push(byte))))
      await new Promise((resolve) => setTimeout(resolve, 20))
      expect(acknowledged).toEqual([])
      expect(log.waiting()).toBe(2)
      const later = log.append(appended('a', 4))
      await Promise.all([all, later])
      expect(acknowledged).toEqual([2, 3])
      expect(bytes((await log.load('a'))?.updates)).toEqual(['1', '2', '3', '4'])
      expect([...(await log.owners('a')).keys()]).toEqual([2, 3])
      expect(log.waiting()).toBe(0)
    })

    test('keeps nobody from reading other documents; its own is read once it is whole, and refused when that takes long', async () => {
      await log.append(appended('b', 1))
      here.breakCommits(1)
      const waits = log.append(appended('a', 2))
      await new Promise((resolve) => setImmediate(() => setImmediate(resolve)))
      expect(bytes((await log.load('b'))?.updates)).toEqual(['1'])
      expect(bytes((await log.load('a'))?.updates)).toEqual(['2'])
      await waits
      here.breakCommits(1_000)
      const late = log.append(appended('a', 3))
      await expect(log.load('a')).rejects.toThrow(Unreadable)
      here.breakCommits(0)
      await late
      expect(bytes((await log.load('a'))?.updates)).toEqual(['2', '3'])
    })

    test('one update that can never be stored is refused alone', async () => {
      const outcomes = await Promise.allSettled([
        log.append(appended('a', 1)),
        log.append({ ...appended('a', 2), data: { not: 'bytes' } as unknown as Uint8Array }),
        log.append(appended('a', 3)),
      ])
      expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
      expect(bytes((await log.load('a'))?.updates)).toEqual(['1', '3'])
    })

    test('whoever waits for the store to settle waits for it to succeed', async () => {
      here.breakCommits(1)
      let stored = false
      void log.append(appended('a', 1)).then(() => { stored = true })
      await log.settled()
      expect(stored).toBe(true)
      await log.stored('a')
    })

    test('a log that is closed gives up what waits, and says so', async () => {
      here.breakCommits(1_000)
      const waits = log.append(appended('a', 1))
      const refused = expect(waits).rejects.toThrow(NotStored)
      await new Promise((resolve) => setTimeout(resolve, 5))
      log.close()
      await refused
      await expect(log.append(appended('a', 2))).rejects.toThrow(NotStored)
      expect(log.waiting()).toBe(0)
    })
  })

  describe('[GATE10] what rotted on the disk', () => {
    test.each(['update', 'snapshot'] as const)('is told, and never read as if it were whole: an %s', async (what) => {
      await log.append(appended('a', 1))
      if (what === 'snapshot') await log.compact('a', 1, Uint8Array.of(100, 101), 0)
      await log.append(appended('b', 2))
      here.damage('a', what)
      await expect(log.load('a')).rejects.toThrow(Unreadable)
      expect(bytes((await log.load('b'))?.updates)).toEqual(['2'])
    })
  })

  describe('owners', () => {
    test('are told by document', async () => {
      await log.append(appended('a', 1, { claims: [7, 8], actor: 'ann' }))
      await log.append(appended('b', 2, { claims: [7], actor: 'ben' }))
      expect(await log.owners('a')).toEqual(new Map([[7, 'ann'], [8, 'ann']]))
      expect(await log.owners('b')).toEqual(new Map([[7, 'ben']]))
    })

    test('are who was first, and stay it', async () => {
      await Promise.all([log.append(appended('a', 1, { claims: [7], actor: 'ann' })), log.append(appended('a', 2, { claims: [7], actor: 'ben' }))])
      await log.append(appended('a', 3, { claims: [7], actor: 'ben' }))
      await log.compact('a', 3, Uint8Array.of(9), 0)
      expect(await log.owners('a')).toEqual(new Map([[7, 'ann']]))
    })

    test('of large client ids are told exactly', async () => {
      const largest = 2 ** 32 - 1
      await log.append(appended('a', 1, { claims: [largest, 2 ** 53 - 1] }))
      expect([...(await log.owners('a')).keys()]).toEqual([largest, 2 ** 53 - 1])
    })
  })

  describe('compaction', () => {
    const fill = async (count: number) => {
      for (let n = 1; n <= count; n++) await log.append(appended('a', n))
    }

    test('who has a part loads what came later, and all of it where that is in a snapshot by now', async () => {
      await Promise.all([1, 2, 3].map((byte) => log.append(appended('a', byte))))
      expect(await log.load('a', 3)).toBeNull()
      expect(await log.load('a', 1)).toMatchObject({ snapshot: null, updates: [Uint8Array.of(2), Uint8Array.of(3)], lastSeq: 3 })
      await log.compact('a', 2, Uint8Array.of(100), 0)
      expect(await log.load('a', 2)).toMatchObject({ snapshot: null, updates: [Uint8Array.of(3)], lastSeq: 3 })
      expect(await log.load('a', 1)).toMatchObject({ snapshot: Uint8Array.of(100), updates: [Uint8Array.of(3)], lastSeq: 3 })
    })

    test('puts a state in the place of what it covers, and keeps what came after', async () => {
      await fill(5)
      await log.compact('a', 3, Uint8Array.of(100, 101), 0)
      expect(await log.load('a')).toMatchObject({ snapshot: Uint8Array.of(100, 101), lastSeq: 5 })
      expect(bytes((await log.load('a'))?.updates)).toEqual(['4', '5'])
      expect(await log.size('a')).toEqual({ rows: 2, bytes: 2, snapshotBytes: 2 })
    })

    test('of everything does not start to count anew', async () => {
      await fill(3)
      await log.compact('a', 3, Uint8Array.of(100), 0)
      expect(await log.load('a')).toMatchObject({ updates: [], lastSeq: 3 })
      await log.append(appended('a', 4))
      expect(await log.load('a')).toMatchObject({ lastSeq: 4 })
      expect(bytes((await log.load('a'))?.updates)).toEqual(['4'])
    })

    test('that comes late does not undo a later one', async () => {
      await fill(5)
      await log.compact('a', 5, Uint8Array.of(105), 0)
      await log.compact('a', 3, Uint8Array.of(103), 0)
      expect(await log.load('a')).toMatchObject({ snapshot: Uint8Array.of(105), updates: [], lastSeq: 5 })
    })

    test('keeps what is appended while it goes on', async () => {
      await fill(3)
      const [, ...rest] = await Promise.all([log.compact('a', 3, Uint8Array.of(103), 0), log.append(appended('a', 4)), log.append(appended('a', 5))])
      expect(rest).toEqual([undefined, undefined])
      expect(bytes((await log.load('a'))?.updates)).toEqual(['4', '5'])
    })

    test('touches no other document', async () => {
      await fill(1)
      await log.append(appended('b', 7))
      await log.compact('a', 1, Uint8Array.of(100), 0)
      expect(bytes((await log.load('b'))?.updates)).toEqual(['7'])
      expect(await log.documents()).toEqual(['a', 'b'])
    })

    test('with a document in use loses nothing of it', async () => {
      const doc = new Y.Doc()
      const stored: Promise<void>[] = []
      doc.on('update', (data: Uint8Array) => stored.push(log.append({ ...appended('a', 0), data })))
      for (let n = 0; n < 200; n++) {
        doc.getText('text').insert(doc.getText('text').length, `${n} `)
        if (n % 17 === 0) {
          const saved = await log.load('a')
          const copy = new Y.Doc()
          for (const update of [saved?.snapshot ?? [], saved?.updates ?? []].flat() as Uint8Array[]) Y.applyUpdate(copy, update)
          stored.push(log.compact('a', saved!.lastSeq, Y.encodeStateAsUpdate(copy), 0))
        }
      }
      await Promise.all(stored)
      const loaded = (await log.load('a'))!
      const copy = new Y.Doc()
      for (const update of [loaded.snapshot!, ...loaded.updates]) Y.applyUpdate(copy, update)
      expect(copy.getText('text').toString()).toBe(doc.getText('text').toString())
      expect(loaded.lastSeq).toBe(200)
    })
  })
}
