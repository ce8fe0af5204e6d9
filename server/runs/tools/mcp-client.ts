import type { CallToolResult, Tool } from '@modelcontextprotocol/sdk/types.js'
import { mcpWords, openMcp } from '../../staff/open-mcp.ts'
import type { McpTask } from '../protocol.ts'

export type McpConnection = {
  tools: readonly Tool[]
  call(tool: string, args: Record<string, unknown>, signal: AbortSignal): Promise<CallToolResult>
  close(): Promise<void>
}

const connectMs = 20_000
const callMs = 120_000
const mostTools = 500

/** Connects to a server of tools, started here or asked over HTTP, and lists its tools. Rejects in words for people. */
export async function connectMcp(task: McpTask, signal: AbortSignal): Promise<McpConnection> {
  const opened = await openMcp(task, { signal, timeoutMs: connectMs })
  signal.throwIfAborted()
  if (!opened.ok) throw new Error(opened.message)
  const { client, close } = opened
  try {
    const tools: Tool[] = []
    let cursor: string | undefined
    do {
      const page = await client.listTools(cursor ? { cursor } : {}, { signal, timeout: connectMs })
      tools.push(...page.tools)
      cursor = page.nextCursor
    } while (cursor && tools.length < mostTools)
    return {
      tools,
      call: async (name, args, until) => await client.callTool({ name, arguments: args }, undefined, { signal: until, timeout: callMs, resetTimeoutOnProgress: true }) as CallToolResult,
      close,
    }
  } catch (error) {
    await close().catch(() => {})
    signal.throwIfAborted()
    throw new Error(mcpWords(task, error), { cause: error })
  }
}
