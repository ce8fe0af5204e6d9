import { DatabaseSync, type SQLInputValue } from 'node:sqlite'
import { Kysely, SqliteDialect } from 'kysely'
import { Migrator } from 'kysely/migration'
import { expect, test } from 'vitest'
import { removeFolder, temporaryFolder } from '../../tests/support/server.ts'
import { databaseFile, openStore } from './database.ts'
import { migrations } from './migrations.ts'

/** The database as the version before left it: with files of missions, the newest of several versions deleted. */
async function leftBefore(dataDir: string) {
  const sqlite = new DatabaseSync(databaseFile(dataDir), { enableForeignKeyConstraints: true })
  const db = new Kysely<never>({
    dialect: new SqliteDialect({
      database: {
        close: () => {},
        prepare(query) {
          const statement = sqlite.prepare(query)
          const values = (given: readonly unknown[]) => given as SQLInputValue[]
          return { reader: statement.columns().length > 0, all: (given) => statement.all(...values(given)), run: (given) => statement.run(...values(given)), iterate: (given) => statement.iterate(...values(given)) as IterableIterator<unknown> }
        },
      },
    }),
  })
  const { error } = await new Migrator({ db, provider: { getMigrations: async () => migrations } }).migrateTo('0002_checksums_document_owners_access_revision')
  if (error) throw error
  sqlite.exec(`
    insert into workspaces (id, name, created_at) values ('w', 'Harbour', 1);
    insert into files values ('plan', 'w', 'm', 'attachment', 'plan.md', 2, null), ('old', 'w', 'm', 'artifact', 'old.md', 3, 9);
    insert into file_versions values ('plan', 1, 'aa', 5, 'text/markdown', 'ann', null, 2), ('old', 1, 'bb', 6, 'text/markdown', 'bot', 'run', 3)`)
  sqlite.close()
}

test('files of before belong to their missions still, with their versions, and rows refer to what is there', async () => {
  const dataDir = temporaryFolder('files-migration')
  await leftBefore(dataDir)
  const store = await openStore(dataDir, 'process')
  expect(await store.db.selectFrom('files').selectAll().orderBy('id').execute()).toEqual([
    { id: 'old', workspace_id: 'w', mission_id: 'm', project_id: null, chat_id: null, kind: 'artifact', name: 'old.md', created_at: 3, deleted_at: 9, deleted_by: null },
    { id: 'plan', workspace_id: 'w', mission_id: 'm', project_id: null, chat_id: null, kind: 'attachment', name: 'plan.md', created_at: 2, deleted_at: null, deleted_by: null },
  ])
  expect(await store.db.selectFrom('file_versions').selectAll().orderBy('file_id').execute()).toMatchObject([{ file_id: 'old', hash: 'bb', run_id: 'run' }, { file_id: 'plan', hash: 'aa', run_id: null }])
  expect(store.sqlite.prepare('pragma foreign_key_check').all()).toEqual([])
  const version = (file: string) => () => store.sqlite.exec(`insert into file_versions values ('${file}', 2, 'cc', 1, 'text/plain', 'ann', null, 4)`)
  expect(version('nobody')).toThrow(/FOREIGN KEY/)
  expect(version('plan')).not.toThrow()
  const file = (...owner: readonly [mission: string, project: string, chat: string]) => () =>
    store.sqlite.exec(`insert into files (id, workspace_id, mission_id, project_id, chat_id, kind, name, created_at) values ('f${owner.join('')}', 'w', ${owner.join(', ')}, 'attachment', 'x', 1)`)
  expect(file('null', 'null', 'null')).toThrow(/CHECK/)
  expect(file('1', '2', 'null')).toThrow(/CHECK/)
  expect(file('1', 'null', '2')).toThrow(/CHECK/)
  expect(file('null', '3', 'null')).not.toThrow()
  expect(file('null', 'null', '4')).not.toThrow()
  await store.close()
  removeFolder(dataDir)
})
