import { createHash } from 'node:crypto'
import * as Y from 'yjs'
import { readDirectory, readProjects } from '#lib/board/board-document.ts'
import type { ActorId, MissionId, WorkspaceId } from '#lib/board/ids.ts'
import { changesOf, descriptionOf } from '#lib/board/mission-document.ts'
import type { Actor } from '#lib/board/policy.ts'
import { coo, editProposal, isUndecided, proposalsOf, readProposal, readProposals, type Proposal } from '#lib/board/proposal.ts'
import { changeField, readChanges, refinable, takenField, type CooChange, type Refinable } from '#lib/board/proposal-changes.ts'
import { readMarkdown } from '#lib/editor/markdown.ts'
import { boardDocument, missionDocument } from '#lib/sync/document-names.ts'
import { turns } from '../../in-turn.ts'
import type { Log } from '../../log.ts'
import type { Database } from '../../store/database.ts'
import type { Author } from '../../sync/accepted.ts'
import type { Documents } from '../../sync/documents.ts'
import type { Sync } from '../../sync/sync.ts'
import type { CooTemplates } from '../coo.ts'
import type { CooEngine } from '../coo-engine.ts'
import { createFillAnswer } from '../fill-answer.ts'
import { changesFor } from './by-rules.ts'
import { pendingIn, type Pending } from './pending.ts'
import type { Refinement, RefineQuestion } from './refinement.ts'
import { changeDescription, keepChange, takeBackChange, type DescriptionEdit, type Owners } from './text-changes.ts'

/** Who answers two questions of a proposal one after the other has both taken up together. */
const gatherMs = 250
/** Of a proposal; older ones are forgotten, and stay as they are. */
const mostChanges = 30

const alike = (a: unknown, b: unknown) => JSON.stringify(a ?? null) === JSON.stringify(b ?? null)

