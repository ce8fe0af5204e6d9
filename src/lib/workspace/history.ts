import * as Y from 'yjs'
import { missionsOf, projectsOf, readDocs, readFacts, readMission } from '#lib/board/board-document.ts'
import { ownEdit } from '#lib/board/edits.ts'
import type { MissionId, ProjectId } from '#lib/board/ids.ts'
import { proposalsOf, readProposal } from '#lib/board/proposal.ts'
import { Signals } from './signals.ts'

type StackItem = { meta: Map<unknown, unknown> }
type Added = { stackItem: StackItem; changedParentTypes: Map<unknown, unknown> }

/**
 * `kept`: it was the making of a mission that has comments, files or runs by now, and they would go with it. `keptProject`: or that of
 * a project which has docs or further missions.
 */
export type Step = { words: string; kept?: MissionId; keptProject?: ProjectId }

/** Origin of edits that are not taken back by undo: what was made holds what others write into it. */
const lastingEdit = Symbol('lasting edit')

/** Undo and redo of one's own edits to a board, each with the words that tell what it was. */
export class History {
  #signals = new Signals<'stacks'>()
  #manager: Y.UndoManager | null = null
  #doc: Y.Doc | null = null
  #words = ''

  get canUndo(): boolean {
    this.#signals.track('stacks')
    return this.#manager?.canUndo() ?? false
  }

  get canRedo(): boolean {
    this.#signals.track('stacks')
    return this.#manager?.canRedo() ?? false
  }

  /** Follows this document; what was done in the one before cannot be taken back any more. */
  follow(doc: Y.Doc) {
    this.stop()
    this.#doc = doc
    const manager = new Y.UndoManager([missionsOf(doc), projectsOf(doc), proposalsOf(doc)], { trackedOrigins: new Set([ownEdit]), captureTimeout: 0 })
    const told = ({ stackItem, changedParentTypes }: Added) => {
      // While a step is taken back or done again, its words go with it to the other stack.
      stackItem.meta.set('words', manager.currStackItem ? wordsOf(manager.currStackItem) : this.#words)
      for (const [id, proposal] of proposalsOf(doc).entries()) if (changedParentTypes.has(proposal)) stackItem.meta.set('proposal', id)
      this.#signals.changed('stacks')
    }
    manager.on('stack-item-added', told)
    manager.on('stack-item-popped', () => this.#signals.changed('stacks'))
    this.#manager = manager
    this.#signals.changed('stacks')
  }

  stop() {
    this.#manager?.destroy()
    this.#manager = null
    this.#doc = null
  }

  /** Does an edit as one step. */
  step(words: string, edit: (doc: Y.Doc) => void) {
    const doc = this.#doc
    if (!doc) throw new Error('A board must be followed before it is edited.')
    this.#words = words
    doc.transact(() => edit(doc), ownEdit)
  }

  /** Does an edit that no undo takes back. */
  last(edit: (doc: Y.Doc) => void) {
    const doc = this.#doc
    if (!doc) throw new Error('A board must be followed before it is edited.')
    doc.transact(() => edit(doc), lastingEdit)
  }

  /** Takes the newest step back; `null` when there is none. */
  undo(): Step | null {
    this.#forgetDecided(this.#manager?.undoStack)
    const top = this.#manager?.undoStack.at(-1)
    const kept = top && this.#doc && takesWorkAlong(this.#doc, top.insertions)
    // Nobody's comments go because somebody else pressed undo: the step stays, and archiving is the way.
    if (kept) return { words: wordsOf(top), kept }
    const keptProject = top && this.#doc && takesProjectAlong(this.#doc, top.insertions)
    return keptProject ? { words: wordsOf(top), keptProject } : stepOf(this.#manager?.undo())
  }

  redo(): Step | null {
    this.#forgetDecided(this.#manager?.redoStack)
    return stepOf(this.#manager?.redo())
  }

  /** What was decided is decided: the steps in a proposal that somebody approved or declined since are no steps any more. */
  #forgetDecided(stack: StackItem[] = []) {
    const isDecided = (item: StackItem | undefined) => {
      const id = item?.meta.get('proposal')
      const state = this.#doc && typeof id === 'string' ? readProposal(this.#doc, id as MissionId)?.state ?? 'declined' : 'open'
      return state === 'approved' || state === 'declined'
    }
    while (isDecided(stack.at(-1))) {
      stack.pop()
      this.#signals.changed('stacks')
    }
  }
}

const wordsOf = (item: StackItem) => {
  const words = item.meta.get('words')
  return typeof words === 'string' ? words : ''
}

const stepOf = (item: StackItem | null | undefined): Step | null => (item ? { words: wordsOf(item) } : null)

type Insertions = Y.UndoManager['undoStack'][number]['insertions']

/** A mission among what was inserted that has work of others on it by now. */
function takesWorkAlong(doc: Y.Doc, insertions: Insertions): MissionId | null {
  for (const [id, mission] of missionsOf(doc).entries()) {
    if (!mission._item || !Y.isDeleted(insertions, mission._item.id)) continue
    const { run, comments, attachments, artifacts } = readFacts(doc, id as MissionId)
    if (run || comments + attachments + artifacts > 0) return id as MissionId
  }
  return null
}

/** A project among what was inserted that has docs by now, or missions that were not put into it by the same step. */
function takesProjectAlong(doc: Y.Doc, insertions: Insertions): ProjectId | null {
  const projects = [...projectsOf(doc).entries()].filter(([, project]) => project._item && Y.isDeleted(insertions, project._item.id)).map(([id]) => id as ProjectId)
  if (projects.length === 0) return null
  const inUse = new Set<string | null>(readDocs(doc).map(({ projectId }) => projectId))
  for (const [id, mission] of missionsOf(doc).entries()) {
    const put = mission instanceof Y.Map ? mission._map.get('projectId') : undefined
    if (put && !Y.isDeleted(insertions, put.id)) inUse.add(readMission(doc, id as MissionId)?.projectId ?? null)
  }
  return projects.find((id) => inUse.has(id)) ?? null
}
