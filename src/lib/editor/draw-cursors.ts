import { createDOMRange, createRectsFromDOMRange } from '@lexical/selection'
import { $getNodeByKey, $isElementNode, $isLineBreakNode, $isTextNode, type LexicalEditor, type LexicalNode } from 'lexical'

/** Somebody else's selection in this editor's terms, with whose it is. */
export type OtherCursor = { name: string; colour: string; anchorKey: string; anchorOffset: number; focusKey: string; focusOffset: number }

type Box = Pick<DOMRect, 'left' | 'top' | 'width' | 'height'>
type Measured = { caret: Box | null; selected: readonly Box[] }
type Drawn = { caret: HTMLElement; name: HTMLElement; nameWidth: number | null; at: string; place: string; selected: HTMLElement[]; hiding?: ReturnType<typeof setTimeout> }

/** So long a name is shown after its cursor moved; after that it only hides the text above. Milliseconds. */
const nameShownMs = 2200

/** Within a read of the editor. */
function $caretBox(editor: LexicalEditor, node: LexicalNode, offset: number): Box | null {
  const boxAt = (at: LexicalNode, within: number) => {
    const box = createDOMRange(editor, at, within, at, within)?.getBoundingClientRect()
    return box && box.height > 0 ? box : null
  }
  const element = () => editor.getElementByKey(node.getKey())?.getBoundingClientRect() ?? null
  const found = boxAt(node, offset)
  if (found || !$isElementNode(node)) return found ?? ($isLineBreakNode(node) ? element() : null)
  // Between two of its children there may be nothing to measure: the text beside is.
  const before = node.getChildAtIndex(offset - 1)
  const after = node.getChildAtIndex(offset)
  return ($isTextNode(before) ? boxAt(before, before.getTextContentSize()) : null) ?? ($isTextNode(after) ? boxAt(after, 0) : null) ?? element()
}

/** Within a read of the editor. `null` where the text is not there any more. */
function $measure(editor: LexicalEditor, { anchorKey, anchorOffset, focusKey, focusOffset }: OtherCursor): Measured | null {
  const [anchor, focus] = [$getNodeByKey(anchorKey), $getNodeByKey(focusKey)]
  if (!anchor || !focus) return null
  const range = anchorKey === focusKey && anchorOffset === focusOffset ? null : createDOMRange(editor, anchor, anchorOffset, focus, focusOffset)
  return { caret: $caretBox(editor, focus, focusOffset), selected: range ? createRectsFromDOMRange(editor, range) : [] }
}

/**
 * Draws the cursors of others in a layer that covers the text. All is measured before anything is changed: else the page would be
 * laid out anew for each.
 */
export function cursorLayer(editor: LexicalEditor, layer: HTMLElement) {
  const drawn = new Map<number, Drawn>()

  function begin({ name, colour }: OtherCursor): Drawn {
    const caret = document.createElement('span')
    caret.className = 'rich-cursor'
    caret.style.setProperty('--cursor-colour', colour)
    const label = document.createElement('span')
    label.className = 'rich-cursor-name'
    label.textContent = name
    caret.append(label)
    layer.append(caret)
    return { caret, name: label, nameWidth: null, at: '', place: '', selected: [] }
  }

  function fill(colour: string): HTMLElement {
    const element = document.createElement('span')
    element.className = 'rich-selection-fill'
    element.style.setProperty('--cursor-colour', colour)
    layer.append(element)
    return element
  }

  function end({ caret, selected, hiding }: Drawn) {
    clearTimeout(hiding)
    for (const element of [caret, ...selected]) element.remove()
  }

  function place(element: HTMLElement, { left, top, width, height }: Box) {
    Object.assign(element.style, { left: `${left}px`, top: `${top}px`, width: `${width}px`, height: `${height}px` })
  }

  function showName(one: Drawn) {
    // A timer, not an animation: of twenty who write, each would have the page drawn sixty times a second.
    one.name.classList.add('rich-cursor-name-shown')
    clearTimeout(one.hiding)
    one.hiding = setTimeout(() => one.name.classList.remove('rich-cursor-name-shown'), nameShownMs)
  }

  return {
    draw(cursors: ReadonlyMap<number, OtherCursor>) {
      const origin = layer.getBoundingClientRect()
      const within = ({ left, top, width, height }: Box): Box => ({ left: left - origin.left, top: top - origin.top, width, height })
      const measured = editor.getEditorState().read(() => [...cursors].map(([client, cursor]) => {
        const found = $measure(editor, cursor)
        return [client, cursor, { caret: found?.caret ? within(found.caret) : null, selected: found?.selected.map(within) ?? [] }] as const
      }), { editor })
      for (const [client, one] of drawn) {
        if (cursors.has(client)) continue
        end(one)
        drawn.delete(client)
      }
      const named: { one: Drawn; left: number }[] = []
      for (const [client, cursor, { caret, selected }] of measured) {
        const one = drawn.get(client) ?? begin(cursor)
        drawn.set(client, one)
        const at = `${cursor.anchorKey} ${cursor.anchorOffset} ${cursor.focusKey} ${cursor.focusOffset}`
        if (caret && one.at !== at) named.push({ one, left: caret.left })
        one.at = at
        const now = JSON.stringify([caret, selected])
        if (one.place === now) continue
        one.place = now
        one.caret.hidden = caret === null
        if (caret) place(one.caret, { ...caret, width: 1 })
        for (const gone of one.selected.splice(selected.length)) gone.remove()
        for (const [index, box] of selected.entries()) place(one.selected[index] ??= fill(cursor.colour), box)
      }
      for (const { one } of named) one.nameWidth ??= one.name.offsetWidth
      for (const { one, left } of named) {
        one.name.classList.toggle('rich-cursor-name-left', left + (one.nameWidth ?? 0) > origin.width)
        showName(one)
      }
    },
    clear() {
      for (const one of drawn.values()) end(one)
      drawn.clear()
    },
  }
}
