import { referenceUrl } from '#lib/board/reference.ts'
import { statusNames } from '#lib/board/mission.ts'
import type { World } from '#lib/templates/fill.ts'
import { CooFailed, type CooEngine } from '../../coo-engine.ts'
import { world, type Case } from './case.ts'
import { requestOf, scoreCase, type Scored } from './score.ts'

const atOnce = 4

const board = world.missions.map(({ id, title, status }) =>
  ({ reference: referenceUrl({ kind: 'mission', id }), title, status: statusNames[status], assignee: '', project: '', dueOn: null, run: '' as const, runLine: '', since: world.now }))

const everybody = [...world.people.map(({ name, id }) => ({ id, name, role: '', kind: 'person' as const })), ...world.staff.map((one) => ({ ...one, kind: 'staff' as const }))]
const named: World = {
  today: new Date(world.now).toISOString().slice(0, 10), me: world.by,
  member: (id) => everybody.find((one) => one.id === id) ?? null,
  project: (id) => {
    const project = world.projects.find((one) => one.id === id)
    return project ? { name: project.name, archivedAt: null } : null
  },
}

async function scored(test: Case, engine: CooEngine): Promise<Scored> {
  let reply = ''
  try {
    const { proposals } = await engine.answer(
      { request: requestOf(test), before: [], open: [], offered: new Set(), board, search: async () => [], records: async () => [], recent: async () => [], templates: [], world: named, signal: new AbortController().signal },
      (words) => {
        reply += words
      },
    )
    return scoreCase(test, { reply, proposals }, { reworded: true })
  } catch (error) {
    if (!(error instanceof CooFailed)) throw error
    const failed = scoreCase(test, { reply, proposals: [] }, { reworded: true })
    return { ...failed, split: false, misses: [`no answer: ${error.message}`] }
  }
}

/** Asks the model each request, a few at a time. */
export async function scoreWithModel(cases: readonly Case[], engine: CooEngine): Promise<Scored[]> {
  const results: Scored[] = []
  const waiting = [...cases.entries()]
  await Promise.all(Array.from({ length: atOnce }, async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) results[next[0]] = await scored(next[1], engine)
  }))
  return results
}
