import { hues, type Hue } from './hue.ts'
import { signNames, type StaffSign } from './staff-signs.ts'

/** How a staff member's tile looks: its colour, and the sign that stands on it instead of initials. */
type StaffLook = { hue: Hue | null; sign: StaffSign | null }

/** Reads `teal`, `chart` or `teal chart`, as a staff member's `avatar` says it. */
export function readStaffLook(avatar: string | null): StaffLook {
  const words = (avatar ?? '').split(' ')
  return { hue: hues.find((hue) => words.includes(hue)) ?? null, sign: signNames.find((sign) => words.includes(sign)) ?? null }
}

export const writeStaffLook = ({ hue, sign }: StaffLook): string | null => [hue, sign].filter(Boolean).join(' ') || null
