import { hues, type Hue } from './hue.ts'

/** How a staff member's tile looks: its colour, and what stands on it instead of initials. */
export type StaffLook = { hue: Hue | null; sign: string }

/** Signs to choose from; any other emoji can be typed. */
export const staffSigns = ['🔎', '📊', '✍️', '🧪', '🗂️', '🧭', '🛠️', '📚', '💡', '🎨', '📣', '🧮'] as const

/** What an emoji takes is a few characters; a word would not fit on a tile. */
const longestSign = 16
const isSign = (text: string) => text.length <= longestSign && /^\p{Extended_Pictographic}/u.test(text)

/** Reads `teal`, `🔎` or `teal 🔎`, as a staff member's `avatar` says it. */
export function readStaffLook(avatar: string | null): StaffLook {
  const words = (avatar ?? '').split(' ').filter(Boolean)
  return { hue: hues.find((hue) => words.includes(hue)) ?? null, sign: words.find(isSign) ?? '' }
}

export const writeStaffLook = ({ hue, sign }: StaffLook): string | null => [hue, sign].filter(Boolean).join(' ') || null
