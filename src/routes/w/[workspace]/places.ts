import type { IconComponent } from '#lib/ui/icon.ts'

/** A page of a workspace that is always one step away. */
export type Place = {
  name: string
  icon: IconComponent
  href: string
  here: boolean
  /** Found by the keyboard and in the menu of oneself, and not always in sight. */
  rare?: true
  /** What waits there, and the words that say so: `3 things wait for you`. Nothing is shown for 0. */
  waiting?: { count: number; words: string }
}
