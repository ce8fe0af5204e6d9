import type { ActorId, MissionId, ProjectId } from '#lib/board/ids.ts'
import type { Priority, Status } from '#lib/board/mission.ts'
import type { ProposalSize } from '#lib/board/proposal.ts'

/** What somebody asked for, and what the workspace has to do with it. `text` is as it was typed, pasted or found in a file. */
export type IntakeRequest = {
  text: string
  /** Epoch milliseconds, and where the person is: an IANA time zone. */
  now: number
  timeZone: string
  /** Who asks: "I" and "me" are this person. */
  by: ActorId
  people: readonly { id: ActorId; name: string }[]
  staff: readonly { id: ActorId; name: string; role: string }[]
  projects: readonly { id: ProjectId; name: string }[]
  /** Not archived, for what may be the same work. */
  missions: readonly { id: MissionId; title: string; status: Status }[]
  /** Where it was asked; `null` for the workspace. */
  projectId: ProjectId | null
}

/** `blockedBy`: places in the list. `description` is Markdown, of the words of the request; what a good result has stands under a heading of its own. */
export type IntakeProposal = {
  title: string
  description: string
  projectId: ProjectId | null
  assigneeId: ActorId | null
  why: string
  priority: Priority
  dueOn: string | null
  autoRun: boolean
  size: ProposalSize | null
  blockedBy: readonly number[]
  duplicates: readonly MissionId[]
  questions: readonly { text: string; choices: readonly string[] }[]
}

/** `reply` is what the COO says, in Markdown. `proposals` is empty where nothing was asked for that could be done. */
export type IntakeResult = { reply: string; proposals: readonly IntakeProposal[] }
