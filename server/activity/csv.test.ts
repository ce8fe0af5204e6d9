import { describe, expect, test } from 'vitest'
import type { Entry } from '#lib/activity/entry.ts'
import type { WorkspaceId } from '#lib/board/ids.ts'
import { activityCsv, cell } from './csv.ts'

describe('a cell', () => {
  test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', ' =1', '\r=1', '\u0000=1', '＝1', '＋1', '－1', '＠1'])('%j is words, not a formula', (value) => {
    expect(cell(value)).toBe(`"'${value}"`)
  })

  test('is quoted where it must be, and stays as it is otherwise', () => {
    expect(cell('Plan, "the" fair')).toBe('"Plan, ""the"" fair"')
    expect(cell('two\nlines')).toBe('"two\nlines"')
    expect(cell('Plan the fair = fun')).toBe('Plan the fair = fun')
    expect(cell('Ünïcödé 計画')).toBe('Ünïcödé 計画')
    expect(cell(null)).toBe('')
    expect(cell(-3)).toBe('-3')
  })
})

const entry = (id: number): Entry => ({
  id, seq: id, at: Date.UTC(2026, 2, 5, 9, 0, id % 60), until: Date.UTC(2026, 2, 5, 9, 1), count: 1, kind: 'mission.archived',
  actor: { kind: 'person', id: null, name: 'Ada' }, subject: { kind: 'mission', id: 'fair', name: 'Fair' }, missionId: null, projectId: null, runId: null, details: {},
})

test('is read page by page, only as fast as it is taken', async () => {
  const asked: (number | null)[] = []
  const pages = { page: async (_id: WorkspaceId, _filter: object, { before }: { before?: number | null }) => {
    asked.push(before ?? null)
    const from = before ?? 1_000
    return { entries: Array.from({ length: 500 }, (_, index) => entry(from - index - 1)), next: from - 500 > 0 ? from - 500 : null, seq: 0 }
  } }
  const reader = activityCsv(pages, 'harbour' as WorkspaceId, {}).getReader()
  await reader.read()
  expect(asked.length).toBeLessThanOrEqual(1)
  let text = ''
  for (let part = await reader.read(); !part.done; part = await reader.read()) text += new TextDecoder().decode(part.value)
  expect(asked).toEqual([null, 500])
  expect(text.split('\r\n').length).toBe(1_001)
  expect(text).toContain('2026-03-05T09:00:39.000Z,2026-03-05T09:01:00.000Z,Ada,person,archived “Fair”,mission.archived,Fair,mission,fair,,,,1,999')
})
