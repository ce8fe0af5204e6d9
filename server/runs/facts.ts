import { factsOf, readFacts } from '#lib/board/board-document.ts'
import type { MissionId, WorkspaceId } from '#lib/board/ids.ts'
import type { Facts as MissionFacts } from '#lib/board/mission.ts'
import { boardDocument } from '#lib/sync/document-names.ts'
import type { Documents } from '../sync/documents.ts'

const longestLine = 160
const lineEveryMs = 300

type Changed = Partial<MissionFacts> | ((before: MissionFacts) => Partial<MissionFacts>)

export type Facts = {
  /** States facts of a mission on its board. */
  set(workspaceId: WorkspaceId, missionId: MissionId, changed: Changed): Promise<void>
  /** The latest line of the mission's run; several within a moment become one. */
  line(workspaceId: WorkspaceId, missionId: MissionId, runId: string, line: string): void
}

/** What the server states about missions in `facts` of the board document. */
export function createFacts(documents: Documents, onError: (error: unknown) => void): Facts {
  const lines = new Map<MissionId, string>()

  async function set(workspaceId: WorkspaceId, missionId: MissionId, changed: Changed) {
    await documents.edit(boardDocument(workspaceId), (board) => {
      const before = readFacts(board, missionId)
      const after = { ...before, ...typeof changed === 'function' ? changed(before) : changed }
      if (JSON.stringify(before) !== JSON.stringify(after)) factsOf(board).set(missionId, after)
    })
  }

  return {
    set,
    line(workspaceId, missionId, runId, line) {
      const scheduled = lines.has(missionId)
      lines.set(missionId, line.slice(0, longestLine))
      if (scheduled) return
      setTimeout(() => {
        const latest = lines.get(missionId) ?? ''
        lines.delete(missionId)
        documents.edit(boardDocument(workspaceId), (board) => {
          const facts = readFacts(board, missionId)
          if (facts.run?.id !== runId || facts.run.line === latest || facts.run.state !== 'running') return
          factsOf(board).set(missionId, { ...facts, run: { ...facts.run, line: latest } })
        }).catch(onError)
      }, lineEveryMs)
    },
  }
}
