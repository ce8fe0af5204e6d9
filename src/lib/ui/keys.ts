const named: Record<string, string> = {
  enter: '↵',
  escape: 'Esc',
  esc: 'Esc',
  up: '↑',
  down: '↓',
  left: '←',
  right: '→',
  space: 'Space',
  delete: 'Del',
  backspace: '⌫',
}

const modifiers = {
  mac: { mod: '⌘', ctrl: '⌃', alt: '⌥', shift: '⇧' },
  other: { mod: 'Ctrl', ctrl: 'Ctrl', alt: 'Alt', shift: 'Shift' },
} as const

/** The caps of a shortcut such as `mod+shift+z`, as this reader's keyboard has them. */
export function keyCaps(keys: string, mac: boolean): string[] {
  const table: Record<string, string> = modifiers[mac ? 'mac' : 'other']
  return keys.toLowerCase().split('+').map((key) => table[key] ?? named[key] ?? key.toUpperCase())
}

export const isMac = () => typeof document !== 'undefined' && /mac|iphone|ipad/i.test(navigator.platform)

/** Whether keys pressed there are for a text. */
export const isTyping = (target: EventTarget | null): target is HTMLElement =>
  target instanceof HTMLElement && (target.isContentEditable || target.closest('input, textarea, select') !== null)
