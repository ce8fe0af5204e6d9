import { createContext } from 'svelte'
import { goto } from '$app/navigation'
import type { MissionId } from '#lib/board/ids.ts'
import { answerQuestion, editProposal, type Proposal } from '#lib/board/proposal.ts'
import { boardDocument, missionDocument } from '#lib/sync/document-names.ts'
import { toast } from '#lib/ui/toast.ts'
import { quoted } from '#lib/wording.ts'
import type { Workspace } from '#lib/workspace/workspace.svelte.ts'
import { LiveDoc } from '../projects/live-doc.ts'
import { approve, decline, putAside, undoChange } from './proposal-calls.ts'

type Fields = Parameters<typeof editProposal>[2]

/** So long what was typed may take to reach the server before something is decided about it, in milliseconds. */
const arrivesWithinMs = 4_000

/** A proposal as a card shows it: what it says, and what can be done with it. */
export class OpenProposal {
  readonly id: MissionId
  readonly workspace: Workspace
  /** The document of the mission that it may become: its description is in it already. */
  readonly text: LiveDoc

  constructor(workspace: Workspace, id: MissionId) {
    this.workspace = workspace
    this.id = id
    this.text = new LiveDoc(missionDocument(id))
  }

  get proposal(): Proposal | null {
    return this.workspace.board.proposal(this.id)
  }

  get mayEdit(): boolean {
    return this.workspace.can('edit') && this.proposal?.state === 'open'
  }

  /** An owner may have kept it to owners. */
  get mayApprove(): boolean {
    return this.mayEdit && this.workspace.can('approve', 'proposal')
  }

  get online(): boolean {
    return this.workspace.status === 'connected'
  }

  edit(fields: Fields) {
    this.workspace.edit(`Edited the proposal ${quoted(this.proposal?.title ?? '')}`, (doc) => editProposal(doc, this.id, fields))
  }

  answer(question: string, words: string | null) {
    this.workspace.edit(`Answered about ${quoted(this.proposal?.title ?? '')}`, (doc) => answerQuestion(doc, this.id, question, words, this.workspace.me.id), { lasting: true })
  }

  /** Puts it on the board; false when it is not there. Whoever was first has decided. */
  async approve({ quiet = false } = {}): Promise<boolean> {
    const title = quoted(this.proposal?.title ?? '')
    await this.#arrived()
    const answered = await approve(this.id)
    if (!answered.ok) toast(answered.message, { tone: 'warning', seconds: 10 })
    else if (!quiet) {
      const href = `${this.workspace.path}/missions/${answered.value.missionId}`
      toast(`${title} is on the board`, { tone: 'success', action: { label: 'Open it', run: () => void goto(href) } })
    }
    return answered.ok
  }

  async decline(reason: string) {
    const title = quoted(this.proposal?.title ?? '')
    await this.#arrived()
    const answered = await decline(this.id, reason)
    toast(answered.ok ? `${title} is declined` : answered.message, { tone: answered.ok ? 'neutral' : 'warning' })
  }

  async undo(change: string) {
    await this.#arrived()
    const answered = await undoChange(this.id, change)
    if (!answered.ok) toast(answered.message, { tone: 'warning' })
  }

  async putAside(aside: boolean) {
    const answered = await putAside(this.id, aside)
    if (!answered.ok) toast(answered.message, { tone: 'warning' })
    else if (aside) toast(`${quoted(this.proposal?.title ?? '')} is put aside`, { action: { label: 'Take it back', run: () => void this.putAside(false) } })
  }

  /** What is being typed into it is what is decided about. */
  async #arrived() {
    if (document.activeElement instanceof HTMLElement && document.activeElement.closest('textarea, input, [contenteditable]')) document.activeElement.blur()
    const { connection } = this.workspace
    const names = [boardDocument(this.workspace.id), missionDocument(this.id)].filter((name) => connection.waitingIn(name) > 0)
    await Promise.all(names.map(async (name) => {
      const document = connection.open(name)
      await Promise.race([document.whenAcknowledged(), new Promise((resolve) => setTimeout(resolve, arrivesWithinMs))])
      connection.close(document)
    }))
  }
}

export const [useProposal, provideProposal] = createContext<OpenProposal>()
