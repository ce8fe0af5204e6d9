import { z } from 'zod'
import { toolTable, type Effect, type ToolName } from '#lib/board/tools.ts'
import type { FileId } from '#lib/board/ids.ts'

/** A picture that the model is to see: a file of the workspace. */
export type Picture = { file: FileId; version: number; name: string; type: string }

/**
 * What a call came to, in words for the model. `material`: what the text is, where it comes from a file, a person or the web and is data,
 * not a word of ours. `micros`: what the call cost, in millionths of a dollar.
 */
export type ToolOutcome = { ok: boolean; text: string; material?: string; pictures?: readonly Picture[]; micros?: number }

/** What a tool knows of the call that it carries out. */
export type Call = { id: string; signal: AbortSignal }

export type Checked = { ok: true; args: unknown } | { ok: false; message: string }

export type Tool = {
  /** As people know it. */
  name: string
  /** For people, in the log and where they are asked. */
  title: string
  effect: Effect
  /** What the model is told. */
  told: string
  /** JSON Schema of its arguments. */
  parameters: Record<string, unknown>
  check(args: unknown): Checked
  carryOut(args: unknown, call: Call): Promise<ToolOutcome>
}

/** The tool by which a run waits for people: its calls become asks, and are answered by them. */
export const waitsForPeople = 'ask_human'

export const said = (text: string): ToolOutcome => ({ ok: true, text })
export const failed = (text: string): ToolOutcome => ({ ok: false, text })

/** A tool of ours: its arguments are described to the model and checked by the same schema. */
export function defineTool<Schema extends z.ZodType>({ name, told, args: schema, carryOut }: {
  name: ToolName
  told: string
  args: Schema
  carryOut: (args: z.output<Schema>, call: Call) => Promise<ToolOutcome>
}): Tool {
  const { $schema: _, ...parameters } = z.toJSONSchema(schema, { io: 'input' })
  return {
    name, told, parameters,
    title: toolTable[name].title,
    effect: toolTable[name].effect,
    check(given) {
      const { success, data, error } = schema.safeParse(given)
      return success ? { ok: true, args: data } : { ok: false, message: z.prettifyError(error) }
    },
    carryOut: (given, call) => carryOut(given as z.output<Schema>, call),
  }
}
