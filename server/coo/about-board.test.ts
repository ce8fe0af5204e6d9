import { expect, test } from 'vitest'
import type { ActorId } from '#lib/board/ids.ts'
import type { SearchKind } from '#lib/search/query.ts'
import { aboutBoard } from './about-board.ts'
import type { BoardLine, CooQuestion } from './coo-engine.ts'

const now = Date.UTC(2026, 10, 26, 14)
const dayMs = 24 * 60 * 60 * 1000
const line = (title: string, more: Partial<BoardLine> = {}): BoardLine =>
  ({ title, reference: `missions://mission/${title}`, status: 'In progress', assignee: 'Ben', project: '', dueOn: null, run: '', runLine: '', since: now, ...more })
const found = (kind: SearchKind, title: string, excerpt: string) => ({ kind, title, reference: `missions://file/${title}`, excerpt })

const answered = (text: string, board: readonly BoardLine[], search: Awaited<ReturnType<CooQuestion['search']>> = []) => aboutBoard({
  request: { text, now, timeZone: 'UTC', by: 'ada' as ActorId, people: [], staff: [], projects: [], missions: [], projectId: null, files: [] },
  templates: [], world: {}, before: [], open: [], offered: new Set(), board, records: async () => [], recent: async () => [], search: async () => search, signal: new AbortController().signal,
} as unknown as CooQuestion)

test('what is stuck is told by why, each with a link to the mission', async () => {
  const answer = await answered('What is stuck?', [
    line('net', { run: 'waiting', runLine: 'Which net?' }), line('sail', { run: 'failed', runLine: 'The key is wrong.' }), line('mast', { status: 'Review', since: now - 2 * dayMs }),
    line('rope', { dueOn: '2026-11-20' }), line('hull', { assignee: '' }), line('done', { status: 'Done', dueOn: '2026-11-01', run: 'failed' }), line('fine'),
  ])
  for (const part of ['[net](missions://mission/net) (Ben): Which net?', '[sail](missions://mission/sail) (Ben): The key is wrong.', '[mast](missions://mission/mast)', '[rope](missions://mission/rope), due 2026-11-20', '[hull](missions://mission/hull)']) expect(answer).toContain(part)
  expect(answer).not.toMatch(/done|fine/)
  expect(await answered('what is stuck?', [line('fine')])).toMatch(/^Nothing is stuck/)
})

test('what was learned is told in the words of where it stands, results before talk, each with a link to its source; nothing is made up', async () => {
  const answer = await answered('What did we learn about the lids?', [], [found('comment', 'Cups', 'They leak.'), found('run', 'Lids compared', 'Three of five leak.')])
  expect(answer).toMatch(/“lids”[\s\S]*What runs found[\s\S]*\[Lids compared\]\(missions:\/\/file\/Lids compared\): Three of five leak\.[\s\S]*Comments[\s\S]*\[Cups\]/)
  expect(await answered('What did we learn about unicorns?', [])).toBe('Nothing in the workspace has the words “unicorns”.')
})

test('what asks for work is no question about the board', async () => {
  for (const text of ['Find out what is stuck in the drain.', 'Order a crane.', 'Please review the contract']) expect(await answered(text, []), text).toBeNull()
})
