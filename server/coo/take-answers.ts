import type { MissionId, WorkspaceId } from '#lib/board/ids.ts'
import { readDirectory, readProjects } from '#lib/board/board-document.ts'
import { descriptionOf } from '#lib/board/mission-document.ts'
import { coo, editProposal, fieldOfQuestion, readProposal, type Proposal } from '#lib/board/proposal.ts'
import { fromMarkdown } from '#lib/editor/from-markdown.ts'
import { readMarkdown } from '#lib/editor/markdown.ts'
import { putBlocks } from '#lib/editor/put-blocks.ts'
import { boardDocument, missionDocument } from '#lib/sync/document-names.ts'
import type { Author } from '../sync/accepted.ts'
import type { Documents } from '../sync/documents.ts'

const heading = '## Answers'
const same = (a: string, b: string) => a.trim().localeCompare(b.trim(), undefined, { sensitivity: 'base' }) === 0

/**
 * What an answer says goes where it belongs, as a change of the COO: a name into an assignee that nobody chose yet, a project into a project;
 * anything else stands below the description, with its question. What people wrote stays.
 */
export async function takeAnswers(documents: Documents, workspaceId: WorkspaceId, id: MissionId) {
  const author: Author = { kind: 'staff', id: coo.id, name: coo.name, workspaceId, runId: null }
  let rest: Proposal['questions'] = []
  await documents.edit(boardDocument(workspaceId), (board) => {
    const proposal = readProposal(board, id)
    if (proposal?.state !== 'open' && proposal?.state !== 'aside') return
    rest = proposal.questions.filter(({ id: question, answer }) => answer !== null && fieldOfQuestion(question) === null)
    for (const { answer } of rest) {
      const actor = readDirectory(board).find(({ name, role }) => role !== 'former' && same(name, answer!))
      const project = readProjects(board).find(({ name }) => same(name, answer!))
      if (actor && proposal.assigneeId === null) editProposal(board, id, { assigneeId: actor.id, why: 'As you answered.' })
      if (project && proposal.projectId === null) editProposal(board, id, { projectId: project.id })
    }
  }, author)
  await documents.edit(missionDocument(id), (mission) => {
    const text = readMarkdown(descriptionOf(mission))
    const [before = ''] = text.split(`\n${heading}\n`)
    const after = text.slice(before.length)
    const lines = rest.map(({ text: question, answer }) => `- ${question} **${answer}**`)
    const next = `${heading}\n\n${lines.join('\n')}`
    if (after.trim() === (lines.length > 0 ? next : '')) return
    putBlocks(descriptionOf(mission), fromMarkdown(lines.length > 0 ? `${before.trimEnd()}\n\n${next}` : before.trimEnd()), null)
  }, author)
}
