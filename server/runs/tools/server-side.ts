import { z } from 'zod'
import type { Lease } from '../engine.ts'
import type { ServerTools } from '../protocol.ts'
import { defineTool, type Call, type Tool, type ToolOutcome } from './tool.ts'

// The tools that the server carries out, under the rights of the run.

async function onTheServer<Name extends keyof ServerTools>(lease: Pick<Lease, 'carryOut'>, { id }: Call, tool: Name, args: ServerTools[Name], material?: string): Promise<ToolOutcome> {
  const answer = await lease.carryOut(tool, args, id)
  if (!answer.ok) return { ok: false, text: answer.message }
  return { ok: true, text: answer.result, ...material === undefined ? {} : { material } }
}

export const search = (lease: Pick<Lease, 'carryOut'>): Tool => defineTool({
  name: 'search',
  told: 'Finds missions, comments, docs and files of the workspace by words. Answers with excerpts and with the ids that read_doc, read_artifact and read_attachment take.',
  args: z.object({
    query: z.string().min(1).max(400),
    in: z.enum(['missions', 'comments', 'docs', 'files']).optional().describe('Only there; left out, everywhere'),
  }),
  carryOut: ({ query, in: where }, call) => onTheServer(lease, call, 'search', { query, ...where ? { in: where } : {} }, `found for “${query}”`),
})

export const readDoc = (lease: Pick<Lease, 'carryOut'>): Tool => defineTool({
  name: 'read_doc',
  told: 'Reads a doc, or the brief of a project, as Markdown.',
  args: z.object({ doc: z.string().min(1).max(64).describe('Id of the doc; the id of a project for its brief') }),
  carryOut: ({ doc }, call) => onTheServer(lease, call, 'read_doc', { doc }, `doc ${doc}`),
})

export const editDoc = (lease: Pick<Lease, 'carryOut'>): Tool => defineTool({
  name: 'edit_doc',
  told: 'Changes a doc or a brief. With `replace`, that passage gives way to `markdown`; without it, `markdown` is added at the end. People can take the change back.',
  args: z.object({
    doc: z.string().min(1).max(64),
    markdown: z.string().max(200_000),
    replace: z.string().min(1).max(200_000).optional().describe('A passage of the doc, word for word as read_doc gave it, that occurs once'),
  }),
  carryOut: ({ doc, markdown, replace }, call) => onTheServer(lease, call, 'edit_doc', { doc, markdown, ...replace === undefined ? {} : { replace } }),
})

export const proposeMission = (lease: Pick<Lease, 'carryOut'>): Tool => defineTool({
  name: 'propose_mission',
  told: 'Proposes a further mission to people, who decide whether it goes on the board. For work that this mission does not ask for, but that should be done.',
  args: z.object({
    title: z.string().min(1).max(500),
    description: z.string().max(20_000).describe('Markdown: what is to be done, why, and what is known already'),
    assignee: z.string().max(64).optional().describe('Id or name of the staff member or person who should do it'),
  }),
  carryOut: ({ title, description, assignee }, call) => onTheServer(lease, call, 'propose_mission', { title, description, ...assignee ? { assignee } : {} }),
})

export const remember = (lease: Pick<Lease, 'carryOut'>): Tool => defineTool({
  name: 'remember',
  told: 'Proposes a note that you are given in all your later runs, once a person accepts it. For what holds beyond this mission: how people here want things done, facts that come up again. Not for results: those are files.',
  args: z.object({
    text: z.string().min(1).max(4_000).describe('Markdown: the note, so that it is understood without this mission'),
    why: z.string().min(1).max(500).describe('Why it is worth remembering, and where you have it from'),
  }),
  carryOut: ({ text, why }, call) => onTheServer(lease, call, 'remember', { text, why }),
})

export const handTo = (lease: Pick<Lease, 'carryOut'>): Tool => defineTool({
  name: 'hand_to',
  told: 'Hands the mission to another staff member, who goes on with it once your run has ended well. Finish your own part first.',
  args: z.object({
    staff: z.string().min(1).max(64).describe('Id or name of the staff member'),
    note: z.string().min(1).max(8_000).describe('What is done, and what is to be done next'),
  }),
  carryOut: ({ staff, note }, call) => onTheServer(lease, call, 'hand_to', { staff, note }),
})
