import { getContext, setContext, untrack } from 'svelte'
import type * as Y from 'yjs'
import type { Comment } from '#lib/board/comments.ts'
import type { ActorId, CommentId, FileId } from '#lib/board/ids.ts'
import { quotedFile, type Passage, type Quote, type QuoteSource } from '#lib/board/quote.ts'
import { isNew, type ReadMark } from '#lib/board/read-mark.ts'
import { readThreads } from '#lib/board/threads.ts'
import type { MentionSources } from '#lib/workspace/mentionables.ts'
import { Signals } from '#lib/workspace/signals.ts'
import type { Someone, Workspace } from '#lib/workspace/workspace.svelte.ts'
import { mentionSources } from '../text/mention-sources.ts'

/** The document that is talked about, as far as talk needs it. What reads these is rendered again when they change. */
export type Talked = {
  /** Oldest first. */
  readonly comments: readonly Comment[]
  /** `null` before the page is live; another one after an edit was refused. */
  readonly doc: Y.Doc | null
}

/** A text on the page that passages can be quoted from. */
type QuotedText = {
  /** Where the passage is by now; `null`: nothing is left of it. */
  find: (quote: Quote) => Passage | null
  /** Brings it into view and marks it; false when it cannot. */
  show: (quote: Quote) => boolean
}

/** So long a comment is in view before it counts as seen, in milliseconds. */
const seenAfterMs = 700

/** What is said about a mission or a doc, on the page that shows it: threads, what is new, and the passages that are quoted. */
export class OpenTalk {
  readonly workspace: Workspace
  readonly kind: 'mission' | 'doc'
  readonly id: string
  readonly live: Talked
  readonly threads = $derived.by(() => readThreads(this.live.comments))
  /** Somebody else said something: only then can there be news. */
  readonly spoken = $derived.by(() => this.live.comments.some(({ by }) => by !== this.me))
  /** Opens a file that a quote is from. */
  openFile: ((id: FileId, version: number) => boolean) | null = null
  /** Files that can be mentioned here. */
  files: () => MentionSources['files'] = () => []
  #opened = $state.raw<ReadMark | null>(null)
  #inView = new Set<CommentId>()
  #timer: ReturnType<typeof setTimeout> | undefined
  #signals = new Signals<QuoteSource>()
  #texts = new Map<QuoteSource, QuotedText>()
  #wanted: Quote | null = null
  #box: ((quote: Quote) => void) | null = null

  constructor(workspace: Workspace, kind: 'mission' | 'doc', id: string, live: Talked) {
    this.workspace = workspace
    this.kind = kind
    this.id = id
    this.live = live
  }

  /** Of the document. */
  get name(): string {
    return `${this.kind}/${this.id}`
  }

  get me(): ActorId {
    return this.workspace.me.id
  }

  get mayComment(): boolean {
    return this.workspace.can('comment', this.kind)
  }

  who(id: ActorId | null): Someone {
    return this.workspace.who(id)
  }

  sources = (): MentionSources => {
    const files = this.files()
    return untrack(() => mentionSources(this.workspace, files))
  }

  /** What is new is told from what was seen before now; the answer ends it. */
  open(): () => void {
    const { marks } = this.workspace
    let ended = false
    const asSeen = () => (this.#opened = marks.of(this.name))
    void marks.look(this.name).then(() => {
      if (ended) return
      asSeen()
      this.#look()
    })
    const focused = () => this.#look()
    // What has come while one was elsewhere is what is new when one comes back.
    const left = () => this.#opened && asSeen()
    addEventListener('focus', focused)
    addEventListener('blur', left)
    document.addEventListener('visibilitychange', focused)
    return () => {
      ended = true
      clearTimeout(this.#timer)
      removeEventListener('focus', focused)
      removeEventListener('blur', left)
      document.removeEventListener('visibilitychange', focused)
    }
  }

  /** Whether a comment had not been seen when the page was opened, or come back to. */
  isNew(comment: Comment): boolean {
    return this.#opened !== null && this.workspace.marks.known && isNew(comment, this.#opened, this.me)
  }

  /** Tells what of it is in view. */
  inView(id: CommentId, visible: boolean) {
    if (visible) this.#inView.add(id)
    else this.#inView.delete(id)
    this.#look()
  }

  #look() {
    if (this.#timer || this.#inView.size === 0 || !this.#opened) return
    this.#timer = setTimeout(() => {
      this.#timer = undefined
      if (!document.hasFocus() || document.visibilityState !== 'visible' || document.querySelector('dialog:modal')) return
      this.workspace.marks.see(this.name, this.live.comments, new Set(this.#inView))
    }, seenAfterMs)
  }

  /** A text is on the page that can be quoted; the answer takes it off. */
  provide(source: QuoteSource, text: QuotedText): () => void {
    this.#texts.set(source, text)
    this.#signals.changed(source)
    if (this.#wanted?.source === source) {
      const wanted = this.#wanted
      requestAnimationFrame(() => this.#texts.get(source) === text && text.show(wanted) && (this.#wanted = null))
    }
    return () => {
      if (this.#texts.get(source) !== text) return
      this.#texts.delete(source)
      this.#signals.changed(source)
    }
  }

  /** Words of a text that is on the page are others now. */
  changed(source: QuoteSource) {
    this.#signals.changed(source)
    if (this.#wanted?.source === source && this.#texts.get(source)?.show(this.#wanted)) this.#wanted = null
  }

  /** What became of a quoted passage; `unknown` where the text is not on the page. */
  stateOf(quote: Quote): 'there' | 'changed' | 'gone' | 'unknown' {
    this.#signals.track(quote.source)
    const text = this.#texts.get(quote.source)
    if (!text) return 'unknown'
    const passage = text.find(quote)
    if (passage) return passage.changed ? 'changed' : 'there'
    // Of a long file only a part is laid out at a time.
    return quotedFile(quote.source) ? 'unknown' : 'gone'
  }

  /** Brings a quoted passage into view, opening its file if need be; false when it is nowhere. */
  show(quote: Quote): boolean {
    const text = this.#texts.get(quote.source)
    if (text) return text.show(quote)
    const file = quotedFile(quote.source)
    if (!file || !this.openFile?.(file.id, file.version)) return false
    this.#wanted = quote
    return true
  }

  /** What else can be done with a passage beside commenting on it: its name, and the doing. `null`: nothing now. */
  also = $state.raw<{ label: string; take: (quote: Quote) => void } | null>(null)

  /** Begins a comment about a passage. */
  quote(quote: Quote) {
    this.#box?.(quote)
  }

  /** Where such a comment is written; the answer takes it away. */
  writeIn(box: (quote: Quote) => void): () => void {
    this.#box = box
    return () => {
      if (this.#box === box) this.#box = null
    }
  }

  /** Whether there is a place to write about a passage. */
  get mayQuote(): boolean {
    return this.mayComment
  }
}

const key = Symbol('talk')
export const provideTalk = (talk: OpenTalk) => setContext(key, talk)
/** `null` on pages that have none. */
export const findTalk = () => getContext<OpenTalk | undefined>(key) ?? null
export function useTalk(): OpenTalk {
  const talk = findTalk()
  if (!talk) throw new Error('There is no talk on this page.')
  return talk
}
