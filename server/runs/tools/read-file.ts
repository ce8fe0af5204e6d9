import { z } from 'zod'
import { plainText } from '../../files/extract/file-text.ts'
import { isSeen } from '../engines/openai/pictures.ts'
import type { Api } from '../worker/api.ts'
import type { MissionFiles } from './mission-files.ts'
import { defineTool, failed, type Call, type ToolOutcome } from './tool.ts'

/** How much of a file one call reads, in characters. */
const pageLength = 40_000

const args = z.object({
  file: z.string().min(1).max(400).describe('Id of the file, or its name if it is on the mission'),
  from: z.number().int().min(1).optional().describe('Character to begin with, counted from 1; a long file is read piece by piece'),
})

type Reading = { files: MissionFiles; api: Pick<Api, 'text'> }

async function read({ files, api }: Reading, { file: named, from = 1 }: z.output<typeof args>, { signal }: Call): Promise<ToolOutcome> {
  const file = await files.find(named, signal)
  if (!file) return failed(`There is no file ${JSON.stringify(named.slice(0, 200))}.`)
  const { id, name, type, size, version } = file
  if (isSeen(file)) return { ok: true, text: `${name} is a picture (${type}, ${size} bytes): it is shown to you next.`, pictures: [{ file: id, version, name, type }] }
  const read = await api.text(id, version, signal)
  if (!read) return failed(`${name} (${type}, ${size} bytes) has no text that could be read.`)
  if (!read.ok) return failed(`${name} ${read.reason}.`)
  const text = plainText(read.text)
  if (from > text.length) return failed(`${name} has ${text.length} characters.`)
  const piece = text.slice(from - 1, from - 1 + pageLength)
  const to = from - 1 + piece.length
  const rest = to < text.length ? ` Read on with from: ${to + 1}.` : ''
  const notes = read.text.notes.length > 0 ? ` It ${read.text.notes.join('; ')}.` : ''
  return { ok: true, material: `${name}, version ${version}`, text: `[Characters ${from} to ${to} of ${text.length}.${rest}${notes}]\n${piece}` }
}

export const readAttachment = (reading: Reading) => defineTool({
  name: 'read_attachment', args,
  told: 'Reads a file that a person put on the mission or its project: the text of PDF, Office files, tables, pages and plain text; pictures are shown to you.',
  carryOut: (given, call) => read(reading, given, call),
})

export const readArtifact = (reading: Reading) => defineTool({
  name: 'read_artifact', args,
  told: 'Reads a file that a run left, on this mission or, by its id, on another one; pictures are shown to you.',
  carryOut: (given, call) => read(reading, given, call),
})
