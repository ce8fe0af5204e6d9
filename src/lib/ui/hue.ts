export const hues = ['teal', 'violet', 'amber', 'blue', 'pink', 'green', 'red', 'slate'] as const
export type Hue = (typeof hues)[number]

/** The same colour for the same id, everywhere: avatars, live cursors, presence. */
export function hueOf(id: string): Hue {
  let hash = 0
  for (let at = 0; at < id.length; at++) hash = (hash * 31 + id.charCodeAt(at)) >>> 0
  return hues[hash % 7] ?? 'slate'
}
