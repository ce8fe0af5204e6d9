import type { ActivityKind } from '#lib/activity/entry.ts'
import type { ActorId, WorkspaceId } from '#lib/board/ids.ts'
import type { McpServer, McpTool, Tried } from '#lib/staff/answers.ts'
import type { Transaction } from 'kysely'
import type { Happening } from '../activity/happening.ts'
import { transact } from '../auth/context.ts'
import { refuse, type Refusal } from '../auth/refusal.ts'
import { newId } from '../new-id.ts'
import type { Database } from '../store/database.ts'
import type { Tables } from '../store/tables.ts'
import { readMcpFields, type McpFields } from './mcp-fields.ts'
import { readMcpRow, readMcpSecrets, secretsPlace, type McpRow } from './mcp-row.ts'
import { mcpWords, openMcp } from './open-mcp.ts'
import type { Secrets } from './secrets.ts'

const mostServers = 50
const tryMs = 20_000
const mostToolsListed = 500

/**
 * Servers of tools that owners configure for their workspace. A program is run by an owner's word alone: the caller has asked
 * `can(actor, 'manage', workspace)` for whatever says what to run, and for a try of one that is not enabled.
 */
export function createMcpServers({ db, secrets, now, record }: { db: Database; secrets: Secrets; now: () => number; record: (happening: Happening) => void }) {
  const find = (id: string) => db.selectFrom('mcp_servers').selectAll().where('id', '=', id).executeTakeFirst()

  const note = (kind: ActivityKind, { id, name, workspace_id }: McpRow, by: ActorId) =>
    record({ workspaceId: workspace_id, kind, actor: { kind: 'person', id: by }, subject: { kind: 'workspace', id: workspace_id }, projectId: null, details: { to: name }, topic: `${kind} ${id}` })

  function told(row: McpRow): McpServer {
    const [command = '', ...args] = row.transport === 'stdio' ? JSON.parse(row.address) as string[] : []
    return {
      id: row.id, name: row.name, transport: row.transport, command, args, url: row.transport === 'http' ? row.address : '',
      secretNames: Object.keys(readMcpSecrets(row, secrets) ?? {}), enabled: row.enabled === 1,
    }
  }

  const sealed = (id: string, values: Readonly<Record<string, string>>) => (Object.keys(values).length > 0 ? secrets.encrypt(JSON.stringify(values), secretsPlace(id)) : null)

  const isTaken = async (on: Database, workspaceId: WorkspaceId, name: string, except: string) =>
    await on.selectFrom('mcp_servers').select('id').where('workspace_id', '=', workspaceId).where('name', '=', name).where('id', '<>', except).executeTakeFirst() !== undefined
  const taken = (name: string) => refuse('name_taken', `There is already a tool server called ${name}.`, 'name')

  return {
    find,

    /** Oldest first. */
    list: async (workspaceId: WorkspaceId): Promise<McpServer[]> =>
      (await db.selectFrom('mcp_servers').selectAll().where('workspace_id', '=', workspaceId).orderBy('created_at').orderBy('id').execute()).map(told),

    async add(workspaceId: WorkspaceId, given: Readonly<Record<string, unknown>>, by: ActorId): Promise<{ ok: true; server: McpServer } | Refusal> {
      const read = readMcpFields(given)
      if (!read.ok) return read
      const { name, transport, secrets: values = {}, enabled = true } = read.fields
      if (!name) return refuse('invalid', 'The name is missing.', 'name')
      if (!transport) return refuse('invalid', 'Say whether it is a program (stdio) or an address (http).', 'transport')
      const address = addressOf(transport, read.fields)
      if (!address.ok) return address
      const row: McpRow = {
        id: newId(), workspace_id: workspaceId, name, transport, address: address.address, secrets: null, enabled: enabled ? 1 : 0, created_by: by, created_at: now(),
      }
      row.secrets = sealed(row.id, values)
      const outcome = await transact(db, async (transaction): Promise<{ ok: true } | Refusal> => {
        await transaction.insertInto('mcp_servers').values(row).execute()
        if (await isTaken(transaction, workspaceId, name, row.id)) return taken(name)
        const { length } = await transaction.selectFrom('mcp_servers').select('id').where('workspace_id', '=', workspaceId).execute()
        return length > mostServers ? refuse('too_many', `A workspace may have ${mostServers} tool servers.`) : { ok: true }
      })
      if (!outcome.ok) return outcome
      note('workspace.tool_server_added', row, by)
      return { ok: true, server: told(row) }
    },

    /** `secrets` left out: those that are there stay, unless they would go to another program or host than the one they were given for. */
    async change(id: string, given: Readonly<Record<string, unknown>>, by: ActorId): Promise<{ ok: true; server: McpServer } | Refusal> {
      const read = readMcpFields(given)
      if (!read.ok) return read
      const { fields } = read
      const outcome = await transact(db, async (transaction): Promise<{ ok: true; row: McpRow } | Refusal> => {
        await transaction.updateTable('mcp_servers').set({ id }).where('id', '=', id).execute()
        const before = await transaction.selectFrom('mcp_servers').selectAll().where('id', '=', id).executeTakeFirst()
        if (!before) return refuse('not_found', 'There is no such tool server.')
        const transport = fields.transport ?? before.transport
        const address = addressOf(transport, { ...addressFields(before), ...fields })
        if (!address.ok) return address
        const isElsewhere = transport !== before.transport || (transport === 'http' ? !sameOrigin(address.address, before.address) : address.address !== before.address)
        if (isElsewhere && before.secrets && !fields.secrets) {
          return refuse('invalid', 'What it is started with, or where it is, becomes something else: give its secrets again, or none.', 'secrets')
        }
        const row = await transaction.updateTable('mcp_servers').set({
          name: fields.name ?? before.name, transport, address: address.address, enabled: fields.enabled === undefined ? before.enabled : fields.enabled ? 1 : 0,
          ...fields.secrets && { secrets: sealed(id, fields.secrets) },
        }).where('id', '=', id).returningAll().executeTakeFirstOrThrow()
        if (await isTaken(transaction, row.workspace_id, row.name, id)) return taken(row.name)
        if (row.name !== before.name) await renameTools(transaction, row.workspace_id, (tool) => (tool.startsWith(`${before.name}/`) ? `${row.name}${tool.slice(before.name.length)}` : tool))
        return { ok: true, row }
      })
      if (!outcome.ok) return outcome
      note('workspace.tool_server_changed', outcome.row, by)
      return { ok: true, server: told(outcome.row) }
    },

    /** Takes its tools from all staff as well. */
    async remove(id: string, by: ActorId): Promise<{ ok: true } | Refusal> {
      const outcome = await transact(db, async (transaction): Promise<{ ok: true; row: McpRow } | Refusal> => {
        const row = await transaction.deleteFrom('mcp_servers').where('id', '=', id).returningAll().executeTakeFirst()
        if (!row) return refuse('not_found', 'There is no such tool server.')
        await renameTools(transaction, row.workspace_id, (tool) => (tool.startsWith(`${row.name}/`) ? null : tool))
        return { ok: true, row }
      })
      if (!outcome.ok) return outcome
      note('workspace.tool_server_removed', outcome.row, by)
      return { ok: true }
    },

    /** Starts it, or calls it, asks for its tools, and ends it. */
    async attempt(row: McpRow): Promise<Tried & { tools: McpTool[] }> {
      const access = readMcpRow(row, secrets)
      if (!access) return { ok: false, message: 'Its secrets cannot be read any more, since the key of this installation is another one. Set them again.', tools: [] }
      const began = performance.now()
      const opened = await openMcp(access, { timeoutMs: tryMs })
      if (!opened.ok) return { ...opened, tools: [] }
      try {
        const tools: McpTool[] = []
        for (let cursor: string | undefined; ;) {
          const page = await opened.client.listTools(cursor === undefined ? {} : { cursor }, { timeout: tryMs })
          tools.push(...page.tools.map(({ name, description }) => ({ name, description: description ?? '' })))
          cursor = page.nextCursor
          if (cursor === undefined || tools.length >= mostToolsListed) break
        }
        const server = opened.client.getServerVersion()
        return { ok: true, message: `${server?.title ?? server?.name ?? 'It'} answers, with ${tools.length === 1 ? 'one tool' : `${tools.length} tools`}.`, ms: Math.round(performance.now() - began), tools }
      } catch (error) {
        return { ok: false, message: mcpWords(access, error), tools: [] }
      } finally {
        await opened.close().catch(() => {})
      }
    },
  }
}

