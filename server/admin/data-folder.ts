import { existsSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { DatabaseSync } from 'node:sqlite'
import * as Y from 'yjs'
import { createActivity, type Activity } from '../activity/activity.ts'
import { anAdministrator } from '../activity/happening.ts'
import { createAuth, type Auth } from '../auth/auth.ts'
import type { Workspace } from '../auth/workspaces.ts'
import { databaseFile, openStore, type Store } from '../store/database.ts'
import { Failure } from './command.ts'

/** The database of a data folder; a Failure where there is none, so that a mistyped folder is not taken for an empty one. */
export function requireDatabase(dataDir: string): string {
  const file = databaseFile(dataDir)
  if (!existsSync(file)) throw new Failure('no_data', `There is no database in ${dataDir}. Set DATA_DIR to the data folder of Missions.`)
  return file
}

/** A connection that cannot change anything, for what looks on beside a running server. */
export const openReadOnly = (file: string) => new DatabaseSync(file, { readOnly: true, timeout: 5_000 })

export async function withStore<Answer>(dataDir: string, work: (store: Store) => Promise<Answer>): Promise<Answer> {
  requireDatabase(dataDir)
  const store = await openStore(dataDir, 'process')
  // A server waits for others without standing still; a command may.
  store.sqlite.exec('pragma busy_timeout = 5000')
  try {
    return await work(store)
  } finally {
    await store.close()
  }
}

/** What a command does is recorded as an administrator's, who needs no board for its names. */
export const activityOf = ({ db }: Store): Activity => createActivity({
  db, now: Date.now, tell: () => {},
  log: { error: reportTo('not recorded'), warn: () => {} },
  board: async (_workspaceId, read) => read(new Y.Doc()),
})
const reportTo = (what: string) => (about: object) => process.stderr.write(`Activity ${what}: ${String((about as { err?: unknown }).err ?? '')}\n`)

/** A server that runs beside sees that the database changed, and reads again who is where. */
async function withAuthOf<Answer>(store: Store, work: (auth: Auth) => Promise<Answer>): Promise<Answer> {
  const activity = activityOf(store)
  try {
    return await work(createAuth({ db: store.db, secureCookies: false, now: Date.now, record: activity.record, otherwise: anAdministrator, onAccessChanged: () => {}, onDirectoryChanged: () => {} }))
  } finally {
    await activity.settled()
  }
}

export const withAuth = <Answer>(dataDir: string, work: (auth: Auth) => Promise<Answer>): Promise<Answer> =>
  withStore(dataDir, (store) => withAuthOf(store, work))

export const withStoreAndAuth = <Answer>(dataDir: string, work: (store: Store, auth: Auth) => Promise<Answer>): Promise<Answer> =>
  withStore(dataDir, (store) => withAuthOf(store, (auth) => work(store, auth)))

/** As `withAuth`, also in a folder that does not exist yet. */
export async function withNewOrExistingAuth<Answer>(dataDir: string, work: (auth: Auth) => Promise<Answer>): Promise<Answer> {
  await mkdir(dataDir, { recursive: true })
  const store = await openStore(dataDir, 'process')
  try {
    return await withAuthOf(store, work)
  } finally {
    await store.close()
  }
}

/** The one that is meant by an id, which counts before names, or by a name. */
function only<Found extends Workspace>(found: readonly Found[], idOrName: string, kind: string): Found {
  const named = found.find(({ id }) => id === idOrName)
  const [workspace, ...others] = named ? [named] : found
  if (!workspace) throw new Failure('not_found', `There is no ${kind} with the id or name "${idOrName}".`)
  if (others.length > 0) throw new Failure('ambiguous', `Several ${kind}s have the name "${idOrName}". Give the id of one: ${found.map(({ id }) => id).join(', ')}.`)
  return workspace
}

export const requireWorkspace = async (auth: Auth, idOrName: string): Promise<Workspace> =>
  only(await auth.findWorkspaces(idOrName), idOrName, 'workspace')

export const requireDeletedWorkspace = async (auth: Auth, idOrName: string): Promise<Workspace & { deletedAt: number }> =>
  only(await auth.findDeletedWorkspaces(idOrName), idOrName, 'deleted workspace')
