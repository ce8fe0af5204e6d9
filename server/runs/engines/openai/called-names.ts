import type { Tool } from '../../tools/tool.ts'

/** The name under which a model calls a tool: other letters than these are refused by some providers. */
const calledName = (name: string) => name.replaceAll('/', '__').replace(/[^a-zA-Z0-9_-]/g, '_').slice(0, 64)

/** Tools by the name under which the model calls them, each its own. */
export function byCalledName(offered: readonly Tool[]): Map<string, Tool> {
  const tools = new Map<string, Tool>()
  for (const tool of offered) {
    const name = calledName(tool.name)
    let free = name
    for (let n = 2; tools.has(free); n += 1) free = `${name.slice(0, 60)}_${n}`
    tools.set(free, tool)
  }
  return tools
}