export type McpServers = ReturnType<typeof createMcpServers>

function addressOf(transport: 'stdio' | 'http', { command, args = [], url }: McpFields): { ok: true; address: string } | Refusal {
  if (transport === 'http') return url === undefined ? refuse('invalid', 'The address is missing.', 'url') : { ok: true, address: url }
  return command === undefined ? refuse('invalid', 'The command is missing.', 'command') : { ok: true, address: JSON.stringify([command, ...args]) }
}

function addressFields({ transport, address }: McpRow): McpFields {
  if (transport === 'http') return { url: address }
  const [command = '', ...args] = JSON.parse(address) as string[]
  return { command, args }
}

const sameOrigin = (a: string, b: string) => URL.parse(a)?.origin === URL.parse(b)?.origin

/** What staff may use goes by the names of servers; `null` takes a tool away. */
async function renameTools(transaction: Transaction<Tables>, workspaceId: WorkspaceId, name: (tool: string) => string | null) {
  for (const row of await transaction.selectFrom('staff').select(['id', 'tools', 'always_allowed']).where('workspace_id', '=', workspaceId).execute()) {
    const renamed = (list: string) => JSON.stringify((JSON.parse(list) as string[]).map(name).filter((tool) => tool !== null))
    const [tools, always_allowed] = [renamed(row.tools), renamed(row.always_allowed)]
    if (tools !== row.tools || always_allowed !== row.always_allowed) await transaction.updateTable('staff').set({ tools, always_allowed }).where('id', '=', row.id).execute()
  }
}
