import { isToolName, toolTable } from '#lib/board/tools.ts'

/** What a tool is called: ours by its title, one of a server as `server: tool`. */
export const toolTitle = (tool: string): string => (isToolName(tool) ? toolTable[tool].title : tool.includes('/') ? tool.replace('/', ': ') : tool)

/** What a call of it would do, for whoever decides. */
export const toolDoes = (tool: string): string =>
  isToolName(tool) ? toolTable[tool].does : tool.includes('/') ? 'A tool of a server outside this workspace.' : ''
