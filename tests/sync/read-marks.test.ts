import { afterAll, beforeAll, expect, test } from 'vitest'
import { readFacts } from '#lib/board/board-document.ts'
import { addComment, deleteComment, resolveComment } from '#lib/board/comments.ts'
import { createMission, createProject } from '#lib/board/edits.ts'
import type { CommentId, MissionId, ProjectId } from '#lib/board/ids.ts'
import type { ReadMark } from '#lib/board/read-mark.ts'
import { briefDocument, missionDocument } from '#lib/sync/document-names.ts'
import { readNotice, type Notice } from '#lib/sync/notices.ts'
import { eventually, harbour, type Harbour, type Somebody } from '../support/harbour.ts'

const mission = 'talked' as MissionId
const project = 'tides' as ProjectId
let here: Harbour
let ben: Somebody

beforeAll(async () => {
  here = await harbour()
  ben = await here.member('member')
  const board = here.connect(here.owner, here.board)
  await board.synced()
  createMission(board.document, { id: mission, title: 'Talked about' }, here.owner.id, 1)
  createProject(board.document, project, 'Tides', 'blue')
  await board.acknowledged()
})
afterAll(() => here.end())

const mark = async (who: Somebody, doc: string) => (await here.api<{ mark: ReadMark }>(who, 'GET', `/read-marks/${doc}`)).body.mark
const put = (who: Somebody | null, doc: string, value: unknown) => here.api<{ mark: ReadMark; error?: { code: string } }>(who, 'PUT', `/read-marks/${doc}`, value)

test('what was seen on one device is told to the other, each one’s own', async () => {
  expect(await mark(ben, `mission/${mission}`)).toEqual({ since: 0, seen: [] })
  expect((await put(ben, `mission/${mission}`, { since: 5, seen: ['b', 'a'] })).body.mark).toEqual({ since: 5, seen: ['b', 'a'] })
  expect((await put(ben, `mission/${mission}`, { since: 3, seen: ['c'] })).body.mark).toEqual({ since: 5, seen: ['c', 'b', 'a'] })
  expect(await mark(ben, `mission/${mission}`)).toEqual({ since: 5, seen: ['c', 'b', 'a'] })
  expect(await mark(here.owner, `mission/${mission}`)).toEqual({ since: 0, seen: [] })
  expect((await put(ben, `doc/${project}`, { since: 0, seen: ['d'] })).status).toBe(200)

  const { body } = await here.api<{ since: number; marks: Record<string, ReadMark> }>(ben, 'GET', `/read-marks/${here.workspaceId}`)
  expect(body.marks).toEqual({ [`mission/${mission}`]: { since: 5, seen: ['c', 'b', 'a'] }, [`doc/${project}`]: { since: 0, seen: ['d'] } })
  expect(Math.abs(body.since - Date.now())).toBeLessThan(60_000)
})

test('who has several devices is told what they saw on one of them, once, and nobody else is', async () => {
  const notices = (who: Somebody) => {
    const board = here.connect(who, here.board)
    const told: Extract<Notice, { kind: 'read' }>[] = []
    board.provider.on('stateless', ({ payload }: { payload: string }) => {
      const notice = readNotice(payload)
      if (notice?.kind === 'read') told.push(notice)
    })
    return { board, told }
  }
  const [theirs, others] = [notices(ben), notices(here.owner)]
  await Promise.all([theirs, others].map(({ board }) => board.synced()))
  const seen = { since: 6, seen: ['e'] }
  for (let again = 0; again < 3; again += 1) expect((await put(ben, `doc/${project}`, seen)).status).toBe(200)
  await put(ben, `doc/${project}`, { since: 6, seen: ['f'] })
  await eventually('the newest is told', () => theirs.told.some(({ mark }) => mark.seen.includes('f')))
  expect(theirs.told.map(({ document, mark }) => [document, mark])).toEqual([
    [`doc/${project}`, { since: 6, seen: ['e', 'd'] }], [`doc/${project}`, { since: 6, seen: ['f', 'e', 'd'] }],
  ])
  expect(others.told).toEqual([])
})

