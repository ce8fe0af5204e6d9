import type { Connection } from '#lib/sync/connection.ts'
import { permissionFor } from '#lib/board/tools.ts'
import { sideThread } from '../beside/side-thread.ts'
import type { Lease, RunContext, RunOutput } from '../engine.ts'
import type { Claim, EngineTask } from '../protocol.ts'
import type { Api } from '../worker/api.ts'
import { askHuman } from './ask-human.ts'
import { comment } from './comment.ts'
import { fetchUrl } from './fetch-url.ts'
import { generateImage } from './generate-image.ts'
import { makeChart } from './make-chart.ts'
import { openMcpTools } from './mcp-tools.ts'
import { missionFiles } from './mission-files.ts'
import { readArtifact, readAttachment } from './read-file.ts'
import { editDoc, handTo, proposeMission, readDoc, remember, search } from './server-side.ts'
import type { Tool } from './tool.ts'
import { writeFile } from './write-file.ts'
import { writePdf } from './write-pdf.ts'

type ToolSetting = {
  context: RunContext
  output: RunOutput
  connection: Connection
  api: Api
  lease: Lease
  task: Extract<EngineTask, { kind: 'openai' }>
  signal: AbortSignal
}

/** The tools that a staff member was given, without those that its autonomy denies in any case. */
export async function openTools(claim: Claim, { context, output: kept, connection, api, lease, task, signal }: ToolSetting): Promise<{ tools: Tool[]; close: () => Promise<void> }> {
  const { staff, runId, missionId, staffId } = claim
  const files = missionFiles(api, context)
  const output: RunOutput = {
    ...kept,
    async artifact(file) {
      const stored = await kept.artifact(file)
      files.made(file.name, stored.id)
      return stored
    },
  }
  const beside = sideThread(signal)
  const may = (tool: Pick<Tool, 'name' | 'effect'>) => permissionFor(staff.autonomy, tool.effect, staff.alwaysAllowed.includes(tool.name)) !== 'denied'
  const ours: Tool[] = [
    search(lease), readAttachment({ files, api }), readArtifact({ files, api }), readDoc(lease), comment({ connection, runId, missionId, staffId }), askHuman,
    writeFile(output), writePdf({ output, beside, files, context }), makeChart({ output, beside }), generateImage({ task, output }),
    editDoc(lease), proposeMission(lease), remember(lease), handTo(lease), fetchUrl(claim.fetchAllowed),
  ]
  // Servers that nothing may be asked of need not be started.
  const mcp = await openMcpTools(staff.autonomy === 'notify' ? [] : claim.mcp, output, signal)
  return {
    tools: [...ours.filter((tool) => staff.tools.includes(tool.name)), ...mcp.tools].filter(may),
    close: async () => void await Promise.all([mcp.close(), beside.close()]),
  }
}
