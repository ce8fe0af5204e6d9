import type { Page } from '@playwright/test'
import type * as Y from 'yjs'
import { createMission } from '#lib/board/edits.ts'
import type { ActorId, MissionId, RunId, WorkspaceId } from '#lib/board/ids.ts'
import type { Staff } from '#lib/board/staff.ts'
import type { ListedRun } from '#lib/staff/answers.ts'
import { boardDocument } from '#lib/sync/document-names.ts'
import { newId } from '../../server/new-id.ts'
import { connect } from './client.ts'
import type { RunningServer } from './server.ts'
import { expect } from './test.ts'

/** What tests of staff do over the API, as whoever is signed in on a page. */
export function staffed(page: Page, server: RunningServer, { workspaceId, ownerId }: { workspaceId: WorkspaceId; ownerId: ActorId }) {
  const api = `${server.url}/api/v1`
  const call = async <T>(method: 'GET' | 'POST' | 'PUT' | 'PATCH', path: string, data?: unknown): Promise<T> => {
    const response = await page.request.fetch(`${api}/${path}`, { method, ...data !== undefined && { data } })
    expect(response.ok(), `${method} ${path}: ${response.status()} ${await response.text()}`).toBe(true)
    return await response.json() as T
  }
  /** Edits the board as that person. */
  async function edit(work: (board: Y.Doc) => void) {
    const cookies = await page.context().cookies()
    const board = connect(server.wsUrl, boardDocument(workspaceId), { headers: { cookie: cookies.map(({ name, value }) => `${name}=${value}`).join('; ') } })
    await board.synced()
    work(board.document)
    await board.acknowledged()
    board.end()
  }
  return {
    call,

    /** Sets the workspace's models to be those of a scripted server. */
    useModels: (baseUrl: string, prices: Record<string, { input: number; output: number }> = {}) =>
      call('PUT', `workspaces/${workspaceId}/engine`, { baseUrl, model: 'standard', apiKey: 'sk-test', prices }),

    employ: async (fields: Partial<Staff> & { name: string }): Promise<Staff> =>
      (await call<{ staff: Staff }>('POST', `workspaces/${workspaceId}/staff`, { engine: 'openai', autonomy: 'autonomous', ...fields })).staff,

    edit,
    async mission(title: string, assigneeId: ActorId): Promise<MissionId> {
      const id = newId<MissionId>()
      await edit((board) => createMission(board, { id, title, assigneeId }, ownerId, Date.now()))
      return id
    },

    start: async (mission: MissionId): Promise<RunId> => (await call<{ run: { id: RunId } }>('POST', `missions/${mission}/runs`, {})).run.id,
    /** The runs of a mission, newest first. */
    runsOf: async (mission: MissionId) => (await call<{ runs: ListedRun[] }>('GET', `workspaces/${workspaceId}/runs`)).runs.filter(({ missionId }) => missionId === mission),
    address: (path: string) => `${server.url}/w/${workspaceId}/${path}`,
  }
}
