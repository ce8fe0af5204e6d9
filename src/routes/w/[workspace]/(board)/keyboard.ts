export type Direction = 'up' | 'down' | 'left' | 'right'

/** What a key means on the board. `card`: it needs a card that has the focus. */
export type Command =
  | { do: 'go' | 'move'; to: Direction; card: true }
  | { do: 'go to'; end: 'first' | 'last'; card: true }
  | { do: 'rename' | 'assign' | 'move menu' | 'project' | 'due' | 'priority' | 'labels' | 'archive'; card: true }
  | { do: 'create' | 'shortcuts' | 'filter' | 'undo' | 'redo'; card: false }

type Key = Pick<KeyboardEvent, 'key' | 'shiftKey' | 'altKey' | 'ctrlKey' | 'metaKey'>

const directions: Record<string, Direction> = {
  arrowup: 'up', k: 'up', arrowdown: 'down', j: 'down', arrowleft: 'left', h: 'left', arrowright: 'right', l: 'right',
}

export function commandOf({ key, shiftKey, altKey, ctrlKey, metaKey }: Key): Command | null {
  const name = key.toLowerCase()
  if (ctrlKey || metaKey) {
    if (altKey) return null
    if (name === 'z') return { do: shiftKey ? 'redo' : 'undo', card: false }
    if (name === 'y' && !shiftKey) return { do: 'redo', card: false }
    return null
  }
  const to = directions[name]
  if (to) return { do: shiftKey || altKey ? 'move' : 'go', to, card: true }
  if (altKey) return null
  switch (name) {
    case '[': return { do: 'move', to: 'left', card: true }
    case ']': return { do: 'move', to: 'right', card: true }
    case 'home': return { do: 'go to', end: 'first', card: true }
    case 'end': return { do: 'go to', end: 'last', card: true }
    case '!': return { do: 'priority', card: true }
    case '?': return { do: 'shortcuts', card: false }
  }
  if (shiftKey) return null
  switch (name) {
    case 'f2':
    case 'r': return { do: 'rename', card: true }
    case 'a': return { do: 'assign', card: true }
    case 'm': return { do: 'move menu', card: true }
    case 'p': return { do: 'project', card: true }
    case 'd': return { do: 'due', card: true }
    case 't': return { do: 'labels', card: true }
    case 'e': return { do: 'archive', card: true }
    case 'c': return { do: 'create', card: false }
    case 'f': return { do: 'filter', card: false }
  }
  return null
}
