import { ErrorCode, McpError } from '@modelcontextprotocol/sdk/types.js'
import { withoutSecrets } from '../../without-secrets.ts'
import type { RunOutput } from '../engine.ts'
import { seenTypes } from '../engines/openai/pictures.ts'
import type { McpTask } from '../protocol.ts'
import { connectMcp, type McpConnection } from './mcp-client.ts'
import { failed, type Picture, type Tool, type ToolOutcome } from './tool.ts'

const mostPictures = 4

/** The tools of the servers that an owner set up, as far as they were given to the staff member. A server that does not answer is said, and does without. */
export async function openMcpTools(tasks: readonly McpTask[], output: RunOutput, signal: AbortSignal): Promise<{ tools: Tool[]; close: () => Promise<void> }> {
  const servers = await Promise.all(tasks.map(async (task) => {
    const server = mcpServer(task, signal)
    try {
      const { tools } = await server.connected()
      return { server, tools: tools.filter(({ name }) => task.tools.includes(name)).map((tool) => toolOf(task, tool, server, output)) }
    } catch (error) {
      signal.throwIfAborted()
      await output.log('warning', `The tools of ${task.name} are not there: ${wordsOf(error, task)}`)
      return { server, tools: [] }
    }
  }))
  return {
    tools: servers.flatMap(({ tools }) => tools),
    close: async () => void await Promise.all(servers.map(({ server }) => server.close())),
  }
}

const longestWords = 600
const wordsOf = (error: unknown, task: McpTask) =>
  withoutSecrets(error instanceof Error ? error.message : String(error), Object.values(task.transport === 'stdio' ? task.env : task.headers)).slice(0, longestWords)

type Server = ReturnType<typeof mcpServer>

/** A connection that is made again after it was lost. */
function mcpServer(task: McpTask, signal: AbortSignal) {
  let connection: Promise<McpConnection> | null = null
  const connected = () => {
    const current = connection ??= connectMcp(task, signal)
    current.catch(() => {
      if (connection === current) connection = null
    })
    return current
  }
  return {
    connected,
    lost() {
      const gone = connection
      connection = null
      gone?.then((open) => open.close()).catch(() => {})
    },
    close: async () => {
      const open = connection
      connection = null
      await open?.then((each) => each.close()).catch(() => {})
    },
  }
}

function toolOf(task: McpTask, { name, title, description, inputSchema }: McpConnection['tools'][number], connection: Server, output: RunOutput): Tool {
  const { name: server } = task
  return {
    name: `${server}/${name}`,
    title: `${title ?? name} (${server})`,
    effect: 'outside',
    told: (description ?? title ?? name).slice(0, 4_000),
    parameters: { ...inputSchema },
    check: (args) => (typeof args === 'object' && args !== null && !Array.isArray(args) ? { ok: true, args } : { ok: false, message: 'The arguments must be a JSON object.' }),
    async carryOut(args, { id: call, signal }) {
      let answer: Awaited<ReturnType<McpConnection['call']>>
      try {
        answer = await (await connection.connected()).call(name, args as Record<string, unknown>, signal)
      } catch (error) {
        signal.throwIfAborted()
        const refused = error instanceof McpError && error.code !== ErrorCode.ConnectionClosed && error.code !== ErrorCode.RequestTimeout
        // A server that died is started again by the next call.
        if (!refused) connection.lost()
        return failed(`${server} ${refused ? 'refused' : 'did not answer'}: ${wordsOf(error, task)}`)
      }
      return await outcomeOf(`${server}/${name}`, answer, (file) => output.artifact({ ...file, call }))
    },
  }
}

/** What a server answered: its text, and pictures as files of the mission, so that people see them too. */
async function outcomeOf(tool: string, { content, structuredContent, isError }: Awaited<ReturnType<McpConnection['call']>>, keep: RunOutput['artifact']): Promise<ToolOutcome> {
  const texts: string[] = []
  const pictures: Picture[] = []
  for (const part of content ?? []) {
    if (part.type === 'text') texts.push(part.text)
    else if (part.type === 'resource' && 'text' in part.resource) texts.push(part.resource.text)
    else if (part.type === 'resource_link') texts.push(`${part.name}: ${part.uri}`)
    else if (part.type === 'image' && seenTypes.includes(part.mimeType) && pictures.length < mostPictures) {
      const name = `${tool.split('/').at(-1)?.replace(/[^\w-]+/g, '-') ?? 'picture'}-${pictures.length + 1}.${part.mimeType.slice(6)}`
      const { id, version } = await keep({ name, type: part.mimeType, bytes: Buffer.from(part.data, 'base64') })
      pictures.push({ file: id, version, name, type: part.mimeType })
      texts.push(`[A picture, kept as ${name}.]`)
    } else texts.push(`[Something of the kind ${part.type}, which is not kept.]`)
  }
  if (texts.length === 0 && structuredContent) texts.push(JSON.stringify(structuredContent))
  return { ok: !isError, material: `result of ${tool}`, text: texts.join('\n\n') || '(It answered with nothing.)', ...pictures.length > 0 ? { pictures } : {} }
}
