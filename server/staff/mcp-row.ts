import type { Selectable } from 'kysely'
import type { McpTask } from '../runs/protocol.ts'
import type { Tables } from '../store/tables.ts'
import type { Secrets } from './secrets.ts'

export type McpRow = Selectable<Tables['mcp_servers']>

/** How a server is reached, with its secrets. */
export type McpAccess = McpTask extends infer Task ? Task extends McpTask ? Omit<Task, 'tools'> : never : never

export const secretsPlace = (id: string) => `mcp/${id}`

/** `null` where its secrets cannot be read any more. */
export function readMcpSecrets({ id, secrets: sealed }: Pick<McpRow, 'id' | 'secrets'>, secrets: Secrets): Record<string, string> | null {
  if (!sealed) return {}
  const text = secrets.decrypt(sealed, secretsPlace(id))
  return text === null ? null : JSON.parse(text) as Record<string, string>
}

export function readMcpRow(row: McpRow, secrets: Secrets): McpAccess | null {
  const own = readMcpSecrets(row, secrets)
  if (!own) return null
  const { id, name, transport, address } = row
  if (transport === 'http') return { id, name, transport, url: address, headers: own }
  const [command = '', ...args] = JSON.parse(address) as string[]
  return { id, name, transport, command, args, env: own }
}

/** Which tools of a server are among those of a staff member, by their own names. */
export const toolsOf = (tools: readonly string[], server: string) =>
  tools.filter((tool) => tool.startsWith(`${server}/`)).map((tool) => tool.slice(server.length + 1))
