import {
  $getAnchorAndFocusForUserState,
  createBindingV2__EXPERIMENTAL,
  syncLexicalUpdateToYjsV2__EXPERIMENTAL,
  syncYjsChangesToLexicalV2__EXPERIMENTAL,
  syncYjsStateToLexicalV2__EXPERIMENTAL,
  type BindingV2,
  type UserState,
} from '@lexical/yjs'
import {
  $createParagraphNode,
  $createRangeSelection,
  $getNodeByKey,
  $getRoot,
  $getSelection,
  $isElementNode,
  $isRangeSelection,
  $setSelection,
  SKIP_COLLAB_TAG,
  SKIP_DOM_SELECTION_TAG,
  type LexicalEditor,
} from 'lexical'
import type { Awareness } from 'y-protocols/awareness'
import * as Y from 'yjs'
import { held, isBlank, shared } from './agreement.ts'
import type { OtherCursor } from './draw-cursors.ts'
import { unshared } from './nodes.ts'
import { besideTheEditor } from './put-blocks.ts'
import { hasOnlyBlocks } from './rich-text.ts'
import { shareCursor } from './shared-cursor.ts'
import { inWholeCharacters } from './whole-characters.ts'

export type Person = {
  name: string
  /** A CSS colour; a token such as `var(--teal)` fits both themes. */
  colour: string
}

/** Where the selection is, in terms of the document: it stays there whatever others write around it. */
export type Place = { anchorPos: Y.RelativePosition; focusPos: Y.RelativePosition }

export type Bound = {
  /** One's own edits only. They carry the binding as their origin; undo and redo carry this manager. */
  undoManager: Y.UndoManager
  /** Gives an empty text the paragraph that a caret needs. It stays in this editor until something is typed. */
  ready: () => void
  focusing: (focusing: boolean) => void
  person: (person: Person) => void
  /** Where others have their cursors, as this editor shows the text. */
  cursorsOfOthers: () => Map<number, OtherCursor>
  /** Where the caret is, or was last; null if it never was in the text, or the text is empty. */
  place: () => Place | null
  /** Within an update: selects a place. False if it is gone. */
  $goTo: (place: Place) => boolean
  /** For the editor's `onError`: an update failed, so what it shows may no longer be what the document holds. It is built anew. */
  failed: (error: Error) => void
  /** Whether it shows what the document holds; if not, it does afterwards. Called by itself once others have paused. */
  check: () => boolean
  release: () => void
}

const healsAMinute = 20
/** A text of more blocks is not compared whole while somebody works in it: that would take longer than a second. */
const mostCompared = 3000
/** Milliseconds without a change from elsewhere before what is shown is compared with the document; longer where that takes long. */
const pause = 1500

const nobody: UserState = { anchorPos: null, focusPos: null, focusing: false, name: '', color: '', awarenessData: {} }

const local = { discrete: true, tag: [SKIP_COLLAB_TAG, SKIP_DOM_SELECTION_TAG] } as const

/** Undoing the paragraph one began takes nothing with it that others wrote there since: what holds something stays. */
const isMineAlone = (item: Y.Item) => !(item.content instanceof Y.ContentType) || item.content.type._length === 0

function addLocalParagraph(editor: LexicalEditor) {
  editor.update(() => {
    const root = $getRoot()
    if (root.isEmpty()) root.append($createParagraphNode())
    const selection = $getSelection()
    const first = root.getFirstChild()
    if ($isRangeSelection(selection) && selection.anchor.key === 'root' && $isElementNode(first)) first.selectStart()
  }, { ...local, tag: [...local.tag] })
}

/**
 * Keeps a Lexical editor and a Yjs type the same, both ways, until released.
 *
 * An empty text is an empty type: opening one writes nothing, and two people who open it at once have nothing to merge.
 * The paragraph that the caret stands in is local until it holds something.
 */
