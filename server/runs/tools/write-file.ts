import { z } from 'zod'
import type { RunOutput } from '../engine.ts'
import { defineTool, said } from './tool.ts'

const types: Record<string, string> = {
  md: 'text/markdown', txt: 'text/plain', csv: 'text/csv', tsv: 'text/tab-separated-values', json: 'application/json', html: 'text/html', svg: 'image/svg+xml', xml: 'application/xml',
}

/** In characters. */
const longest = 4_000_000

export const writeFile = (output: Pick<RunOutput, 'artifact'>) => defineTool({
  name: 'write_file',
  told: 'Leaves a text file on the mission, for people to open and review: Markdown, CSV, HTML, JSON or code. The same name again makes a new version of the file.',
  args: z.object({
    name: z.string().min(1).max(200).describe('File name with its ending, such as findings.md'),
    content: z.string().min(1).max(longest).describe('The whole content of the file'),
  }),
  async carryOut({ name, content }, { id: call }) {
    const ending = /\.([a-z0-9]+)$/i.exec(name)?.[1]?.toLowerCase() ?? ''
    const { id, version } = await output.artifact({ name, type: types[ending] ?? 'text/plain', bytes: new TextEncoder().encode(content.toWellFormed()), call })
    return said(`Wrote ${name} (file ${id}, version ${version}, ${content.length} characters).`)
  },
})
