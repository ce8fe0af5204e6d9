import type { Connection } from '#lib/sync/connection.ts'
import { permissionFor } from '#lib/board/tools.ts'
import type { Lease, RunContext, RunOutput } from '../engine.ts'
import type { Claim, EngineTask } from '../protocol.ts'
import type { Api } from '../worker/api.ts'
import { askHuman } from './ask-human.ts'
import { comment } from './comment.ts'
import { editDoc, handTo, proposeMission, readDoc, search } from './server-side.ts'
import type { Tool } from './tool.ts'
import { writeFile } from './write-file.ts'

export type ToolSetting = {
  context: RunContext
  output: RunOutput
  connection: Connection
  api: Api
  lease: Lease
  task: Extract<EngineTask, { kind: 'openai' }>
  signal: AbortSignal
}

/** The tools that a staff member was given, without those that its autonomy denies in any case. */
export async function openTools(claim: Claim, { output, connection, lease }: ToolSetting): Promise<{ tools: Tool[]; close: () => Promise<void> }> {
  const { staff, missionId, staffId } = claim
  const ours: Tool[] = [
    search(lease), readDoc(lease), comment({ connection, missionId, staffId }), askHuman, writeFile(output), editDoc(lease), proposeMission(lease), handTo(lease),
  ]
  const given = new Set(staff.tools)
  const may = (tool: Tool) => permissionFor(staff.autonomy, tool.effect, staff.alwaysAllowed.includes(tool.name)) !== 'denied'
  return { tools: ours.filter((tool) => given.has(tool.name) && may(tool)), close: async () => {} }
}
