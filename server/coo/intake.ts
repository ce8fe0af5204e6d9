import type { ActorId, MissionId, ProjectId, TemplateId } from '#lib/board/ids.ts'
import type { Status } from '#lib/board/mission.ts'
import type { FromTemplate, NewQuestion, Proposal } from '#lib/board/proposal.ts'
import type { TemplateField } from '#lib/templates/template.ts'
import type { FileWords } from './file-words.ts'

export type IntakeTemplate = { id: TemplateId; name: string; fields: readonly TemplateField[] }

/** What somebody asked for, and what the workspace has to do with it. `text` is as it was typed, pasted or found in a file. */
export type IntakeRequest = {
  text: string
  /** What the files that came with it say. */
  files: readonly FileWords[]
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
  /** What a request may name to be made from. */
  templates?: readonly IntakeTemplate[]
  /** Somebody said that it is one mission, whatever it reads like. */
  isMission?: boolean
}

/** What the asker has to say. */
export type Asked = Omit<NewQuestion, 'id'> & { /** The field of a template that it asks about. */ field?: string }

/** `blockedBy`: places in the list. `description` is Markdown, of the words of the request; what a good result has stands under a heading of its own. */
export type IntakeProposal = Pick<Proposal, 'title' | 'projectId' | 'assigneeId' | 'why' | 'priority' | 'dueOn' | 'autoRun' | 'size' | 'duplicates'> & {
  description: string
  blockedBy: readonly number[]
  questions: readonly Asked[]
  /** Places of what was asked for in the same words: the description ends with them. */
  together?: readonly number[]
  labels?: readonly string[]
  context?: readonly string[]
  template?: FromTemplate
}

/**
 * `reply` is what the COO says, in Markdown. `proposals` is empty where nothing was asked for that could be done. `told`: what was read as news alone, in
 * its own words. `use`: a template is to be filled in with this, and what it makes is proposed.
 */
export type IntakeResult = { reply: string; proposals: readonly IntakeProposal[]; told?: readonly string[]; use?: { id: TemplateId; fields: Readonly<Record<string, string>> } }
