import { readDirectory, readProjects } from '#lib/board/board-document.ts'
import type { MissionId, WorkspaceId } from '#lib/board/ids.ts'
import { descriptionOf } from '#lib/board/mission-document.ts'
import { coo, editProposal, fieldOfQuestion, readProposal, readProposals, type Proposal } from '#lib/board/proposal.ts'
import { fromMarkdown } from '#lib/editor/from-markdown.ts'
import { putBlocks } from '#lib/editor/put-blocks.ts'
import { readRichText } from '#lib/editor/rich-text.ts'
import { toMarkdown } from '#lib/editor/to-markdown.ts'
import { boardDocument, missionDocument } from '#lib/sync/document-names.ts'
import { fill, type Filled, type Value } from '#lib/templates/fill.ts'
import { fillBlocks } from '#lib/templates/fill-blocks.ts'
import type { Template } from '#lib/templates/template.ts'
import type { Author } from '../sync/accepted.ts'
import type { Documents } from '../sync/documents.ts'
import type { CooTemplates } from './coo.ts'
import { answerFor } from './from-template.ts'

type Now = { mission: Filled; values: ReadonlyMap<string, Value> }
type Change = { id: MissionId; before: Now | null; after: Now }

/**
 * What is answered about a field of a template is filled in wherever the field stands, in all proposals that came of the template at once, as a change of the COO.
 * Another answer replaces what the one before filled in. What people wrote instead stays.
 */
export async function fillAnswer({ documents, templates }: { documents: Documents; templates: CooTemplates }, workspaceId: WorkspaceId, id: MissionId, key: string, before: unknown) {
  const author: Author = { kind: 'staff', id: coo.id, name: coo.name, workspaceId, runId: null }
  const usable = await templates.usable(workspaceId)
  const world = await templates.world(workspaceId, null, 'UTC')
  const wordsBefore = (before as { text?: unknown } | null | undefined)?.text
  const changes: Change[] = []

  await documents.edit(boardDocument(workspaceId), (board) => {
    const asked = readProposal(board, id)
    const template = usable.find((each) => each.id === asked?.template?.id)
    if (!asked?.template || !template) return
    const [directory, projects] = [readDirectory(board), readProjects(board)]
    const siblings = readProposals(board).filter((each) => each.template?.id === template.id && (each.state === 'open' || each.state === 'aside') && sameRequest(each, asked))
    const answers = new Map(siblings.flatMap(({ questions }) => questions).flatMap(({ id: question, answer }) => {
      const field = fieldOfQuestion(question)
      return field === null || answer === null ? [] : [[field, answer] as const]
    }))
    const valuesOf = (said: ReadonlyMap<string, string>) => Object.fromEntries([...said].flatMap(([field, words]) => {
      const declared = template.content.fields.find((each) => each.key === field)
      const value = declared ? answerFor(declared, words, directory, projects) : ''
      return value === '' ? [] : [[field, value]]
    }))
    const saidBefore = new Map(answers)
    if (typeof wordsBefore === 'string') saidBefore.set(key, wordsBefore)
    else saidBefore.delete(key)
    for (const sibling of siblings) {
      const world_ = { ...world, today: sibling.template!.today || world.today }
      const stateWith = (values: Record<string, string>) => stateOf(template, sibling, { ...sibling.template!.values, ...values }, world_)
      const [was, is] = [stateWith(valuesOf(saidBefore)), stateWith(valuesOf(answers))]
      if (!is) continue
      changes.push({ id: sibling.id, before: was, after: is })
      const fields: Parameters<typeof editProposal>[2] = {
        ...sibling.title === was?.mission.title && { title: is.mission.title }, ...sibling.assigneeId === was?.mission.assigneeId && { assigneeId: is.mission.assigneeId, autoRun: is.mission.autoRun },
        ...sibling.projectId === was?.mission.projectId && { projectId: is.mission.projectId }, ...sibling.dueOn === was?.mission.dueOn && { dueOn: is.mission.dueOn },
        ...JSON.stringify(sibling.labels) === JSON.stringify(was?.mission.labels) && { labels: is.mission.labels },
      }
      editProposal(board, sibling.id, fields)
    }
  }, author)

  for (const { id: proposal, before: was, after } of changes) {
    await documents.edit(missionDocument(proposal), (mission) => {
      const text = descriptionOf(mission)
      const here = readRichText(text)
      const untouched = was !== null && toMarkdown(here) === toMarkdown(described(was))
      const next = untouched ? described(after) : fillBlocks(here, after.values, true)
      if (JSON.stringify(next) !== JSON.stringify(here)) putBlocks(text, next, null)
    }, author)
  }
}

const described = ({ mission: { description }, values }: Now) => fillBlocks(fromMarkdown(description), values, true)

const sameRequest = ({ origin: a }: Proposal, { origin: b }: Proposal) => a.kind === 'chat' && b.kind === 'chat' && a.chatId === b.chatId && a.messageId === b.messageId

function stateOf({ content }: Template, { template }: Proposal, given: Record<string, string>, world: Parameters<typeof fill>[2]): Now | null {
  const filled = fill(content, given, world, { open: true })
  const mission = filled.ok ? filled.missions.find(({ key }) => key === template?.mission) : undefined
  return filled.ok && mission ? { mission, values: filled.values } : null
}
