import AtSign from '@lucide/svelte/icons/at-sign'
import CircleAlert from '@lucide/svelte/icons/circle-alert'
import CircleHelp from '@lucide/svelte/icons/circle-question-mark'
import Lightbulb from '@lucide/svelte/icons/lightbulb'
import NotebookPen from '@lucide/svelte/icons/notebook-pen'
import Repeat from '@lucide/svelte/icons/repeat-2'
import Reply from '@lucide/svelte/icons/reply'
import Scale from '@lucide/svelte/icons/scale'
import ShieldQuestionMark from '@lucide/svelte/icons/shield-question-mark'
import UserRoundCheck from '@lucide/svelte/icons/user-round-check'
import type { InboxKind } from '#lib/inbox/item.ts'
import type { IconComponent } from '#lib/ui/icon.ts'

/** What a kind of item is called and how it is told from the others at a glance. */
export const kindLooks: Record<InboxKind, { name: string; icon: IconComponent; tone: string }> = {
  review: { name: 'Review', icon: Scale, tone: 'status-review' },
  question: { name: 'Question', icon: CircleHelp, tone: 'tone-info' },
  approval: { name: 'Approval', icon: ShieldQuestionMark, tone: 'tone-warning' },
  proposal: { name: 'Proposal', icon: Lightbulb, tone: 'project-violet' },
  note: { name: 'Note', icon: NotebookPen, tone: 'project-teal' },
  failure: { name: 'Failed run', icon: CircleAlert, tone: 'tone-danger' },
  mention: { name: 'Mention', icon: AtSign, tone: 'tone-accent' },
  reply: { name: 'Answer', icon: Reply, tone: 'tone-accent' },
  routine: { name: 'Routine', icon: Repeat, tone: 'tone-danger' },
  assignment: { name: 'Assignment', icon: UserRoundCheck, tone: 'tone-neutral' },
}
