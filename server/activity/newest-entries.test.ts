import { expect, test } from 'vitest'
import type { ActorId, MissionId, WorkspaceId } from '#lib/board/ids.ts'
import { temporaryAuth, workspaceOfAnn } from '../../tests/support/auth.ts'
import { randomFrom, seedOf, type Random } from '../../tests/support/random.ts'
import type { Complete } from './names.ts'
import { newestEntries } from './newest-entries.ts'
import { writeDown } from './write-down.ts'

const seed = seedOf('ACTIVITY_SEED')

function somethingHappens({ pick, chance, below }: Random, workspaceId: WorkspaceId): Complete {
  const id = `mission-${below(4)}`
  const kind = pick(['mission.moved', 'mission.changed', 'mission.created', 'mission.deleted', 'mission.described', 'mission.archived', 'comment.added'] as const)
  const about = { workspaceId, kind, actor: { kind: 'person', id: pick(['ann', 'bea']) as ActorId, name: '' }, missionId: id as MissionId, projectId: null } as const
  if (kind === 'comment.added') return { ...about, subject: { kind: 'mission', id, name: '' }, topic: null }
  const to = pick(['backlog', 'in_progress', 'review'])
  return { ...about, subject: { kind: 'mission', id, name: '' }, ...kind === 'mission.moved' && { details: { to } }, ...kind === 'mission.changed' && chance(0.8) && { details: { fields: { priority: { from: null, to } } } } }
}

test(`[ACTIVITY3] what is remembered of the record is what the tables say (ACTIVITY_SEED=${seed})`, async () => {
  async function recorded(forgets: boolean) {
    const here = await temporaryAuth()
    const { workspaceId } = await workspaceOfAnn(here.auth)
    const random = randomFrom(seed)
    const newest = newestEntries()
    let at = 1_000_000
    for (let seq = 1; seq <= 600; seq += 1) {
      const startsAnew = random.chance(0.01)
      if (forgets || startsAnew) newest.forget()
      at += random.below(random.chance(0.1) ? 200_000 : 5_000)
      const happening = somethingHappens(random, workspaceId)
      await here.store.db.transaction().execute((transaction) => writeDown(transaction, newest, { happening, at, until: at }, 10_000 + seq))
    }
    const rows = await here.store.db.selectFrom('activity').selectAll().where('seq', '>', 10_000).orderBy('id').execute()
    await here.end()
    return rows.map(({ id, workspace_id, ...row }) => row)
  }
  const [remembering, asking] = [await recorded(false), await recorded(true)]
  expect(asking.length).toBeGreaterThan(100)
  expect(remembering).toEqual(asking)
})
