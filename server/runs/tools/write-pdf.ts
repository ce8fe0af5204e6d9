import { z } from 'zod'
import type { SideThread } from '../beside/side-thread.ts'
import type { RunContext, RunOutput } from '../engine.ts'
import { hasUnknownLetters } from '../look/font-letters.ts'
import { picturesIn, setTypes, type Pictures } from '../look/set-markdown.ts'
import type { MissionFiles } from './mission-files.ts'
import { defineTool, said } from './tool.ts'

const mostPictures = 40
const largestPicture = 20 * 1024 * 1024

export const writePdf = ({ output, beside, files, context }: { output: Pick<RunOutput, 'artifact'>; beside: SideThread; files: MissionFiles; context: Pick<RunContext, 'staff' | 'project' | 'startedAt'> }) => defineTool({
  name: 'write_pdf',
  told: 'Leaves a typeset PDF on the mission. Takes Markdown: headings, paragraphs, lists, tables, quotations, code, and pictures of the mission by file name or id, ![caption](chart.png), as PNG, JPEG or SVG.',
  args: z.object({
    name: z.string().min(1).max(200).describe('File name, such as report.pdf'),
    title: z.string().min(1).max(200).describe('For the foot of each page; the text begins with its own # heading'),
    markdown: z.string().min(1).max(1_000_000),
  }),
  async carryOut({ name, title, markdown }, { id: call, signal }) {
    const pictures: Record<string, Pictures[string]> = {}
    const missing: string[] = []
    for (const address of picturesIn(markdown).slice(0, mostPictures)) {
      const file = await files.find(address, signal)
      if (!file || !setTypes.includes(file.type) || file.size > largestPicture) missing.push(`${address} ${file ? 'cannot be set in a PDF' : 'is not on the mission'}`)
      else pictures[address] = { type: file.type, bytes: await files.read(file, signal) }
    }
    const bytes = await beside.run('setMarkdown', markdown, { title, by: context.staff.name, project: context.project?.name ?? null, at: context.startedAt }, pictures)
    const fileName = /\.pdf$/i.test(name) ? name : `${name}.pdf`
    const { id, version } = await output.artifact({ name: fileName, type: 'application/pdf', bytes, call })
    return said([
      `Wrote ${fileName} (file ${id}, version ${version}).`,
      ...missing.length > 0 ? [`These pictures are not in it: ${missing.join('; ')}.`] : [],
      ...hasUnknownLetters(markdown) ? ['Some letters are not in its font and show as boxes.'] : [],
    ].join(' '))
  },
})
