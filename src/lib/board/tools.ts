import type { Autonomy } from './staff.ts'

/**
 * What a tool does to the world: `read` looks at the workspace, `talk` speaks with its people, `write` leaves something behind,
 * `outside` reaches beyond the workspace.
 */
export type Effect = 'read' | 'talk' | 'write' | 'outside'

export type ToolName =
  | 'search' | 'read_artifact' | 'read_attachment' | 'read_doc'
  | 'write_file' | 'write_pdf' | 'make_chart' | 'generate_image' | 'edit_doc'
  | 'comment' | 'ask_human' | 'propose_mission' | 'remember' | 'hand_to' | 'fetch_url'

/** The tools of ours, in the order in which people see them. `title` and `does` are for people; what models are told lies with the tool. */
export const toolTable: Record<ToolName, { title: string; does: string; effect: Effect }> = {
  search: { title: 'Search', does: 'Finds missions, comments, docs and files of the workspace.', effect: 'read' },
  read_attachment: { title: 'Read attachments', does: 'Reads the files of the mission and its project.', effect: 'read' },
  read_artifact: { title: 'Read artifacts', does: 'Reads what earlier runs made, on any mission.', effect: 'read' },
  read_doc: { title: 'Read docs', does: 'Reads briefs and docs of the workspace’s projects.', effect: 'read' },
  comment: { title: 'Comment', does: 'Writes comments on the mission, in its own name.', effect: 'talk' },
  ask_human: { title: 'Ask people', does: 'Asks a question, waits for the answer and goes on with it.', effect: 'talk' },
  write_file: { title: 'Write files', does: 'Leaves text files on the mission: Markdown, CSV, HTML, code.', effect: 'write' },
  write_pdf: { title: 'Write PDFs', does: 'Leaves typeset PDFs on the mission, with tables and pictures.', effect: 'write' },
  make_chart: { title: 'Make charts', does: 'Draws charts from numbers, as SVG and PNG.', effect: 'write' },
  generate_image: { title: 'Generate images', does: 'Has the model’s provider make a picture.', effect: 'outside' },
  edit_doc: { title: 'Edit docs', does: 'Changes docs and briefs of projects; a run’s changes can be taken back.', effect: 'write' },
  propose_mission: { title: 'Propose missions', does: 'Proposes further missions; a person decides about each.', effect: 'talk' },
  remember: { title: 'Propose notes', does: 'Proposes what it should remember; it does once a person accepts the note.', effect: 'talk' },
  hand_to: { title: 'Hand over', does: 'Hands the mission to another staff member.', effect: 'write' },
  fetch_url: { title: 'Fetch web pages', does: 'Reads pages of the hosts that an owner allowed.', effect: 'outside' },
}

export const toolNames = Object.keys(toolTable) as ToolName[]
export const isToolName = (name: string): name is ToolName => Object.hasOwn(toolTable, name)

/** What a new staff member may use unless told otherwise: everything that stays within the workspace. */
export const standardTools: readonly ToolName[] = toolNames.filter((name) => toolTable[name].effect !== 'outside')

/** `asks`: a person approves the call first. Tools of MCP servers count as outside. */
type Permission = 'allowed' | 'asks' | 'denied'

/** Whether a staff member may use a tool that it was given. */
export function permissionFor(autonomy: Autonomy, effect: Effect, alwaysAllowed: boolean): Permission {
  if (effect === 'read' || effect === 'talk') return 'allowed'
  if (autonomy === 'notify') return 'denied'
  return autonomy === 'autonomous' || alwaysAllowed ? 'allowed' : 'asks'
}
