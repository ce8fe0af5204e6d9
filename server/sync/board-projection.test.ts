import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test, vi } from 'vitest'
import * as Y from 'yjs'
import { createMission, renameMission } from '#lib/board/edits.ts'
import type { ActorId, MissionId, WorkspaceId } from '#lib/board/ids.ts'
import { boardDocument } from '#lib/sync/document-names.ts'
import { nextTurn } from '../next-turn.ts'
import { openStore, type Database } from '../store/database.ts'
import { projectBoards } from './board-projection.ts'

const acme = 'acme' as WorkspaceId
const plan = 'plan' as MissionId
const folder = mkdtempSync(join(tmpdir(), 'missions-projection-'))
const store = await openStore(folder, 'process')
await store.db.insertInto('workspaces').values({ id: acme, name: 'Acme', created_at: 0 }).execute()

afterEach(async () => {
  await store.close()
  rmSync(folder, { recursive: true, force: true })
})

/** A database whose transactions begin after somebody else had a turn, as they do while another process writes. */
const waitingFor = (turn: () => void): Database => Object.create(store.db, {
  selectFrom: { value: store.db.selectFrom.bind(store.db) },
  transaction: {
    value: () => ({
      async execute(work: Parameters<ReturnType<Database['transaction']>['execute']>[0]) {
        await nextTurn()
        turn()
        return await store.db.transaction().execute(work)
      },
    }),
  },
}) as Database

test('what is edited while the tables are written is in them in the end', async () => {
  const board = new Y.Doc()
  let renamed = 0
  const projection = projectBoards({
    db: waitingFor(() => {
      if (renamed < 3 && board.getMap('missions').has(plan)) renameMission(board, plan, `Renamed ${++renamed} times`)
    }),
    log: { info() {}, error() {} } as never,
    onMissionChanged() {}, onTextProjected() {},
  })
  const document = Object.assign(board, { isDestroyed: false })
  await projection.extension.afterLoadDocument?.({ document, documentName: boardDocument(acme) } as never)
  await projection.settled()
  createMission(board, { id: plan, title: 'Plan' }, 'mia' as ActorId, 0)
  await vi.waitFor(async () => {
    await projection.settled()
    expect(await store.db.selectFrom('missions').select('title').where('id', '=', plan).executeTakeFirst()).toEqual({ title: 'Renamed 3 times' })
  }, 5_000)
})
