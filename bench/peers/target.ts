import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createMission } from '#lib/board/edits.ts'
import type { ActorId, MissionId, WorkspaceId } from '#lib/board/ids.ts'
import { boardDocument, missionDocument } from '#lib/sync/document-names.ts'
import { databaseFile } from '../../server/store/database.ts'
import { connect } from '../../tests/support/client.ts'
import { bareEnvironment, removeFolder, startServer, temporaryFolder } from '../../tests/support/server.ts'
import { createToken, createWorkspace } from '../../tests/support/workspace.ts'

/** A server under measurement, with a board in it. */
export type Target = {
  wsUrl: string
  /** Of the board. */
  document: string
  token: string
  /** Whom the token acts as. */
  actor: ActorId
  workspaceId: WorkspaceId
  pid: number
  folder: string
  /** The SQLite file. */
  database: string
  /** Everything printed so far. */
  logs: () => string
  /** How often it stored a whole document; only stock does. */
  stores: () => number
  /** As an operator ends it; resolves with the exit code. */
  stop: () => Promise<number | null>
  /** As a power cut ends it. */
  kill: () => Promise<void>
  /** On the same data and port. */
  restart: () => Promise<void>
  /** Ends it, and deletes its data. */
  end: () => Promise<void>
}

/** Ours, started as `npm start` starts it, with a workspace and a member's token. */
export async function ours(env: Record<string, string> = {}): Promise<Target> {
  const server = await startServer({ env })
  const { workspaceId } = await createWorkspace(server.dataDir)
  const { token, actorId } = await createToken(server.dataDir, workspaceId, 'member')
  return {
    get wsUrl() { return server.wsUrl },
    get pid() { return server.pid },
    document: boardDocument(workspaceId), token, actor: actorId, workspaceId, folder: server.dataDir, database: databaseFile(server.dataDir),
    logs: server.logs, stores: () => 0, stop: server.stop, kill: server.kill, restart: server.restart, end: server.end,
  }
}

/** The stock server; `debounce` in ms is how long it waits before it stores. */
export const stock = ({ debounce = 2_000, env = {} }: { debounce?: number; env?: Record<string, string> } = {}) => {
  const folder = temporaryFolder('stock')
  return program('./stock-hocuspocus.ts', folder, (port) => [folder, String(port), String(debounce)], join(folder, 'stock.db'), env)
}

/** A peer of this folder. It prints its address once it serves, and lets everybody in. */
export async function program(module: string, folder: string, args: (port: number) => string[], database: string, env: Record<string, string>): Promise<Target> {
  let port = 0
  let child: ChildProcess
  let said = ''
  let stores = 0
  async function launch() {
    child = fork(fileURLToPath(new URL(module, import.meta.url)), args(port), {
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'], env: { ...bareEnvironment(), ...env },
    })
    child.stderr?.on('data', (chunk) => { said += chunk })
    child.on('message', (told) => { if (told === 'stored') stores += 1 })
    const [line] = await Promise.race([
      once(child.stdout!, 'data') as Promise<[Buffer]>,
      once(child, 'exit').then(() => { throw new Error(`${module} ended before it served:\n${said}`) }),
    ])
    port = Number(/:(\d+)\s*$/.exec(line.toString())?.[1])
  }
  async function signal(name: 'SIGTERM' | 'SIGKILL') {
    if (child.exitCode !== null || child.signalCode !== null) return
    const exit = once(child, 'exit')
    child.kill(name)
    await exit
  }
  await launch()
  return {
    get wsUrl() { return `ws://127.0.0.1:${port}` },
    get pid() { return child.pid ?? 0 },
    document: 'board/bench', token: 'anyone', actor: 'bench' as ActorId, workspaceId: 'bench' as WorkspaceId, folder, database,
    logs: () => said,
    stores: () => stores,
    stop: async () => {
      await signal('SIGTERM')
      return child.exitCode
    },
    kill: () => signal('SIGKILL'),
    restart: async () => {
      await signal('SIGKILL')
      await launch()
    },
    end: async () => {
      await signal('SIGKILL')
      removeFolder(folder)
    },
  }
}

/** Makes a mission on the board; its own document can be opened from then on. Resolves with that document's name. */
export async function withMission({ wsUrl, document, token, actor }: Target, id = 'measured'): Promise<string> {
  const client = connect(wsUrl, document, { token })
  await client.synced()
  createMission(client.document, { id: id as MissionId, title: 'Measured' }, actor, Date.now())
  await client.acknowledged()
  client.end()
  return missionDocument(id as MissionId)
}
