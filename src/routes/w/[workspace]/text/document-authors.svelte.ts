import type { ActorId } from '#lib/board/ids.ts'
import { coo } from '#lib/board/proposal.ts'
import type { Workspace } from '#lib/workspace/workspace.svelte.ts'

/** Somebody new writes now and then; whoever cannot be told is asked for again so often at most. */
const askAgainMs = 2_000

/** Whose the Yjs client ids of a document are, as the server tells it. */
export class DocumentAuthors {
  readonly #workspace: Workspace
  readonly #document: string
  #owners = $state.raw(new Map<number, string>())
  #failed = $state(false)
  #asked = -Infinity
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(workspace: Workspace, document: string) {
    this.#workspace = workspace
    this.#document = document
  }

  /** What to say of words whose author is not known. */
  get unknown(): string {
    return this.#failed ? 'Who wrote this cannot be told without the server.' : 'It is not known who wrote this.'
  }

  /** `own`: the client id that this page writes with. */
  of = (client: number, own: number): { id: string; name: string; note: string; kind: 'person' | 'staff' | 'server' } | null => {
    const id = client === own ? this.#workspace.me.id : this.#owners.get(client)
    if (id === 'server') return { id, name: 'Missions', note: 'the server', kind: 'server' }
    if (!id) {
      this.#askLater()
      return null
    }
    if (id === coo.id) return { ...coo, note: 'AI staff', kind: 'staff' }
    const member = this.#workspace.board.member(id as ActorId)
    if (!member) return { id, name: 'Somebody who left', note: '', kind: 'person' }
    return { id, name: member.name, note: member.kind === 'staff' ? 'AI staff' : member.role === 'former' ? 'former member' : '', kind: member.kind }
  }

  close() {
    clearTimeout(this.#timer)
    this.#timer = undefined
  }

  #askLater() {
    if (this.#timer) return
    this.#timer = setTimeout(() => void this.#ask(), Math.max(0, this.#asked + askAgainMs - performance.now()))
  }

  async #ask() {
    this.#asked = performance.now()
    try {
      const response = await fetch(`/api/v1/documents/${this.#document}/authors`)
      if (!response.ok) throw new Error(String(response.status))
      const { authors } = await response.json() as { authors: Record<string, string> }
      this.#owners = new Map(Object.entries(authors).map(([client, actor]) => [Number(client), actor]))
      this.#failed = false
    } catch {
      this.#failed = true
    } finally {
      this.#timer = undefined
    }
  }
}
