import type { Reference } from '../board/reference.ts'
import type { Mentionable } from '../workspace/mentionables.ts'

/** What a reference leads to, as it is now. `href`: null where there is no page of it; `note` tells apart what has the same look. */
export type Seen = { name: string; href: string | null; note: string }

/** How a text finds what it speaks of; given by whoever knows the workspace. */
export type References = {
  /** `null` if it is not there, or not known here. */
  look: (reference: Reference) => Seen | null
  find: (query: string) => Mentionable[]
}
