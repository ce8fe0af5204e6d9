import { expect, test, vi } from 'vitest'
import type { ActorId, CommentId } from '#lib/board/ids.ts'
import { mergeMarks, nothingSeen, type ReadMark } from '#lib/board/read-mark.ts'
import { ReadMarks, type MarksOnDevice } from './read-marks.ts'

const me = 'ada' as ActorId
const said = (id: string, createdAt: number, by = 'ben') => ({ id: id as CommentId, by: by as ActorId, createdAt })
const comments = [said('a', 11), said('mine', 12, me), said('b', 13)]
const talk = 'mission/m'

/** One server, and devices that can be cut off from it. */
function world(since = 0) {
  const stored = new Map<string, ReadMark>()
  const puts: string[] = []
  function device() {
    let kept: unknown = null
    let online = true
    const watchers = new Set<() => void>()
    const reachable = () => {
      if (!online) throw new Error('offline')
    }
    const server = {
      list: async () => (reachable(), { since, marks: Object.fromEntries(stored) }),
      find: async (doc: string) => (reachable(), stored.get(doc) ?? nothingSeen),
      put: async (doc: string, mark: ReadMark) => {
        reachable()
        puts.push(doc)
        stored.set(doc, mergeMarks(mark, stored.get(doc) ?? nothingSeen))
        return stored.get(doc)
      },
    }
    const storage: MarksOnDevice = {
      read: () => kept,
      write: (value) => void (kept = JSON.parse(JSON.stringify(value))),
      watch: (changed) => (watchers.add(changed), () => void watchers.delete(changed)),
    }
    return { page: () => new ReadMarks(me, server, storage), online: (now: boolean) => void (online = now), told: () => watchers.forEach((changed) => changed()) }
  }
  return { device, stored, puts }
}
const news = (marks: ReadMarks) => comments.filter((comment) => marks.isNew(talk, comment)).map(({ id }) => id)

test('nothing is called new before it is known what was seen', async () => {
  const marks = world().device().page()
  expect(news(marks)).toEqual([])
  marks.open()
  expect(marks.known).toBe(false)
  await marks.sync()
  expect(news(marks)).toEqual(['a', 'b'])
})

test('what was said before one joined is no news', async () => {
  const marks = world(12).device().page()
  marks.open()
  await marks.sync()
  expect(news(marks)).toEqual(['b'])
})

test('what is seen on one device is no news on another, and on a second page of the same at once', async () => {
  const { device } = world()
  const [phone, desk] = [device(), device()]
  const [here, beside, there] = [phone.page(), phone.page(), desk.page()]
  const close = here.open()
  beside.open()
  there.open()
  await Promise.all([here, beside, there].map((marks) => marks.sync()))
  here.see(talk, comments, new Set(['a']))
  phone.told()
  expect(news(beside)).toEqual(['b'])
  expect(news(there)).toEqual(['a', 'b'])
  close()
  await vi.waitFor(async () => {
    await there.sync()
    expect(news(there)).toEqual(['b'])
  })
})

test('what another device told already is not told once more, and what it did not know is', async () => {
  vi.useFakeTimers()
  try {
    const { device, stored, puts } = world()
    const [phone, desk] = [device().page(), device().page()]
    await Promise.all([phone, desk].map(async (marks) => (marks.open(), await marks.sync())))
    phone.see(talk, comments, new Set(['a', 'b']))
    desk.see(talk, comments, new Set(['b']))
    desk.hear(talk, { since: 0, seen: ['a', 'b'] })
    expect(news(desk)).toEqual([])
    phone.hear(talk, { since: 0, seen: ['b'] })
    await vi.runAllTimersAsync()
    expect(puts).toEqual([talk])
    expect(stored.get(talk)?.seen).toEqual(['b', 'a'])
  } finally {
    vi.useRealTimers()
  }
})

test('without the network marks are kept, over a reload too, and told when it is back', async () => {
  const { device, stored } = world()
  const phone = device()
  const first = phone.page()
  const close = first.open()
  await first.sync()
  phone.online(false)
  first.see(talk, comments, new Set(['a', 'b']))
  close()
  await new Promise((resolve) => setTimeout(resolve, 1))
  expect(stored.size).toBe(0)

  const again = phone.page()
  again.open()
  await again.sync()
  expect(news(again)).toEqual([])
  phone.online(true)
  await again.sync()
  expect(stored.get(talk)?.seen).toEqual(['b', 'a'])
})
