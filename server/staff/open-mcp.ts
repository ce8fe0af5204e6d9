import type { Client } from '@modelcontextprotocol/sdk/client/index.js'
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js'
import { tmpdir } from 'node:os'
import type { McpAccess } from './mcp-row.ts'
import { withoutSecrets } from '../without-secrets.ts'

type McpOpened =
  | { ok: true; client: Client; close(): Promise<void> }
  /** In words for people, and without what is secret. */
  | { ok: false; message: string }

/** What a program last wrote before it ended is what people need to know, and seldom more than this. */
const keptStderr = 2_000

/** Starts a server of tools, or calls one, and greets it. The packages for it are loaded only now: few processes need them. */
export async function openMcp(access: McpAccess, { signal, timeoutMs }: { signal?: AbortSignal; timeoutMs: number }): Promise<McpOpened> {
  const { Client } = await import('@modelcontextprotocol/sdk/client/index.js')
  const client = new Client({ name: 'missions', version: '1' })
  const { transport, written } = access.transport === 'stdio' ? await program(access) : { transport: await address(access), written: () => '' }
  try {
    await client.connect(transport, { timeout: timeoutMs, ...signal && { signal } })
    return { ok: true, client, close: () => client.close() }
  } catch (error) {
    await client.close().catch(() => {})
    return { ok: false, message: mcpWords(access, error, written()) }
  }
}

async function program({ command, args, env }: Extract<McpAccess, { transport: 'stdio' }>): Promise<{ transport: Transport; written: () => string }> {
  const { StdioClientTransport } = await import('@modelcontextprotocol/sdk/client/stdio.js')
  // Of our own environment it gets what every program needs, and none of our keys.
  const transport = new StdioClientTransport({ command, args: [...args], env: { ...env }, stderr: 'pipe', cwd: tmpdir() })
  let text = ''
  transport.stderr?.on('data', (chunk: Buffer) => {
    text = (text + chunk.toString()).slice(-keptStderr)
  })
  return { transport, written: () => text.trim() }
}

async function address({ url, headers }: Extract<McpAccess, { transport: 'http' }>): Promise<Transport> {
  const { StreamableHTTPClientTransport } = await import('@modelcontextprotocol/sdk/client/streamableHttp.js')
  // Its secrets are for this address, and follow no redirect.
  return new StreamableHTTPClientTransport(new URL(url), { requestInit: { headers: { ...headers }, redirect: 'error' } }) as Transport
}

/** What went wrong with a server of tools. */
export function mcpWords(access: McpAccess, error: unknown, written = ''): string {
  const words = access.transport === 'stdio' ? programWords(access.command, error, written) : addressWords(access.url, error)
  return withoutSecrets(words, Object.values(access.transport === 'stdio' ? access.env : access.headers))
}

function programWords(command: string, error: unknown, written: string): string {
  const { code, message } = error as { code?: string | number; message?: string }
  if (code === 'ENOENT') return `There is no program “${command}” on this machine.`
  if (code === 'EACCES') return `The program “${command}” may not be run.`
  return `“${command}” did not answer as a tool server: ${message ?? String(error)}${written ? `\nIt wrote: ${written}` : ''}`
}

function addressWords(url: string, error: unknown): string {
  const { message, cause, code } = error as { message?: string; cause?: { code?: string; message?: string }; code?: number | string }
  const { host } = new URL(url)
  if (cause?.code === 'ECONNREFUSED') return `Nobody listens at ${host}.`
  if (cause?.code === 'ENOTFOUND' || cause?.code === 'EAI_AGAIN') return `There is no host ${host}, as far as this machine knows.`
  if (cause?.message === 'unexpected redirect') return `${host} sends callers on to another address. Give that one.`
  if (code === 401 || code === 403) return `${host} refuses the connection (${code}): ${message ?? ''}`.trim()
  return `${host} did not answer as a tool server: ${cause?.message ?? message ?? String(error)}`
}