test('many marks on one mission stay small, and the list of them smaller', async () => {
  const ids = (from: number) => Array.from({ length: 150 }, (_, n) => `c${from + n}`)
  await put(ben, `mission/${mission}`, { since: 0, seen: ids(0) })
  expect((await put(ben, `mission/${mission}`, { since: 0, seen: ids(1_000) })).body.mark.seen).toHaveLength(200)
  const { body } = await here.api<{ marks: Record<string, ReadMark> }>(ben, 'GET', `/read-marks/${here.workspaceId}`)
  expect(body.marks[`mission/${mission}`]?.seen).toEqual(ids(1_000).slice(0, 8))
})

test.each<[string, unknown]>([['nothing', {}], ['no time', { since: 'x', seen: [] }], ['no ids', { since: 0, seen: ['../x'] }], ['too many', { since: 0, seen: Array(201).fill('c') }]])('refuses %s', async (_, value) => {
  const { status, body } = await put(ben, `mission/${mission}`, value)
  expect([status, body.error?.code]).toEqual([400, 'bad_field'])
})

test('[ACCESS1] marks are kept of what one may open, and asked for by who is there', async () => {
  const other = await here.workspace('Elsewhere')
  for (const doc of [`mission/${mission}`, 'mission/none', `board/${here.workspaceId}`, 'robot/x']) {
    expect((await put(other.owner, doc, { since: 0, seen: [] })).status).toBe(404)
    expect((await here.api(other.owner, 'GET', `/read-marks/${doc}`)).status).toBe(404)
  }
  expect((await here.api(other.owner, 'GET', `/read-marks/${here.workspaceId}`)).status).toBe(404)
  expect((await put(null, `mission/${mission}`, { since: 0, seen: [] })).status).toBe(401)
})

test('a card tells of the newest comment, and of the one before when that is deleted', async () => {
  const board = here.connect(here.owner, here.board)
  const talk = here.connect(ben, missionDocument(mission))
  await Promise.all([board.synced(), talk.synced()])
  addComment(talk.document, { id: 'first' as CommentId, by: ben.id, body: 'One' }, 10)
  addComment(talk.document, { id: 'second' as CommentId, by: ben.id, body: 'Two' }, 20)
  await eventually('the newest is told', () => readFacts(board.document, mission).lastComment?.id === 'second')
  expect(readFacts(board.document, mission)).toMatchObject({ comments: 2, lastComment: { id: 'second', by: ben.id, at: 20 } })
  deleteComment(talk.document, 'second' as CommentId)
  await eventually('the one before is told', () => readFacts(board.document, mission).lastComment?.id === 'first')
})

test('[GATE5] a client that settles a thread by rewriting what another said is refused, and one that only settles it is not', async () => {
  const theirs = here.connect(here.owner, briefDocument(project))
  await theirs.synced()
  addComment(theirs.document, { id: 'said' as CommentId, by: here.owner.id, body: 'As I said' }, 10)
  await theirs.acknowledged()

  const honest = here.connect(ben, briefDocument(project))
  await honest.synced()
  resolveComment(honest.document, 'said' as CommentId, ben.id, 11)
  await honest.acknowledged()
  await eventually('it is settled for everybody', () => theirs.document.getMap<Map<string, unknown>>('comments').get('said')?.get('resolvedBy') === ben.id)

  const hostile = here.connect(ben, briefDocument(project))
  await hostile.synced()
  hostile.document.transact(() => {
    resolveComment(hostile.document, 'said' as CommentId, ben.id, 12)
    hostile.document.getMap<Map<string, unknown>>('comments').get('said')!.set('body', 'What I never said')
  })
  await eventually('it is refused', () => hostile.closes().some((reason) => reason.startsWith('policy:not_allowed')))
  expect(theirs.document.getMap<Map<string, unknown>>('comments').get('said')?.get('body')).toBe('As I said')
})
