import type { Provider, UserState } from '@lexical/yjs'
import type { Awareness } from 'y-protocols/awareness'
import * as Y from 'yjs'

/** The field of a client's awareness state that holds its place in the text; the others belong to presence. */
export const cursorField = 'cursor'

const colour = /^(?:#[\da-f]{3,8}|var\(--[a-z-]{1,40}\)|(?:rgb|hsl|oklch)\([\d.,%/ a-z]{1,60}\))$/i
const record = (value: unknown) => (typeof value === 'object' && value !== null ? value as Record<string, unknown> : null)

function positionWithin(root: Y.XmlElement, doc: Y.Doc, value: unknown): Y.RelativePosition | null {
  if (!record(value)) return null
  const position = value as Y.RelativePosition
  try {
    const place = Y.createAbsolutePositionFromRelativePosition(position, doc)
    if (!(place?.type instanceof Y.XmlElement || place?.type instanceof Y.XmlText)) return null
    for (let type: unknown = place.type; type; type = (type as Y.AbstractType<unknown>).parent) if (type === root) return position
  } catch {
    // A position is whatever its sender made it; one that cannot be resolved is no position.
  }
  return null
}

/** Somebody else's cursor as they sent it, or null if it is not one: a bad one would throw in the middle of another person's update. */
function readCursor(root: Y.XmlElement, doc: Y.Doc, value: unknown): UserState | null {
  const sent = record(value)
  if (!sent || sent.focusing !== true || typeof sent.name !== 'string' || typeof sent.color !== 'string') return null
  const anchorPos = positionWithin(root, doc, sent.anchorPos)
  const focusPos = positionWithin(root, doc, sent.focusPos)
  if (!anchorPos || !focusPos) return null
  return { anchorPos, focusPos, focusing: true, name: sent.name.slice(0, 60), color: colour.test(sent.color) ? sent.color : 'var(--slate)', awarenessData: {} }
}

const nothing = () => {}
const noConnection = { connect: nothing, disconnect: nothing, on: nothing, off: nothing }
const provide = (awareness: Pick<Provider['awareness'], 'getLocalState' | 'getStates' | 'setLocalState'>): Provider =>
  ({ ...noConnection, awareness: { ...awareness, setLocalStateField: nothing, on: nothing, off: nothing } })

/** For a binding that has nobody beside it. */
export const detached = provide({ getLocalState: () => null, getStates: () => new Map(), setLocalState: nothing })

type SharedCursor = {
  /** What the binding takes for its provider; it reads `awareness` and nothing else. */
  provider: Provider
  others: () => Map<number, UserState>
  change: (part: Partial<Pick<UserState, 'name' | 'color' | 'focusing'>>) => void
  withdraw: () => void
}

/**
 * One's own cursor and those of others, as one field of an awareness that carries more.
 * One's own is kept here as well: the binding finds the selection again through it after each change from elsewhere, connected or not.
 */
export function shareCursor(doc: Y.Doc, root: Y.XmlElement, awareness: Awareness, name: string, color: string): SharedCursor {
  let own: UserState = { name, color, focusing: false, anchorPos: null, focusPos: null, awarenessData: {} }
  const publish = () => awareness.setLocalStateField(cursorField, own.focusing ? own : null)
  const others: SharedCursor['others'] = () => {
    const all = new Map<number, UserState>()
    for (const [client, state] of awareness.getStates()) {
      const cursor = client === doc.clientID ? null : readCursor(root, doc, state[cursorField])
      if (cursor) all.set(client, cursor)
    }
    return all
  }
  return {
    provider: provide({
      getLocalState: () => own,
      // The binding would measure and draw everybody's cursor for each change of anybody.
      getStates: () => new Map(),
      setLocalState: (state) => {
        if (!state) return
        own = state
        if (own.focusing) publish()
      },
    }),
    others,
    change: (part) => {
      own = { ...own, ...part }
      publish()
    },
    withdraw: () => awareness.setLocalStateField(cursorField, null),
  }
}
