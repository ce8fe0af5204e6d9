import type { ActorId, MissionId, WorkspaceId } from '#lib/board/ids.ts'
import type * as Y from 'yjs'
import { createMission } from '#lib/board/edits.ts'
import { descriptionOf } from '#lib/board/mission-document.ts'
import { createProposal, proposalsOf, readProposal, type NewProposal, type Proposal } from '#lib/board/proposal.ts'
import { openBefore } from '#lib/board/order.ts'
import { writeMarkdown } from '#lib/editor/markdown.ts'
import { boardDocument, missionDocument } from '#lib/sync/document-names.ts'
import type { Database } from '../store/database.ts'
import type { Author } from '../sync/accepted.ts'
import type { Documents } from '../sync/documents.ts'

export type Proposed = NewProposal & { /** Markdown. */ description: string }
export type Decided =
  | { ok: true; proposal: Proposal }
  | { ok: false; code: 'not_found' | 'decided'; message: string }

type By = { id: ActorId; name: string }

/** Proposals come onto the board, and are decided about, through here alone. */
export function createProposals({ db, documents, settled, give, now }: {
  db: Database
  documents: Documents
  settled: () => Promise<void>
  /** Gives a file or doc that a proposal names to the mission that it became. */
  give: (mission: MissionId, source: string, by: ActorId) => Promise<unknown>
  now: () => number
}) {
  /** In one edit of the board, so that of two who decide at once one was first, and what was approved is there exactly once. */
  async function decide(workspaceId: WorkspaceId, id: MissionId, by: By, take: (board: Y.Doc, proposal: Proposal, author: Author) => void): Promise<Decided> {
    let decided: Decided = { ok: false, code: 'not_found', message: 'There is no such proposal any more.' }
    const author: Author = { kind: 'person', id: by.id, name: by.name, workspaceId, runId: null }
    await documents.edit(boardDocument(workspaceId), (board) => {
      const proposal = readProposal(board, id)
      if (!proposal) return
      if (proposal.state === 'approved' || proposal.state === 'declined') {
        decided = { ok: false, code: 'decided', message: `“${proposal.title}” was ${proposal.state} already${proposal.decidedBy === by.id ? ' by you' : ''}.` }
        return
      }
      take(board, proposal, author)
      decided = { ok: true, proposal: readProposal(board, id) ?? proposal }
    }, author)
    return decided
  }

  const state = (board: Y.Doc, id: MissionId, fields: Partial<Proposal>) => {
    for (const [field, value] of Object.entries(fields)) proposalsOf(board).get(id)?.set(field, value)
  }

  return {
    async workspaceOf(id: MissionId): Promise<WorkspaceId | null> {
      await settled()
      return (await db.selectFrom('proposals').select('workspace_id').where('id', '=', id).executeTakeFirst())?.workspace_id ?? null
    },

    /** Puts proposals before the people of a workspace, in the name of whoever proposes. Those that are there already stay as they are. */
    async propose(workspaceId: WorkspaceId, proposals: readonly Proposed[], by: Pick<Author, 'kind' | 'name'> & { runId?: Author['runId'] }) {
      const [first] = proposals
      if (!first) return
      // Texts first: a proposal that is seen is whole, and one that a crash kept from the board is not seen.
      for (const { id, description } of proposals) {
        if (description) await documents.edit(missionDocument(id), (doc) => {
          if (descriptionOf(doc).length === 0) writeMarkdown(descriptionOf(doc), description)
        })
      }
      const author: Author = { kind: by.kind, id: first.by, ...by.name ? { name: by.name } : {}, workspaceId, runId: by.runId ?? null }
      await documents.edit(boardDocument(workspaceId), (board) => {
        const at = now()
        // A millisecond apart, so that lists have them in the order in which they were proposed.
        for (const [place, { description: _, ...proposal }] of proposals.entries()) if (!readProposal(board, proposal.id)) createProposal(board, proposal, at + place)
      }, author)
    },

    /** Moves a proposal onto the board; one that asks for it starts at once, or when what comes before it is over. */
    async approve(workspaceId: WorkspaceId, id: MissionId, by: By): Promise<Decided> {
      const decided = await decide(workspaceId, id, by, (board, { title, projectId, assigneeId, priority, dueOn, labels, autoRun, blockedBy, template }, author) => {
        const status = autoRun && assigneeId && openBefore(board, id, blockedBy).length === 0 ? 'in_progress' : 'backlog'
        // Told once the edit is over, with whatever is known of its author by then.
        if (template) author.from = { kind: 'template', id: template.id, name: template.name }
        createMission(board, { id, title, projectId, assigneeId, priority, dueOn, labels, autoRun, blockedBy, status }, by.id, now())
        state(board, id, { state: 'approved', decidedBy: by.id, decidedAt: now() })
      })
      if (decided.ok) for (const source of decided.proposal.context) await give(id, source, by.id)
      return decided
    },

    decline: (workspaceId: WorkspaceId, id: MissionId, reason: string, by: By) => decide(workspaceId, id, by, (board) =>
      state(board, id, { state: 'declined', reason, decidedBy: by.id, decidedAt: now() })),

    setAside: (workspaceId: WorkspaceId, id: MissionId, aside: boolean, by: By) => decide(workspaceId, id, by, (board) =>
      state(board, id, { state: aside ? 'aside' : 'open' })),
  }
}

export type Proposals = ReturnType<typeof createProposals>
