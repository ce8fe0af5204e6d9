import { createContext } from 'svelte'
import { SvelteSet } from 'svelte/reactivity'
import { nanoid } from 'nanoid'
import type { Doc } from '#lib/board/doc.ts'
import { archiveDoc, createDoc, deleteDoc, moveDoc, renameDoc, restoreDoc } from '#lib/board/doc-edits.ts'
import { childrenOf, deleted, linesOf, present, stepFrom, wayTo, type DocLine, type DocNode, type DocPlace } from '#lib/board/doc-tree.ts'
import { archiveProject, recolourProject, renameProject, restoreProject } from '#lib/board/edits.ts'
import type { DocId, ProjectId } from '#lib/board/ids.ts'
import type { Project } from '#lib/board/mission.ts'
import { toast } from '#lib/ui/toast.ts'
import { quoted } from '#lib/wording.ts'
import type { Workspace } from '#lib/workspace/workspace.svelte.ts'
import type { DocTarget } from './doc-drag.ts'

export type Step = 'up' | 'down' | 'in' | 'out'

/** The project that its page and the pages of its docs show, and the edits of it, told in words. */
export class OpenProject {
  readonly id: ProjectId
  readonly workspace: Workspace
  /** Docs that hide what stands under them, in this view of the tree. */
  readonly closed = new SvelteSet<DocId>()
  /** The doc whose title is typed in the tree. */
  renaming = $state<DocId | null>(null)
  /** The doc that was made here a moment ago: its title is typed first. */
  fresh: DocId | null = null
  /** For those who do not see the tree change. */
  said = $state('')

  constructor(workspace: Workspace, id: ProjectId) {
    this.workspace = workspace
    this.id = id
  }

  get path(): string {
    return `${this.workspace.path}/projects/${this.id}`
  }

  docPath = (id: DocId) => `${this.path}/docs/${id}`

  /** `null`: not on the board, or not known yet. */
  get project(): Project | null {
    return this.workspace.board.project(this.id)
  }

  get archived(): boolean {
    return this.project !== null && this.project.archivedAt !== null
  }

  /** Its name, its docs and what is in them; an archived project is brought back first. */
  get mayEdit(): boolean {
    return this.workspace.can('edit', 'doc') && this.project?.archivedAt === null
  }

  get mayRestore(): boolean {
    return this.workspace.can('edit', 'doc')
  }

  #whole = $derived.by(() => this.workspace.board.docTree(this.id))
  #tree = $derived.by(() => present(this.#whole))
  #lines = $derived.by(() => linesOf(this.#tree, this.closed))
  #deleted = $derived.by(() => deleted(this.#whole))

  /** Docs that are not deleted. */
  get tree(): readonly DocNode[] {
    return this.#tree
  }

  /** As shown, from top to bottom. */
  get lines(): readonly DocLine[] {
    return this.#lines
  }

  /** Newest first. */
  get deletedDocs(): readonly Doc[] {
    return this.#deleted.map(({ doc }) => doc).sort((a, b) => (b.archivedAt ?? 0) - (a.archivedAt ?? 0))
  }

  wayTo = (id: DocId) => wayTo(this.tree, id)

  /** The deleted doc that hides this one: itself, or one that it stands under. */
  hiddenBy(id: DocId): Doc | null {
    return wayTo(this.#whole, id).find(({ doc }) => doc.archivedAt !== null)?.doc ?? null
  }

  rename = (name: string, before: string) =>
    void this.workspace.edit(`Renamed the project ${quoted(before)}`, (doc) => renameProject(doc, this.id, name))

  recolour = (colour: string) =>
    void this.workspace.edit(`Gave ${quoted(this.project?.name ?? '')} another colour`, (doc) => recolourProject(doc, this.id, colour))

  archive() {
    const words = `Archived the project ${quoted(this.project?.name ?? '')}`
    if (this.workspace.edit(words, (doc) => archiveProject(doc, this.id, Date.now()))) toast(words, { action: { label: 'Undo', run: () => this.restore() } })
  }

  restore() {
    this.workspace.edit(`Brought back the project ${quoted(this.project?.name ?? '')}`, (doc) => restoreProject(doc, this.id))
  }

  /** Makes a doc without a title, and answers its id. */
  createDoc(parentId: DocId | null): DocId | null {
    const id = nanoid() as DocId
    const made = this.workspace.edit('Created a doc', (board) => createDoc(board, { id, title: '', projectId: this.id, parentId }, this.workspace.me.id, Date.now()), { lasting: true })
    if (!made) return null
    if (parentId) this.closed.delete(parentId)
    this.fresh = id
    return id
  }

  renameDoc(id: DocId, title: string) {
    const before = this.workspace.board.doc(id)?.title ?? ''
    if (title !== before) this.workspace.edit(`Renamed ${quoted(before)}`, (board) => renameDoc(board, id, title))
  }

  mayStep = (id: DocId, step: Step) => stepFrom(this.tree, id, step) !== null

  step(id: DocId, step: Step) {
    const place = stepFrom(this.tree, id, step)
    if (place) this.move(id, place)
  }

  move(id: DocId, place: DocPlace) {
    const title = quoted(this.workspace.board.doc(id)?.title ?? '')
    if (!this.workspace.edit(`Moved ${title}`, (board) => void moveDoc(board, this.id, id, place))) return
    if (place.parentId) this.closed.delete(place.parentId)
    const way = this.wayTo(id)
    const line = linesOf(this.tree).find(({ doc }) => doc.id === id)
    const above = way.at(-2)?.doc
    if (line) this.said = `${title}: ${line.position} of ${line.siblings}${above ? `, under ${quoted(above.title)}` : ''}`
  }

  /** Where a doc goes that is dropped there; `null` where it cannot. */
  placeOf(id: DocId, { at, where }: DocTarget): DocPlace | null {
    const others = (parentId: DocId | null) => childrenOf(this.tree, parentId).filter(({ doc }) => doc.id !== id)
    if (at === null) return { parentId: null, index: others(null).length }
    const way = this.wayTo(at)
    if (way.length === 0 || way.some(({ doc }) => doc.id === id)) return null
    if (where === 'inside') return { parentId: at, index: others(at).length }
    if (where === 'after' && !this.closed.has(at) && others(at).length > 0) return { parentId: at, index: 0 }
    const parentId = way.at(-2)?.doc.id ?? null
    const index = others(parentId).findIndex(({ doc }) => doc.id === at)
    return { parentId, index: where === 'before' ? index : index + 1 }
  }

  /** Deletes a doc with what stands under it; a notice offers it back. */
  deleteDoc(id: DocId) {
    const node = this.wayTo(id).at(-1)
    if (!node) return
    const under = linesOf(node.children).length
    const words = `Deleted ${quoted(node.doc.title)}${under === 0 ? '' : under === 1 ? ' and the doc under it' : ` and the ${under} docs under it`}`
    if (!this.workspace.edit(words, (board) => archiveDoc(board, id, Date.now()))) return
    this.said = words
    toast(words, { action: { label: 'Undo', run: () => this.restoreDoc(id) } })
  }

  restoreDoc(id: DocId) {
    this.workspace.edit(`Brought back ${quoted(this.workspace.board.doc(id)?.title ?? '')}`, (board) => restoreDoc(board, this.id, id))
  }

  deleteForGood(id: DocId) {
    this.workspace.edit(`Deleted ${quoted(this.workspace.board.doc(id)?.title ?? '')} for good`, (board) => deleteDoc(board, this.id, id))
  }
}

export const [useProject, provideProject] = createContext<OpenProject>()
