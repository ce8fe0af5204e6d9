import type { ActorId, WorkspaceId } from '#lib/board/ids.ts'
import { createAuth, type Auth } from '../../server/auth/auth.ts'
import type { Refusal } from '../../server/auth/refusal.ts'
import { openStore, type Store } from '../../server/store/database.ts'
import { removeFolder, temporaryFolder } from './server.ts'

export type TestAuth = {
  auth: Auth
  store: Store
  dataDir: string
  clock: { now: number }
  /** What was told to the outside, in order. */
  told: ({ access: ActorId | null } | { directory: WorkspaceId })[]
  end: () => Promise<void>
}

/** The real thing on a database of its own, with a clock that stands still. */
export async function temporaryAuth({ secureCookies = false } = {}): Promise<TestAuth> {
  const dataDir = temporaryFolder('auth')
  const store = await openStore(dataDir, 'process')
  const clock = { now: Date.UTC(2026, 0, 5, 9) }
  const told: TestAuth['told'] = []
  const auth = createAuth({
    db: store.db,
    secureCookies,
    now: () => clock.now,
    onAccessChanged: ({ actorId }) => { told.push({ access: actorId }) },
    onDirectoryChanged: (workspaceId) => { told.push({ directory: workspaceId }) },
  })
  const end = async () => {
    await store.close()
    removeFolder(dataDir)
  }
  return { auth, store, dataDir, clock, told, end }
}

/** The outcome of what must have succeeded. */
export function succeeded<Done extends { ok: true }>(outcome: Done | Refusal): Done {
  if (!outcome.ok) throw new Error(`Refused: ${outcome.message}`)
  return outcome
}

export const ann = { name: 'Harbour', ownerName: 'Ann', email: 'ann@example.com', password: 'correct horse' }

export const workspaceOfAnn = async (auth: Auth) => succeeded(await auth.createFirstWorkspace(ann))
