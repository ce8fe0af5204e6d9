import type { WorkspaceId } from '#lib/board/ids.ts'
import type { Approvers } from '#lib/board/policy.ts'
import type { Price } from '#lib/board/run-record.ts'
import type { EngineSettings, McpServer, McpTool, Tried, WorkerSeen } from '#lib/staff/answers.ts'
import { callApi } from '#lib/workspace/call-api.ts'

export const readEngine = (workspace: WorkspaceId) => callApi<{ settings: EngineSettings }>('GET', `workspaces/${workspace}/engine`)
/** `apiKey`: absent keeps the one that is stored, `null` takes it away. */
export const writeEngine = (workspace: WorkspaceId, body: { baseUrl: string; model: string; apiKey?: string | null; prices?: Record<string, Price> }) =>
  callApi<{ settings: EngineSettings }>('PUT', `workspaces/${workspace}/engine`, { body })
export const tryEngine = (workspace: WorkspaceId, body: { baseUrl?: string; model?: string; apiKey?: string }) =>
  callApi<Tried>('POST', `workspaces/${workspace}/engine/test`, { body })
export const listModels = (workspace: WorkspaceId) => callApi<{ models: string[] }>('GET', `workspaces/${workspace}/engine/models`)

type NewMcpServer = { name: string; transport: 'stdio' | 'http'; command?: string; args?: string[]; url?: string; secrets?: Record<string, string> }
export const listMcpServers = (workspace: WorkspaceId) => callApi<{ servers: McpServer[] }>('GET', `workspaces/${workspace}/mcp-servers`)
export const addMcpServer = (workspace: WorkspaceId, body: NewMcpServer) => callApi<Record<string, unknown>>('POST', `workspaces/${workspace}/mcp-servers`, { body })
export const changeMcpServer = (server: string, body: Partial<NewMcpServer> & { enabled?: boolean }) => callApi<Record<string, unknown>>('PATCH', `mcp-servers/${server}`, { body })
export const removeMcpServer = (server: string) => callApi<Record<string, unknown>>('DELETE', `mcp-servers/${server}`)
export const listMcpTools = (server: string) => callApi<Tried & { tools: McpTool[] }>('POST', `mcp-servers/${server}/test`, { body: {} })

export const readFetchAllowed = (workspace: WorkspaceId) => callApi<{ hosts: string[] }>('GET', `workspaces/${workspace}/fetch-allowed`)
export const writeFetchAllowed = (workspace: WorkspaceId, hosts: readonly string[]) => callApi<{ hosts: string[] }>('PUT', `workspaces/${workspace}/fetch-allowed`, { body: { hosts } })

export const readApprovers = (workspace: WorkspaceId) => callApi<{ approvers: Approvers }>('GET', `workspaces/${workspace}/approvers`)
export const writeApprovers = (workspace: WorkspaceId, approvers: Approvers) => callApi<{ approvers: Approvers }>('PUT', `workspaces/${workspace}/approvers`, { body: { approvers } })

export const listWorkers = (workspace: WorkspaceId) => callApi<{ workers: WorkerSeen[] }>('GET', `workspaces/${workspace}/workers`)

/** Stops all runs of the workspace and lets none begin, or takes that back. */
export const stopRuns = (workspace: WorkspaceId, stopped: boolean) => callApi<{ stopped: boolean; cancelled: number }>('POST', `workspaces/${workspace}/runs/stop`, { body: { stopped } })
export const whetherStopped = (workspace: WorkspaceId) => callApi<{ stoppedAt: number | null }>('GET', `workspaces/${workspace}/runs?state=active`)
