import BookOpen from '@lucide/svelte/icons/book-open'
import CircleQuestionMark from '@lucide/svelte/icons/circle-question-mark'
import CircleX from '@lucide/svelte/icons/circle-x'
import CornerDownRight from '@lucide/svelte/icons/corner-down-right'
import Gauge from '@lucide/svelte/icons/gauge'
import Lightbulb from '@lucide/svelte/icons/lightbulb'
import MessageSquareText from '@lucide/svelte/icons/message-square-text'
import PenLine from '@lucide/svelte/icons/pen-line'
import TriangleAlert from '@lucide/svelte/icons/triangle-alert'
import Wrench from '@lucide/svelte/icons/wrench'
import type { EntryKind } from '#lib/board/run-document.ts'
import type { IconComponent } from '#lib/ui/icon.ts'

/** How a kind of entry is told from the others at a glance; `says` is for who cannot see it. */
export const entryLooks: Record<EntryKind, { icon: IconComponent | null; tone: string; says: string }> = {
  step: { icon: null, tone: 'tone-neutral', says: 'Step' },
  read: { icon: BookOpen, tone: 'project-blue', says: 'Read' },
  found: { icon: Lightbulb, tone: 'project-amber', says: 'Found' },
  wrote: { icon: PenLine, tone: 'project-green', says: 'Wrote' },
  said: { icon: MessageSquareText, tone: 'tone-neutral', says: 'Said' },
  call: { icon: Wrench, tone: 'project-violet', says: 'Call' },
  result: { icon: CornerDownRight, tone: 'tone-neutral', says: 'Result' },
  ask: { icon: CircleQuestionMark, tone: 'tone-warning', says: 'Asked' },
  usage: { icon: Gauge, tone: 'tone-neutral', says: 'Used' },
  warning: { icon: TriangleAlert, tone: 'tone-warning', says: 'Warning' },
  error: { icon: CircleX, tone: 'tone-danger', says: 'Error' },
}
