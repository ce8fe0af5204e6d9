import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { SSEClientTransport } from '@modelcontextprotocol/sdk/client/sse.js'
import { getDefaultEnvironment, StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js'
import { StreamableHTTPClientTransport, StreamableHTTPError } from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js'
import type { CallToolResult, Tool } from '@modelcontextprotocol/sdk/types.js'
import type { McpTask } from '../protocol.ts'
import { ourVersion } from '../worker/our-version.ts'

type Reached = McpTask extends infer Task ? Task extends McpTask ? Omit<Task, 'tools' | 'id'> : never : never

export type McpConnection = {
  tools: readonly Tool[]
  call(tool: string, args: Record<string, unknown>, signal: AbortSignal): Promise<CallToolResult>
  close(): Promise<void>
}

const connectMs = 20_000
const callMs = 120_000
const mostTools = 500
const longestWords = 600

/**
 * Connects to a server of tools, started here or asked over HTTP, and lists its tools. One that is started sees of our environment only what
 * any program needs, and what its owner gave it. Rejects with what it said last.
 */
export async function connectMcp(server: Reached, signal: AbortSignal): Promise<McpConnection> {
  let printed = ''
  const within = { signal, timeout: connectMs }
  async function connected(transport: Transport): Promise<Client> {
    const client = new Client({ name: 'missions', version: ourVersion })
    try {
      await client.connect(transport, within)
      return client
    } catch (error) {
      await client.close().catch(() => {})
      throw error
    }
  }
  const reach = async (): Promise<Client> => {
    if (server.transport === 'stdio') {
      const transport = new StdioClientTransport({ command: server.command, args: [...server.args], env: { ...getDefaultEnvironment(), ...server.env }, stderr: 'pipe' })
      transport.stderr?.on('data', (piece: Buffer) => {
        printed = (printed + piece.toString()).slice(-longestWords)
      })
      return await connected(transport)
    }
    const url = new URL(server.url)
    const requestInit = { headers: { ...server.headers } }
    try {
      return await connected(new StreamableHTTPClientTransport(url, { requestInit }))
    } catch (error) {
      // Servers of before 2025 speak another transport, and refuse this one.
      if (!(error instanceof StreamableHTTPError) || ![400, 404, 405].includes(error.code ?? 0)) throw error
      return await connected(new SSEClientTransport(url, { requestInit }))
    }
  }
  try {
    const client = await reach()
    const tools: Tool[] = []
    let cursor: string | undefined
    do {
      const page = await client.listTools(cursor ? { cursor } : {}, within)
      tools.push(...page.tools)
      cursor = page.nextCursor
    } while (cursor && tools.length < mostTools)
    return {
      tools,
      call: async (name, args, until) => await client.callTool({ name, arguments: args }, undefined, { signal: until, timeout: callMs, resetTimeoutOnProgress: true }) as CallToolResult,
      close: () => client.close(),
    }
  } catch (error) {
    signal.throwIfAborted()
    throw new Error(`${wordsOf(error)}${printed ? ` It printed: ${printed.trim()}` : ''}`, { cause: error })
  }
}

export const wordsOf = (error: unknown) => {
  const words = error instanceof Error ? error.message : String(error)
  const cause = error instanceof Error && error.cause instanceof Error ? ` (${error.cause.message})` : ''
  return `${words}${cause}`.slice(0, longestWords)
}
