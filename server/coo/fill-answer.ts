import { createHash } from 'node:crypto'
import type * as Y from 'yjs'
import { readDirectory, readProjects } from '#lib/board/board-document.ts'
import type { MissionId, WorkspaceId } from '#lib/board/ids.ts'
import { changesOf, descriptionOf } from '#lib/board/mission-document.ts'
import { coo, editProposal, fieldOfQuestion, isUndecided, proposalsOf, readProposal, readProposals, type Proposal } from '#lib/board/proposal.ts'
import { changeable, changeField, takenField, type CooChange } from '#lib/board/proposal-changes.ts'
import { readRichText, type Block } from '#lib/editor/rich-text.ts'
import { toMarkdown } from '#lib/editor/to-markdown.ts'
import { boardDocument, missionDocument } from '#lib/sync/document-names.ts'
import { fill, type Filled, type Value } from '#lib/templates/fill.ts'
import { fillBlocks } from '#lib/templates/fill-blocks.ts'
import type { Template } from '#lib/templates/template.ts'
import { editBlocks } from '../staff/text-edits/edit-text.ts'
import type { Author } from '../sync/accepted.ts'
import type { Documents } from '../sync/documents.ts'
import type { Sync } from '../sync/sync.ts'
import type { CooTemplates } from './coo.ts'
import { answerFor } from './from-template.ts'
import { changesFor } from './refine/by-rules.ts'
import type { Pending } from './refine/pending.ts'
import { keepChange } from './refine/text-changes.ts'

type Now = { mission: Filled; values: ReadonlyMap<string, Value> }
type Fill = { id: MissionId; was: Now | null; is: Now }

/**
 * What is answered about a field of a template is filled in wherever the field stands, in all proposals that came of the template at once: in each as a
 * change of the COO that is shown and can be taken back. Another answer takes the place of the one before. What people wrote instead stays.
 */
export function createFillAnswer({ documents, editAs, templates, takeBack, now }: {
  documents: Documents
  editAs: Sync['editAs']
  templates: CooTemplates
  takeBack: (workspaceId: WorkspaceId, id: MissionId, change: string, by: Author) => Promise<void>
  now: () => number
}) {
  return async function fillAnswer(workspaceId: WorkspaceId, id: MissionId, { id: question, field, item, answer }: Pending) {
    const name = boardDocument(workspaceId)
    const author: Author = { kind: 'staff', id: coo.id, name: coo.name, workspaceId, runId: null }
    const usable = await templates.usable(workspaceId)
    const world = await templates.world(workspaceId, null, 'UTC')
    const key = createHash('sha256').update(`${question} ${item}`).digest('base64url').slice(0, 21)
    const read = () => documents.read(name, (board) => {
      const asked = readProposal(board, id)
      const template = usable.find((each) => each.id === asked?.template?.id)
      return asked?.template && template ? { template, siblings: siblingsOf(board, asked), known: [readDirectory(board), readProjects(board)] as const } : null
    })

    for (const { id: sibling, changes } of (await read())?.siblings ?? []) {
      for (const { id: before } of changesFor(changes, question)) if (before !== key) await takeBack(workspaceId, sibling, before, author)
    }
    const found = answer === null ? null : await read()
    for (const { id: proposal, was, is } of found ? fillsOf(found, found.known, world, field) : []) {
      let [added, removed] = ['', '']
      const edited = await editAs({ kind: 'staff', id: coo.id, name: coo.name, workspaceId, lease: null, tool: 'refine' }, missionDocument(proposal), (draft) => {
        const text = descriptionOf(draft)
        const here = readRichText(text)
        const next = fillBlocks(here, is.values, true)
        ;[added, removed] = [only(next, here), only(here, next)]
        // The server died after it, and before what follows.
        if (changesOf(draft).has(key)) return
        const edit = editBlocks(text, next)
        if (edit) keepChange(draft, key, [edit])
      })
      if (!edited.ok) throw new Error(edited.message)
      await documents.edit(name, (board) => {
        const present = readProposal(board, proposal)
        if (!present || !isUndecided(present)) return
        const fields: CooChange['fields'] = {}
        for (const each of changeable) {
          const to = valueOf(is, each)
          if (to !== undefined && alike(present[each], valueOf(was, each)) && !alike(present[each], to)) fields[each] = { from: present[each], to }
        }
        if (Object.keys(fields).length + added.length + removed.length === 0) return
        editProposal(board, proposal, Object.fromEntries(Object.entries(fields).map(([each, { to }]) => [each, to])))
        proposalsOf(board).get(proposal)!.set(changeField(key), { at: now(), engine: 'offline', because: [question], fields, added, removed, undoneAt: null, undoneBy: null } satisfies Omit<CooChange, 'id'>)
      }, author)
    }
    await documents.edit(name, (board) => void proposalsOf(board).get(id)?.set(takenField(question), item), author)
  }
}

const alike = (a: unknown, b: unknown) => JSON.stringify(a ?? null) === JSON.stringify(b ?? null)
const only = (blocks: readonly Block[], others: readonly Block[]) => {
  const known = new Set(others.map((block) => JSON.stringify(block)))
  return toMarkdown(blocks.filter((block) => !known.has(JSON.stringify(block))))
}

/** Of a field that templates fill in; `undefined` for any other. */
function valueOf(filled: Now | null, field: (typeof changeable)[number]): unknown {
  return filled && Object.hasOwn(filled.mission, field) ? filled.mission[field as keyof Filled] : undefined
}

const sameRequest = ({ origin: a }: Proposal, { origin: b }: Proposal) => a.kind === 'chat' && b.kind === 'chat' && a.chatId === b.chatId && a.messageId === b.messageId
const siblingsOf = (board: Y.Doc, asked: Proposal) => readProposals(board).filter((each) => each.template?.id === asked.template?.id && isUndecided(each) && sameRequest(each, asked))

/** What each proposal says with all answers, and without the one about this field. */
function fillsOf({ template, siblings }: { template: Template; siblings: readonly Proposal[] }, [directory, projects]: readonly [ReturnType<typeof readDirectory>, ReturnType<typeof readProjects>], world: Parameters<typeof fill>[2], field: string | null): Fill[] {
  const values = siblings.flatMap(({ questions }) => questions).flatMap(({ id, answer }): [string, string][] => {
    const key = fieldOfQuestion(id)
    const declared = template.content.fields.find((each) => each.key === key)
    const value = declared && answer !== null ? answerFor(declared, answer, directory, projects) : ''
    return key === null || value === '' ? [] : [[key, value]]
  })
  return siblings.flatMap((sibling): Fill[] => {
    const stateWith = (given: readonly (readonly [string, string])[]): Now | null => {
      const filled = fill(template.content, { ...sibling.template!.values, ...Object.fromEntries(given) }, { ...world, today: sibling.template!.today || world.today }, { open: true })
      const mission = filled.ok ? filled.missions.find(({ key }) => key === sibling.template!.mission) : undefined
      return filled.ok && mission ? { mission, values: filled.values } : null
    }
    const is = stateWith(values)
    return is ? [{ id: sibling.id, was: stateWith(values.filter(([key]) => key !== field)), is }] : []
  })
}
