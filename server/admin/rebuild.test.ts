import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { renameMission } from '#lib/board/edits.ts'
import { boardDocument } from '#lib/sync/document-names.ts'
import { filledFolder, type FilledFolder } from '../../tests/support/data-folder.ts'
import { databaseFile } from '../store/database.ts'
import { rebuild } from './rebuild.ts'
import { replayStored } from './stored-document.ts'

let here: FilledFolder
beforeEach(async () => { here = await filledFolder() })
afterEach(() => here.end())

const titles = async () => (await here.store.db.selectFrom('missions').select('title').orderBy('id').execute()).map(({ title }) => title)

test('what a server appends between our reading and our writing is not undone', async () => {
  const name = boardDocument(here.workspaceId)
  const updates: Uint8Array[] = []
  const doc = replayStored(here.store.sqlite, name)
  doc.on('update', (update: Uint8Array) => updates.push(update))
  renameMission(doc, here.missions[0]!, 'Renamed meanwhile')
  const server = new DatabaseSync(databaseFile(here.dataDir))
  const append = () => server.prepare(`insert into updates (doc, seq, data, actor, at) values (?, 1000, ?, 'x', 0)`).run(name, updates[0]!)
  let appended = false
  const sqlite = new Proxy(here.store.sqlite, {
    get: (target, key) => key !== 'prepare' ? Reflect.get(target, key) : (query: string) => {
      if (!appended && query.includes(' from updates where')) {
        appended = true
        queueMicrotask(append)
      }
      return target.prepare(query)
    },
  })
  await rebuild({ ...here.store, sqlite })
  server.close()
  expect(await titles()).toEqual(['Renamed meanwhile', ...here.missions.slice(1).map((mission) => `Title of ${mission}`)])
})

test('a rebuild that another process locks out changes nothing, and can be tried again', async () => {
  await here.store.db.updateTable('missions').set({ title: 'stale' }).execute()
  const other = new DatabaseSync(databaseFile(here.dataDir))
  here.store.sqlite.exec('pragma busy_timeout = 0')
  other.exec('begin immediate')
  await expect(rebuild(here.store)).rejects.toThrow('database is locked')
  expect(new Set(await titles())).toEqual(new Set(['stale']))
  other.exec('commit')
  other.close()
  expect(await rebuild(here.store)).toMatchObject({ changed: 10, failed: [] })
})