export function bindYjs({ editor, doc, root, awareness, person, onBroken, onMended }: {
  editor: LexicalEditor
  doc: Y.Doc
  root: Y.XmlElement
  awareness: Awareness
  person: Person
  /** The text cannot be shown, not even built anew: an element of a newer version, say. */
  onBroken?: (error: Error) => void
  /** It can be shown again. */
  onMended?: () => void
}): Bound {
  const binding: BindingV2 = createBindingV2__EXPERIMENTAL(editor, Y.findRootTypeKey(root), doc, new Map(), {
    getXmlElement: () => root,
    excludedProperties: unshared,
  })
  const cursor = shareCursor(doc, root, awareness, person.name, person.colour)
  const undoManager = new Y.UndoManager(root, { trackedOrigins: new Set<unknown>([binding, besideTheEditor]), deleteFilter: isMineAlone })
  let isReady = false
  let released = false
  let failure: Error | null = null
  let heals: number[] = []
  /** Something stands between the blocks that is none: the server makes a paragraph of it, and until then nothing is shown or written. */
  let isMisshapen = false
  let cost = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  const cursorsOfOthers: Bound['cursorsOfOthers'] = () => editor.getEditorState().read(() => {
    const all = new Map<number, OtherCursor>()
    if (released) return all
    for (const [client, state] of cursor.others()) {
      const { anchorKey, anchorOffset, focusKey, focusOffset } = $getAnchorAndFocusForUserState(binding, state)
      if (anchorKey !== null && focusKey !== null) all.set(client, { name: state.name, colour: state.color, anchorKey, anchorOffset, focusKey, focusOffset })
    }
    return all
  })
  const rebuild = () => {
    isMisshapen = !hasOnlyBlocks(root)
    if (isMisshapen) return onBroken?.(new Error('Something stands between the blocks of this text that is none.'))
    if (root.length > 0) syncYjsStateToLexicalV2__EXPERIMENTAL(binding, cursor.provider)
    else {
      binding.mapping.clear()
      editor.update(() => $getRoot().clear(), { ...local, tag: [...local.tag] })
    }
    if (isReady) addLocalParagraph(editor)
  }
  const $goTo = (state: Pick<UserState, 'anchorPos' | 'focusPos'>): boolean => {
    const place = $getAnchorAndFocusForUserState(binding, { ...nobody, ...state })
    if (place?.anchorKey == null || place.focusKey === null) return false
    const kind = (key: string) => ($isElementNode($getNodeByKey(key)) ? 'element' : 'text')
    const selection = $createRangeSelection()
    selection.anchor.set(place.anchorKey, place.anchorOffset, kind(place.anchorKey))
    selection.focus.set(place.focusKey, place.focusOffset, kind(place.focusKey))
    $setSelection(selection)
    return true
  }
  const restoreSelection = () =>
    editor.update(() => {
      const own = cursor.provider.awareness.getLocalState()
      if (own) $goTo(own)
    }, { discrete: true, tag: SKIP_COLLAB_TAG })

  const buildAnew = () => {
    const hadSelection = editor.getEditorState().read(() => $isRangeSelection($getSelection()))
    editor.update(() => $setSelection(null), { ...local, tag: [...local.tag] })
    rebuild()
    if (hadSelection) restoreSelection()
  }
  const heal = () => {
    if (released || !failure) return
    const error = failure
    const now = performance.now()
    heals = [...heals.filter((at) => now - at < 60_000), now]
    if (heals.length > healsAMinute) return onBroken?.(error)
    failure = null
    buildAnew()
    if (failure) onBroken?.(failure)
  }
  const check = () => {
    if (released || isMisshapen || editor.isComposing()) return true
    const start = performance.now()
    const agrees = shared(editor.getEditorState()) === held(doc, root)
    cost = performance.now() - start
    if (!agrees) buildAnew()
    return agrees
  }
  const checkLater = () => {
    clearTimeout(timer)
    if (root.length > mostCompared) return
    timer = setTimeout(check, Math.max(pause, cost * 100))
  }

  const failed = (error: Error) => {
    failure = error
    queueMicrotask(heal)
  }

  const onYjs = (events: Y.YEvent<Y.XmlElement | Y.XmlText>[], transaction: Y.Transaction) => {
    if (transaction.origin === binding) return
    if (isMisshapen || (events.some(({ target }) => target === root) && !hasOnlyBlocks(root))) {
      buildAnew()
      if (!isMisshapen) onMended?.()
      return
    }
    syncYjsChangesToLexicalV2__EXPERIMENTAL(binding, cursor.provider, events, transaction, transaction.origin instanceof Y.UndoManager)
    if (failure) heal()
    if (!transaction.local) checkLater()
    if (isReady && root.length === 0) addLocalParagraph(editor)
  }
  /** Where the caret stands in a text, while it is being written. */
  const caretIn = (text: Y.XmlText): number | null => {
    const selection = $getSelection()
    if (!$isRangeSelection(selection) || !selection.isCollapsed()) return null
    let before = 0
    for (const node of binding.mapping.get(text) ?? []) {
      if (node.getKey() === selection.anchor.key) return before + selection.anchor.offset
      before += node.getTextContentSize()
    }
    return null
  }

  root.observeDeep(onYjs as Parameters<Y.XmlElement['observeDeep']>[0])

  const stopListening = editor.registerUpdateListener(({ prevEditorState, editorState, dirtyElements, dirtyLeaves, normalizedNodes, tags }) => {
    if (isMisshapen || tags.has(SKIP_COLLAB_TAG) || (root.length === 0 && isBlank(editorState))) return
    try {
      inWholeCharacters(caretIn, () => {
        syncLexicalUpdateToYjsV2__EXPERIMENTAL(binding, cursor.provider, prevEditorState, editorState, dirtyElements, dirtyLeaves, normalizedNodes, tags)
      })
    } catch (error) {
      failed(error instanceof Error ? error : new Error(String(error)))
    }
  })

  rebuild()
  return {
    undoManager,
    ready: () => {
      if (isReady) return
      isReady = true
      addLocalParagraph(editor)
    },
    focusing: (focusing) => cursor.change({ focusing }),
    person: (next) => cursor.change({ name: next.name, color: next.colour }),
    cursorsOfOthers,
    place: () => {
      const { anchorPos, focusPos } = cursor.provider.awareness.getLocalState() ?? nobody
      return anchorPos && focusPos ? { anchorPos, focusPos } : null
    },
    $goTo,
    failed,
    check,
    release: () => {
      released = true
      clearTimeout(timer)
      stopListening()
      root.unobserveDeep(onYjs as Parameters<Y.XmlElement['observeDeep']>[0])
      undoManager.destroy()
      cursor.withdraw()
    },
  }
}
