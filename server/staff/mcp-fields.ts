import { refuse, type Refusal } from '../auth/refusal.ts'

export type McpFields = {
  name?: string
  transport?: 'stdio' | 'http'
  command?: string
  args?: string[]
  url?: string
  secrets?: Record<string, string>
  enabled?: boolean
}

const longest = { command: 1_000, arg: 4_000, url: 2_000, secret: 10_000 }
const [mostArgs, mostSecrets] = [100, 50]
const control = /[\p{Cc}]/u

/** What an owner says of a server of tools; each field by itself. */
export function readMcpFields(fields: Readonly<Record<string, unknown>>): { ok: true; fields: McpFields } | Refusal {
  const read: McpFields = {}
  const { name, transport, command, args, url, secrets, enabled } = fields
  if (name !== undefined) {
    // It is part of what models call its tools by.
    if (typeof name !== 'string' || !/^[a-z0-9][a-z0-9_-]{0,31}$/.test(name)) return refuse('invalid', 'The name is 1 to 32 small letters, digits, - or _, and begins with a letter or digit.', 'name')
    read.name = name
  }
  if (transport !== undefined) {
    if (transport !== 'stdio' && transport !== 'http') return refuse('invalid', '"transport" must be stdio or http.', 'transport')
    read.transport = transport
  }
  if (command !== undefined) {
    if (typeof command !== 'string' || command.trim() === '' || command.length > longest.command || control.test(command)) return refuse('invalid', 'The command is the name or path of a program, on one line.', 'command')
    read.command = command.trim()
  }
  if (args !== undefined) {
    if (!Array.isArray(args) || args.length > mostArgs || !args.every((arg): arg is string => typeof arg === 'string' && arg.length <= longest.arg && !arg.includes('\0'))) {
      return refuse('invalid', `The arguments are a list of at most ${mostArgs} texts.`, 'args')
    }
    read.args = args
  }
  if (url !== undefined) {
    const parsed = typeof url === 'string' && url.length <= longest.url ? URL.parse(url) : null
    if (!parsed || !/^https?:$/.test(parsed.protocol) || parsed.username || parsed.password) return refuse('invalid', 'The address must look like https://tools.example.com/mcp, without a name or password in it.', 'url')
    read.url = parsed.href
  }
  if (secrets !== undefined) {
    const pairs = typeof secrets === 'object' && secrets !== null && !Array.isArray(secrets) ? Object.entries(secrets) : null
    if (!pairs || pairs.length > mostSecrets) return refuse('invalid', `"secrets" must be an object of at most ${mostSecrets} names with their values.`, 'secrets')
    for (const [secret, value] of pairs) {
      if (!/^[A-Za-z0-9_-]{1,200}$/.test(secret)) return refuse('invalid', `“${secret.slice(0, 50)}” is no name of a header or of a variable.`, 'secrets')
      if (typeof value !== 'string' || value.length > longest.secret || /[\0\r\n]/.test(value)) return refuse('invalid', `The value of ${secret} must be a text on one line.`, 'secrets')
    }
    read.secrets = Object.fromEntries(pairs) as Record<string, string>
  }
  if (enabled !== undefined) {
    if (typeof enabled !== 'boolean') return refuse('invalid', '"enabled" must be true or false.', 'enabled')
    read.enabled = enabled
  }
  return { ok: true, fields: read }
}
