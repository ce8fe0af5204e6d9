import { untrack } from 'svelte'
import type * as Y from 'yjs'
import type { ActorId, DocId, MissionId, ProjectId, WorkspaceId } from '#lib/board/ids.ts'
import { coo } from '#lib/board/proposal.ts'
import { can, roles, type Action, type Actor, type Approvers, type Subject } from '#lib/board/policy.ts'
import { BrowserConnection, forgetDevice } from '#lib/sync/browser-connection.ts'
import type { ConnectionStatus } from '#lib/sync/connection.ts'
import type { Refusal } from '#lib/sync/connection.ts'
import { boardDocument, parseDocumentName } from '#lib/sync/document-names.ts'
import { writingToCoo, type Notice } from '#lib/sync/notices.ts'
import type { OpenDocument } from '#lib/sync/open-document.ts'
import { toast } from '#lib/ui/toast.ts'
import { boardCache } from './caches.ts'
import { History, type Step } from './history.ts'
import { LiveBoard } from './live-board.ts'
import { Presence } from './presence.ts'
import { readMarksOf } from './read-marks-in-browser.ts'
import type { ReadMarks } from './read-marks.ts'
import type { BoardSnapshot } from './snapshot.ts'

type On = {
  refused: (refusal: Refusal) => void
  /** A limit of the server was reached, in its words. */
  limited: (words: string) => void
  /** One may change things here from now on, or not any more. */
  roleChanged: (mayEdit: boolean) => void
  signedOut: () => void
}

type About = Exclude<Subject['kind'], 'comment'> | { kind: 'comment'; by: ActorId }

export type Someone = { id: ActorId; name: string; kind: 'person' | 'staff' }

/** A copy on this device may be older than what the server just painted; so long may the server take to bring it up to date. */
const waitForServerMs = 1_500

/** A workspace as a page holds it: the connection, the board that lives on it, who is here and what one may do. */
export class Workspace {
  readonly id: WorkspaceId
  readonly name: string
  /** Of the board: `/w/<id>`. */
  readonly path: string
  readonly board: LiveBoard
  readonly presence: Presence
  readonly history = new History()
  /** What one has seen of the comments on missions and docs. */
  readonly marks: ReadMarks
  /** `null` until the page is live. */
  status = $state<ConnectionStatus | null>(null)
  /** Changes that the server has not acknowledged, in all documents. */
  waiting = $state(0)
  /** The server cannot write to its disk: what waits is not saved yet. */
  storeFailing = $state(false)
  /** The workspace is not there any more, or not for us. */
  gone = $state(false)
  /** Since when no run of staff may begin; `null` while they may. */
  stoppedAt = $state<number | null>(null)
  /** Who puts proposals onto the board. */
  approvers = $state<Approvers>('members')
  /** How many undone changes are kept on this device. */
  undone = $state(0)
  #readOnly = $state(false)
  #me: BoardSnapshot['me']
  #connection: BrowserConnection | null = null
  #document: OpenDocument | null = null
  #attached: Y.Doc | null = null
  #queued: (() => void)[] = []
  #stops: (() => void)[] = []
  #listeners = new Set<(notice: Notice) => void>()

  constructor(snapshot: BoardSnapshot) {
    this.id = snapshot.workspace.id
    this.name = snapshot.workspace.name
    this.path = `/w/${snapshot.workspace.id}`
    this.#me = snapshot.me
    this.#readOnly = snapshot.me.role === 'viewer'
    this.approvers = snapshot.workspace.approvers ?? 'members'
    this.stoppedAt = snapshot.workspace.stoppedAt ?? null
    this.board = new LiveBoard(snapshot)
    this.marks = readMarksOf(snapshot.me.id, snapshot.workspace.id)
    this.presence = new Presence({ id: snapshot.me.id, name: snapshot.me.name, kind: snapshot.me.kind })
  }

