import type { IconComponent } from '#lib/ui/icon.ts'

/** One thing that can be put in at the caret. */
export type Suggestion = {
  id: string
  label: string
  detail: string
  icon: IconComponent | null
  /** What is typed for the same, shown to be learnt. */
  sign?: string
  run: () => void
}