/** Takes up what people answer about open proposals, as changes of the COO that are shown as such and can be taken back. */
export function createRefine({ db, documents, editAs, authorsOf, engineOf, templates, log, now }: {
  db: Database
  documents: Documents
  editAs: Sync['editAs']
  authorsOf: Sync['authorsOf']
  engineOf: (workspaceId: WorkspaceId) => Promise<CooEngine>
  templates: CooTemplates
  log: Log
  now: () => number
}) {
  const inTurn = turns()
  const stop = new AbortController()

  const authorOf = (workspaceId: WorkspaceId): Author => ({ kind: 'staff', id: coo.id, name: coo.name, workspaceId, runId: null })
  const actorOf = (workspaceId: WorkspaceId): Actor => ({ kind: 'staff', id: coo.id, name: coo.name, workspaceId, lease: null, tool: 'refine' })

  async function takeUp(workspaceId: WorkspaceId, id: MissionId) {
    const name = boardDocument(workspaceId)
    const look = () => documents.read(name, (board) => {
      const proposal = readProposal(board, id)
      return proposal && isUndecided(proposal) ? { proposal, pending: pendingIn(board, proposal) } : null
    })
    const first = await look()
    if (!first || first.pending.length === 0) return
    for (const each of first.pending) if (each.field !== null) await fillAnswer(workspaceId, id, each)
    const pending = first.pending.filter(({ field }) => field === null)
    if (pending.length === 0) return
    const engine = await engineOf(workspaceId)
    for (const group of engine.together ? [pending] : pending.map((each) => [each])) {
      for (const cleared of group.filter(({ answer }) => answer === null)) {
        for (const { id: change } of changesFor((await look())?.proposal.changes ?? [], cleared.id)) await takeBack(workspaceId, id, change, authorOf(workspaceId))
      }
      const given = group.filter(({ answer }) => answer !== null)
      const question = given.length > 0 ? await asked(workspaceId, id, given) : null
      const refinement = question && await engine.refine(question)
      await apply(workspaceId, id, group, given.map((each) => each.id), refinement)
    }
  }

  async function asked(workspaceId: WorkspaceId, id: MissionId, given: readonly Pending[]): Promise<RefineQuestion | null> {
    const owners = await authorsOf(boardDocument(workspaceId))
    const person = given.at(-1)?.by
    const zone = person && (await db.selectFrom('users').select('time_zone').where('id', '=', person).executeTakeFirst())?.time_zone
    const description = await documents.read(missionDocument(id), (mission) => readMarkdown(descriptionOf(mission)))
    return documents.read(boardDocument(workspaceId), (board) => {
      const proposal = readProposal(board, id)
      if (!proposal) return null
      const everybody = readDirectory(board).filter(({ role }) => role !== 'former')
      const nameOf = (by: ActorId | null) => everybody.find((member) => member.id === by)?.name ?? 'somebody'
      return {
        proposal, description, chosen: chosenIn(board, id, owners), signal: stop.signal,
        answers: given.map(({ id: question, question: text, choices, answer, by }) => ({ id: question, question: text, choices, answer: answer ?? '', by: nameOf(by) })),
        known: {
          people: everybody.filter(({ kind }) => kind === 'person').map(({ id: who, name }) => ({ id: who, name })),
          staff: everybody.filter(({ kind }) => kind === 'staff').map(({ id: who, name, role }) => ({ id: who, name, role })),
          projects: readProjects(board).filter(({ archivedAt }) => archivedAt === null).map(({ id: project, name }) => ({ id: project, name })),
          now: now(), timeZone: zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone,
        },
        check: async ({ edits }: Refinement) => {
          const authors = await authorsOf(missionDocument(id))
          return documents.read(missionDocument(id), (mission) => problemOf(mission, edits, authors))
        },
      }
    })
  }

  async function apply(workspaceId: WorkspaceId, id: MissionId, group: readonly Pending[], because: readonly string[], refinement: Refinement | null) {
    const key = createHash('sha256').update(group.map((each) => `${each.id} ${each.item}`).join(' ')).digest('base64url').slice(0, 21)
    const wanted = refinement?.edits ?? []
    const before = await documents.read(missionDocument(id), (mission) => readMarkdown(descriptionOf(mission)))
    if (wanted.length > 0) {
      const owners = await authorsOf(missionDocument(id))
      const edited = await editAs(actorOf(workspaceId), missionDocument(id), (draft) => {
        // The server died after it, and before what follows.
        if (changesOf(draft).has(key)) return
        // What it was to take the place of is another text by now: then it stands at the end.
        const edits = problemOf(draft, wanted, owners) === null ? wanted : wanted.map(({ markdown }) => ({ markdown }))
        const made = changeDescription(draft, edits, owners)
        if (made.ok) keepChange(draft, key, made.edits)
      })
      if (!edited.ok) throw new Error(edited.message)
    }
    const owners = await authorsOf(boardDocument(workspaceId))
    await documents.edit(boardDocument(workspaceId), (board) => {
      const proposal = readProposal(board, id)
      if (!proposal || !isUndecided(proposal)) return
      const chosen = chosenIn(board, id, owners)
      const fields: CooChange['fields'] = {}
      for (const field of refinable) {
        const to = refinement?.fields[field]
        if (to !== undefined && !chosen.has(field) && !alike(proposal[field], to)) fields[field] = { from: proposal[field], to }
      }
      const map = proposalsOf(board).get(id)!
      if (Object.keys(fields).length > 0) editProposal(board, id, { ...Object.fromEntries(Object.entries(fields).map(([field, { to }]) => [field, to])), ...fields.assigneeId ? { why: refinement?.fields.why ?? '' } : {} })
      if (refinement && (Object.keys(fields).length > 0 || wanted.length > 0)) {
        const shown = wanted.map((each) => asShown(each, before))
        map.set(changeField(key), {
          at: now(), engine: refinement.engine, because, fields, added: shown.map(({ added }) => added).join('\n\n'), removed: shown.flatMap(({ removed }) => removed || []).join('\n\n'), undoneAt: null, undoneBy: null,
        } satisfies Omit<CooChange, 'id'>)
      }
      for (const { id: question, item } of group) map.set(takenField(question), item)
      for (const { id: old } of readChanges(map).slice(0, -mostChanges)) map.delete(changeField(old))
    }, authorOf(workspaceId))
  }

  async function takeBack(workspaceId: WorkspaceId, id: MissionId, change: string, by: Author): Promise<void> {
    let also: string[] = []
    await documents.edit(missionDocument(id), (mission) => {
      also = takeBackChange(mission, change)
    }, by)
    await documents.edit(boardDocument(workspaceId), (board) => {
      const map = proposalsOf(board).get(id)
      const proposal = readProposal(board, id)
      if (!map || !proposal) return
      for (const each of proposal.changes.filter((made) => made.undoneAt === null && (made.id === change || also.includes(made.id))).toReversed()) {
        // What somebody chose since stays.
        const back = Object.entries(each.fields).filter(([field, { to }]) => alike(map.get(field), to)).map(([field, { from }]) => [field, from] as const)
        if (back.length > 0) editProposal(board, id, { ...Object.fromEntries(back), ...back.some(([field]) => field === 'assigneeId') ? { why: '' } : {} })
        const { id: _, ...kept } = each
        map.set(changeField(each.id), { ...kept, undoneAt: now(), undoneBy: by.id } satisfies Omit<CooChange, 'id'>)
      }
    }, by)
  }

  const fillAnswer = createFillAnswer({ documents, editAs, templates, takeBack, now })

  function follow(workspaceId: WorkspaceId, id: MissionId) {
    if (stop.signal.aborted) return
    inTurn(id, async () => {
      await new Promise((resolve) => setTimeout(resolve, gatherMs))
      await takeUp(workspaceId, id)
    }).catch((error: unknown) => {
      if (!stop.signal.aborted) log.error({ err: error, proposal: id }, 'an answer is not taken up')
    })
  }

  return {
    /** Somebody answered. */
    follow,

    /** Answers that the server had not taken up when it died; asked when a board is loaded. */
    catchUp(workspaceId: WorkspaceId, board: Y.Doc) {
      for (const proposal of readProposals(board)) if (isUndecided(proposal) && pendingIn(board, proposal).length > 0) follow(workspaceId, proposal.id)
    },

    /** Takes back a change of the COO for a person; what people wrote since stays. */
    undo: (workspaceId: WorkspaceId, id: MissionId, change: string, by: { id: ActorId; name: string }) => inTurn(id, async (): Promise<{ ok: true; proposal: Proposal } | { ok: false; code: 'not_found' | 'decided'; message: string }> => {
      const read = () => documents.read(boardDocument(workspaceId), (board) => readProposal(board, id))
      const proposal = await read()
      if (!proposal?.changes.some((made) => made.id === change)) return { ok: false, code: 'not_found', message: 'There is no such change any more.' }
      if (!isUndecided(proposal)) return { ok: false, code: 'decided', message: `“${proposal.title}” was ${proposal.state} already.` }
      await takeBack(workspaceId, id, change, { kind: 'person', id: by.id, name: by.name, workspaceId, runId: null })
      return { ok: true, proposal: await read() ?? proposal }
    }),

    stop: () => stop.abort(),
  }
}

export type Refine = ReturnType<typeof createRefine>

/** What goes on below a line has taken nothing out. */
const asShown = ({ markdown, replace }: DescriptionEdit, before: string) =>
  replace !== undefined && markdown.startsWith(`${replace}\n`) ? { added: markdown.slice(replace.length + 1), removed: '' }
  : { added: markdown, removed: replace !== undefined && before.includes(replace) ? replace : '' }

/** What people chose themselves. */
function chosenIn(board: Y.Doc, id: MissionId, owners: Owners): Set<Refinable> {
  const map = proposalsOf(board).get(id)
  return new Set(refinable.filter((field) => {
    const owner = owners.get(map?._map.get(field)?.id.client ?? -1)
    return owner !== undefined && owner !== 'server' && owner !== coo.id
  }))
}

/** Why a description cannot be changed so, tried on a copy. */
function problemOf(mission: Y.Doc, edits: readonly DescriptionEdit[], owners: Owners): string | null {
  if (edits.length === 0) return null
  const copy = new Y.Doc()
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(mission))
  const made = changeDescription(copy, edits, owners)
  copy.destroy()
  return made.ok ? null : made.message
}
