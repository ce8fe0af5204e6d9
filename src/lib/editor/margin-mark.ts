import type { Hue } from '#lib/ui/hue.ts'

/** Who wrote a block of a text, beside it. `top` and `height` in pixels; `share` of its characters, 0 to 1, most first. */
export type MarginMark = {
  key: number
  top: number
  height: number
  authors: { id: string; name: string; note: string; kind: 'person' | 'staff' | 'server'; hue: Hue; share: number }[]
}
