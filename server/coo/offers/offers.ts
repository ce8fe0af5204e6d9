import { createHash } from 'node:crypto'
import type * as Y from 'yjs'
import { messagesOf, readMessage } from '#lib/board/chat.ts'
import { readProjects } from '#lib/board/board-document.ts'
import { createProject } from '#lib/board/edits.ts'
import type { ActorId, ChatId, MessageId, MissionId, ProjectId, WorkspaceId } from '#lib/board/ids.ts'
import { limits } from '#lib/board/limits.ts'
import { offersOf, readOffer, readOffers, type Offer } from '#lib/board/offer.ts'
import type { Actor } from '#lib/board/policy.ts'
import { editProposal, isUndecided, readProposal } from '#lib/board/proposal.ts'
import { templates } from '#lib/staff/templates.ts'
import { boardDocument, chatDocument } from '#lib/sync/document-names.ts'
import { hues } from '#lib/ui/hue.ts'
import { refuse, type Refusal } from '../../auth/refusal.ts'
import { turns } from '../../in-turn.ts'
import { newId } from '../../new-id.ts'
import type { EngineTasks } from '../../staff/engine-tasks.ts'
import type { StaffVerbs } from '../../staff/staff.ts'
import type { Documents } from '../../sync/documents.ts'
import type { Sync } from '../../sync/sync.ts'
import type { NewOffer } from './what-to-offer.ts'

type Settled = { ok: true; offer: Offer } | Refusal

/** Writes offers of one answer; again after a crash they are the same. Their ids keep their order: the one that is of most use comes first. */
export function writeOffers(chat: Y.Doc, messageId: MessageId, offers: readonly NewOffer[], missions: readonly MissionId[]) {
  for (const [at, { proposals, ...offer }] of offers.entries()) {
    const id = `${at}${createHash('sha256').update(`${messageId} ${at}`).digest('base64url').slice(0, 15)}`
    offersOf(chat).set(id, { ...offer, messageId, missions: proposals.flatMap((place) => missions[place] ?? []), state: 'open', madeId: null, by: null } satisfies Omit<Offer, 'id'>)
  }
}

/** Which kinds a chat has offered, also if they were put aside. */
export const kindsOffered = (chat: Y.Doc) => new Set(readOffers(chat).map(({ kind }) => kind))