  /** Oneself, with the role as it is now. */
  get me(): BoardSnapshot['me'] {
    const { name, role } = this.board.member(this.#me.id) ?? this.#me
    // What the server lets us do, it told before the directory did.
    return { ...this.#me, name, role: this.#readOnly && this.#me.kind === 'person' ? 'viewer' : role }
  }

  /** Only in the browser: in effects and handlers, never while the server renders. */
  get connection(): BrowserConnection {
    if (!this.#connection) throw new Error('There is no connection before the page is live.')
    return this.#connection
  }

  /** Whoever this is, also when they left the workspace. */
  who(id: ActorId | null): Someone {
    if (id === coo.id) return { ...coo, kind: 'staff' }
    const member = this.board.member(id)
    return { id: id ?? ('' as ActorId), name: member?.name || 'Somebody who left', kind: member?.kind ?? 'person' }
  }

  can(action: Action, about: About = 'board'): boolean {
    const subject: Subject = about === 'proposal' ? { kind: about, workspaceId: this.id, approvers: this.approvers } : typeof about === 'string' ? { kind: about, workspaceId: this.id } : { ...about, workspaceId: this.id }
    return can(this.#actor(), action, subject)
  }

  /** Goes live; the answer ends it. */
  connect(on: On): () => void {
    const connection = this.#connection = new BrowserConnection(this.#me.id, (document) => untrack(() => this.#titleOf(document)))
    const document = this.#document = connection.open(boardDocument(this.id))
    this.status = connection.status
    this.waiting = connection.waiting
    connection.on('status', (status) => {
      this.status = status
      if (status === 'connected' && !this.gone) void this.marks.sync()
      this.#follow()
    })
    connection.on('waiting', (changes) => (this.waiting = changes))
    connection.on('store', (failing) => (this.storeFailing = failing))
    connection.on('limited', ({ message }) => on.limited(message))
    connection.on('refused', (refusal) => on.refused(refusal))
    connection.on('signed out', () => on.signedOut())
    const countUndone = () => void connection.undone.count().then((count) => (this.undone = count))
    connection.undone.on('change', countUndone)
    countUndone()
    document.on('change', () => {
      this.gone = document.denial === 'not here'
      if (document.readOnly !== null && document.readOnly !== this.#readOnly) {
        this.#readOnly = document.readOnly
        on.roleChanged(!document.readOnly)
      }
      this.#follow()
    })
    document.on('notice', (notice) => {
      if (notice.kind === 'stopped') this.stoppedAt = notice.at
      if (notice.kind === 'approvers') this.approvers = notice.approvers
      for (const listener of this.#listeners) listener(notice)
    })
    document.on('replaced', () => {
      // What is done until the new one is here waits for it: the old one is nobody's any more.
      this.#attached = null
      this.history.stop()
      this.#follow()
      this.#joinPresence(document)
    })
    this.#joinPresence(document)
    void document.whenReady().then(() => {
      const timer = setTimeout(() => this.#follow(true), waitForServerMs)
      this.#stops.push(() => clearTimeout(timer))
    })
    this.#followMarks()
    this.#follow()
    return () => this.#disconnect()
  }

  /**
   * Edits the board as one step that can be undone; `words` tell what was done: `Renamed “Plan the fair”`. False when
   * nothing can be edited now; the reason has then been said. `lasting`: no undo takes it back.
   */
  edit(words: string, change: (doc: Y.Doc) => void, { lasting = false }: { lasting?: boolean } = {}): boolean {
    if (!this.can('edit')) {
      toast('You may look at this board but not change it.', { tone: 'warning' })
      return false
    }
    this.#follow(true)
    const edit = () => (lasting ? this.history.last(change) : this.history.step(words, change))
    if (this.#attached) {
      edit()
    } else if (this.status === 'offline' || this.#document?.denied) {
      toast('This board was not loaded on this device yet. Try again when the server can be reached.', { tone: 'warning' })
      return false
    } else {
      // The first seconds of the first visit: what is done now happens as soon as the board is there.
      this.#queued.push(edit)
    }
    return true
  }

  undo = (): Step | null => (this.can('edit') ? this.history.undo() : null)
  redo = (): Step | null => (this.can('edit') ? this.history.redo() : null)

  /** Calls back with what the server tells besides the board's content; the answer ends it. What comes while offline is not told. */
  listen(callback: (notice: Notice) => void): () => void {
    this.#listeners.add(callback)
    return () => void this.#listeners.delete(callback)
  }

  /** One begins to write to the COO: the server reads meanwhile what it will be asked with. */
  tellWritingToCoo = () => this.#document?.tell(writingToCoo)

  /** Ends the connection and deletes everything that is kept on this device. */
  async forget() {
    this.#disconnect()
    await Promise.all([forgetDevice(this.#me.id), globalThis.caches?.delete(boardCache)])
  }

  /** Shows the live document once it is at least as new as what is on the page. */
  #follow(atOnce = false) {
    const document = this.#document
    if (!document?.ready || document.doc === this.#attached) return
    if (!atOnce && !document.synced && this.status !== 'offline') return
    this.#attached = document.doc
    this.board.attach(document.doc)
    this.history.follow(document.doc)
    for (const edit of this.#queued.splice(0)) edit()
  }

  /** Whoever comes back to this page may have read on another device meanwhile. */
  #followMarks() {
    const focused = () => {
      if (this.status === 'connected' && !this.gone) void this.marks.sync()
    }
    addEventListener('focus', focused)
    const told = this.listen((notice) => {
      if (notice.kind === 'read') this.marks.hear(notice.document, notice.mark)
    })
    this.#stops.push(this.marks.open(), told, () => removeEventListener('focus', focused))
  }

  #titleOf(document: string): string | null {
    const name = parseDocumentName(document)
    switch (name?.kind) {
      case 'board': return name.id === this.id ? this.name : null
      case 'mission': return this.board.mission(name.id as MissionId)?.title ?? this.board.proposal(name.id as MissionId)?.title ?? null
      case 'doc': return (this.board.doc(name.id as DocId)?.title ?? this.board.project(name.id as ProjectId)?.name) || null
      default: return null
    }
  }

  #leavePresence = () => {}
  #joinPresence(document: OpenDocument) {
    this.#leavePresence()
    this.#leavePresence = this.presence.join(document.awareness)
  }

  #disconnect() {
    for (const stop of this.#stops.splice(0)) stop()
    this.#leavePresence()
    this.board.detach()
    this.history.stop()
    this.#attached = null
    this.#document = null
    this.status = null
    void this.#connection?.destroy()
    this.#connection = null
  }

  #actor(): Actor | null {
    const { id, name, kind, role } = this.me
    if (kind === 'staff') return { kind, id, name, workspaceId: this.id, lease: null }
    const known = roles.find((each) => each === role)
    return known ? { kind, id, name, workspaceId: this.id, role: known } : null
  }
}
