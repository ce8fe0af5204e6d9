import type { WorkspaceId } from '#lib/board/ids.ts'
import type { StaffEngine } from '#lib/board/staff.ts'
import type { Config } from '../config.ts'
import type { EngineTask, McpTask } from '../runs/protocol.ts'
import type { Database } from '../store/database.ts'
import { createEndpoints } from './endpoints.ts'
import { readMcpRow, toolsOf } from './mcp-row.ts'
import type { Secrets } from './secrets.ts'

/** What a worker is given to drive a run: from the settings of its staff member's workspace, with keys in plain. */
export function createEngineTasks({ db, config, secrets }: { db: Database; config: Pick<Config, 'models'>; secrets: Secrets }) {
  const { endpointOf } = createEndpoints({ db, config, secrets })
  return {
    /** `null`: no endpoint or no model is set, so that it cannot run. `withKey`: for a worker that takes any run of the workspace. */
    async engineOf({ workspace_id, engine, model }: { workspace_id: WorkspaceId; engine: StaffEngine; model: string }, withKey: boolean): Promise<EngineTask | null> {
      // An agent of somebody's own is driven by whatever claims its runs.
      if (engine !== 'openai') return { kind: 'offline' }
      const endpoint = await endpointOf(workspace_id)
      const chosen = model || endpoint?.model
      return endpoint && chosen ? { kind: 'openai', baseUrl: endpoint.baseUrl, apiKey: withKey ? endpoint.apiKey : null, model: chosen, prices: endpoint.prices } : null
    },

    /** The servers of tools that a staff member has tools of; one whose secrets cannot be read is left out. */
    async mcpOf({ workspace_id, tools }: { workspace_id: WorkspaceId; tools: string }): Promise<McpTask[]> {
      const allowed = JSON.parse(tools) as string[]
      if (!allowed.some((tool) => tool.includes('/'))) return []
      const rows = await db.selectFrom('mcp_servers').selectAll().where('workspace_id', '=', workspace_id).where('enabled', '=', 1).orderBy('created_at').orderBy('id').execute()
      return rows.flatMap((row): McpTask[] => {
        const own = toolsOf(allowed, row.name)
        const read = own.length > 0 ? readMcpRow(row, secrets) : null
        return read ? [{ ...read, tools: own }] : []
      })
    },

    async fetchAllowed(workspaceId: WorkspaceId): Promise<string[]> {
      const row = await db.selectFrom('workspaces').select('fetch_allowed').where('id', '=', workspaceId).executeTakeFirst()
      return row ? JSON.parse(row.fetch_allowed) as string[] : []
    },
  }
}

export type EngineTasks = ReturnType<typeof createEngineTasks>
