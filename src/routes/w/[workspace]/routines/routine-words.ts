import CalendarClock from '@lucide/svelte/icons/calendar-clock'
import Columns3 from '@lucide/svelte/icons/columns-3'
import FileDown from '@lucide/svelte/icons/file-down'
import FileText from '@lucide/svelte/icons/file-text'
import MessagesSquare from '@lucide/svelte/icons/messages-square'
import SquareKanban from '@lucide/svelte/icons/square-kanban'
import Webhook from '@lucide/svelte/icons/webhook'
import { statusNames } from '#lib/board/mission.ts'
import type { Delivery, Firing, FiringCause, FiringState, Missed, Trigger } from '#lib/routines/routine.ts'
import { scheduleWords } from '#lib/routines/schedule-words.ts'
import type { IconComponent } from '#lib/ui/icon.ts'

export const triggerChoices: readonly { key: Trigger['kind']; name: string; words: string; icon: IconComponent }[] = [
  { key: 'schedule', name: 'A time', words: 'Every so often, by the clock of a place.', icon: CalendarClock },
  { key: 'column', name: 'A move', words: 'When a mission comes into a column.', icon: Columns3 },
  { key: 'file', name: 'A file arrives', words: 'When somebody adds one to a mission or project.', icon: FileDown },
  { key: 'webhook', name: 'A webhook', words: 'When another program calls, with a signature.', icon: Webhook },
]
export const triggerIcon = (kind: Trigger['kind']) => triggerChoices.find(({ key }) => key === kind)!.icon

export const deliveryChoices: readonly { key: Delivery['kind']; name: string; words: string; icon: IconComponent }[] = [
  { key: 'mission', name: 'A review', words: 'The mission waits in Review.', icon: SquareKanban },
  { key: 'doc', name: 'A doc', words: 'It is added at the end of one.', icon: FileText },
  { key: 'chat', name: 'A chat', words: 'It is told there as a message.', icon: MessagesSquare },
  { key: 'webhook', name: 'Another server', words: 'It is sent there, signed.', icon: Webhook },
]

export const missedNames: Record<Missed, string> = { once: 'Run once for all of them', skip: 'Leave them out', all: 'Run each, at most the newest 20' }

const capital = (words: string) => words.charAt(0).toUpperCase() + words.slice(1)

/** What sets it off, as a sentence without a full stop: `Every weekday at 08:30 in Lisbon`. */
export function triggerWords(trigger: Trigger, projectName: (id: string | null) => string | null): string {
  switch (trigger.kind) {
    case 'schedule': return capital(scheduleWords(trigger))
    case 'column': {
      const project = projectName(trigger.projectId)
      return `When a mission${project ? ` of ${project}` : ''} comes into ${statusNames[trigger.status]}`
    }
    case 'file': {
      const project = projectName(trigger.projectId)
      return `When a ${trigger.ending ? `.${trigger.ending} ` : ''}file arrives${project ? ` in ${project}` : ''}`
    }
    case 'webhook': return 'When another program calls its webhook'
  }
}

export const stateNames: Record<FiringState, string> = {
  due: 'Begins', running: 'At work', delivering: 'Being sent', succeeded: 'Done', failed: 'Failed', cancelled: 'Cancelled', skipped: 'Left out',
}
export const stateTones: Record<FiringState, string> = {
  due: 'run-queued', running: 'run-running', delivering: 'run-running', succeeded: 'run-succeeded', failed: 'run-failed', cancelled: 'run-cancelled', skipped: 'tone-neutral',
}

const causeNames: Record<FiringCause, string> = {
  schedule: 'On time', missed: 'Made up for', column: 'A mission moved', file: 'A file arrived', webhook: 'Its webhook was called', person: 'Run now',
}

/** What set it off, and for left-out ones how often. */
export function firingWords({ cause, count, state, by }: Pick<Firing, 'cause' | 'count' | 'state' | 'by'>, nameOf: (id: string) => string | null): string {
  if (state === 'skipped') return count === 1 ? (cause === 'missed' ? 'Missed' : causeNames[cause]) : `${count.toLocaleString('en')} times`
  const who = by && nameOf(by)
  return who ? `Run now by ${who}` : causeNames[cause]
}