/** What people make of the COO's offers, each once: the first who presses makes it. */
export function createOffers({ documents, editAs, staff, engineTasks, proposeTold }: {
  documents: Documents
  editAs: Sync['editAs']
  staff: Pick<StaffVerbs, 'create'>
  engineTasks: Pick<EngineTasks, 'engineOf'>
  proposeTold: (actor: Actor, chatId: ChatId, offer: Offer) => Promise<MissionId | null>
}) {
  const inTurn = turns()

  const settle = (chatId: ChatId, offer: Offer, change: Pick<Offer, 'state' | 'by'> & Partial<Pick<Offer, 'name' | 'madeId'>>) => documents.edit(chatDocument(chatId), (chat) => {
    const { id, ...before } = readOffer(chat, offer.id) ?? offer
    offersOf(chat).set(id, { ...before, ...change } satisfies Omit<Offer, 'id'>)
  })

  async function makeProject(actor: Actor, name: string): Promise<{ ok: true; id: ProjectId } | Refusal> {
    const id = newId<ProjectId>()
    let refusal: Refusal | null = null
    const edited = await editAs(actor, boardDocument(actor.workspaceId), (board) => {
      const projects = readProjects(board)
      refusal = projects.some((project) => project.name.toLowerCase() === name.toLowerCase()) ? refuse('name_taken', 'There is a project of that name already.', 'name') : null
      if (!refusal) createProject(board, id, name, hues[projects.length % hues.length]!)
    })
    if (refusal) return refusal
    return edited.ok ? { ok: true, id } : refuse('invalid', edited.message)
  }

  async function employ(actor: Actor, name: string, key: string): Promise<{ ok: true; id: ActorId } | Refusal> {
    const template = templates.find((each) => each.key === key)
    if (!template) return refuse('not_found', 'There is no such template any more.')
    const { role, avatar, instructions, tools, autonomy } = template
    // Without a model it begins with the engine that needs none.
    const engine = await engineTasks.engineOf({ workspace_id: actor.workspaceId, engine: 'openai', model: '' }, true) ? 'openai' : 'offline'
    const made = await staff.create(actor.workspaceId, { name, role, avatar, instructions, tools, autonomy, engine }, actor.id)
    return made.ok ? { ok: true, id: made.staff.id } : made
  }

  /** The proposals that it was offered for get it, where nobody chose otherwise. */
  const give = (workspaceId: WorkspaceId, { kind, missions, why }: Offer, id: string, actor: Actor) => documents.edit(boardDocument(workspaceId), (board) => {
    for (const mission of missions) {
      const proposal = readProposal(board, mission)
      if (!proposal || !isUndecided(proposal)) continue
      if (kind === 'project' && proposal.projectId === null) editProposal(board, mission, { projectId: id as ProjectId })
      if (kind === 'staff' && proposal.assigneeId === null) editProposal(board, mission, { assigneeId: id as ActorId, why })
    }
  }, { kind: 'person', id: actor.id, name: actor.name, workspaceId, runId: null })

  /** Stands with what else came of the message. */
  async function propose(actor: Actor, chatId: ChatId, offer: Offer): Promise<Settled> {
    const madeId = await proposeTold(actor, chatId, offer)
    if (!madeId) return refuse('not_found', 'The chat is not there any more.')
    await documents.edit(chatDocument(chatId), (chat) => {
      const message = readMessage(chat, offer.messageId)
      if (message && !message.proposals.includes(madeId)) messagesOf(chat).get(message.id)?.set('proposals', [...message.proposals, madeId])
    })
    await settle(chatId, offer, { state: 'made', by: actor.id, madeId })
    return { ok: true, offer: { ...offer, state: 'made', by: actor.id, madeId } }
  }

  async function inOpen(chatId: ChatId, id: string, act: (offer: Offer) => Promise<Settled>): Promise<Settled> {
    return inTurn(chatId, async () => {
      const offer = await documents.read(chatDocument(chatId), (chat) => readOffer(chat, id))
      if (!offer) return refuse('not_found', 'There is no such offer any more.')
      if (offer.state !== 'open') return refuse('decided', offer.state === 'made' ? `“${offer.name}” was ${offer.kind === 'mission' ? 'proposed' : 'made'} already.` : 'It was put aside already.')
      return act(offer)
    })
  }

  return {
    /** Makes what is offered, under the name that the person wants. The caller has asked `can(actor, 'edit', chat)`. */
    accept: (actor: Actor, chatId: ChatId, id: string, wanted: string) => inOpen(chatId, id, async (offer) => {
      if (offer.kind === 'mission') return propose(actor, chatId, offer)
      const name = wanted.trim().slice(0, limits.name)
      if (!name) return refuse('invalid', offer.kind === 'project' ? 'Give the project a name.' : 'Give it a name that people will mention.', 'name')
      const made = offer.kind === 'project' ? await makeProject(actor, name) : await employ(actor, name, offer.template)
      if (!made.ok) return made
      await settle(chatId, offer, { state: 'made', by: actor.id, name, madeId: made.id })
      await give(actor.workspaceId, offer, made.id, actor)
      return { ok: true, offer: { ...offer, state: 'made', by: actor.id, name, madeId: made.id } }
    }),

    decline: (actor: Actor, chatId: ChatId, id: string) => inOpen(chatId, id, async (offer) => {
      await settle(chatId, offer, { state: 'declined', by: actor.id })
      return { ok: true, offer: { ...offer, state: 'declined', by: actor.id } }
    }),
  }
}
