import type { ActorId, ChatId, DocId, ProjectId, TemplateId } from '#lib/board/ids.ts'
import type { Status } from '#lib/board/mission.ts'
import type { Autonomy } from '#lib/board/staff.ts'
import { routineLimits, type Delivery, type Missed, type Routine, type Trigger } from '#lib/routines/routine.ts'
import { readSchedule } from '#lib/routines/schedule.ts'
import type { RoutineFields } from '../routine-calls.ts'

/** A routine as the form has it: what another kind of trigger or delivery would need stays while one kind is chosen. '' is nothing. */
export type RoutineDraft = {
  name: string; instructions: string; staffId: string; projectId: string; autonomy: Autonomy
  /** A staff member does what the instructions say, or a template says what is made. */
  work: 'instructions' | 'template'; templateId: string; filling: Readonly<Record<string, string>>
  trigger: Trigger['kind']; cron: string; zone: string; status: Status; within: string; ending: string
  delivery: Delivery['kind']; docId: string; chatId: string; url: string
  missed: Missed; jitterMinutes: string; endAfter: string
}

export const newDraft = (zone: string, staffId: string): RoutineDraft => ({
  name: '', instructions: '', staffId, projectId: '', work: 'instructions', templateId: '', filling: {}, autonomy: 'autonomous', trigger: 'schedule', cron: '30 8 * * 1-5', zone, status: 'review', within: '', ending: '',
  delivery: 'mission', docId: '', chatId: '', url: '', missed: 'once', jitterMinutes: '0', endAfter: '5',
})

export function draftOf(routine: Routine, zone: string): RoutineDraft {
  const { trigger, delivery } = routine
  return {
    ...newDraft(zone, routine.staffId ?? ''), name: routine.name, instructions: routine.instructions, projectId: routine.projectId ?? '', autonomy: routine.autonomy,
    missed: routine.missed, jitterMinutes: String(routine.jitterMinutes), endAfter: String(routine.endAfter), trigger: trigger.kind, delivery: delivery.kind,
    ...routine.template && { work: 'template', templateId: routine.template.id, filling: routine.template.fields },
    ...trigger.kind === 'schedule' && { cron: trigger.cron, zone: trigger.zone },
    ...trigger.kind === 'column' && { status: trigger.status, within: trigger.projectId ?? '' },
    ...trigger.kind === 'file' && { ending: trigger.ending, within: trigger.projectId ?? '' },
    ...delivery.kind === 'doc' && { docId: delivery.docId }, ...delivery.kind === 'chat' && { chatId: delivery.chatId }, ...delivery.kind === 'webhook' && { url: delivery.url },
  }
}

export function triggerOf({ trigger, cron, zone, status, within, ending }: RoutineDraft): Trigger {
  const projectId = (within || null) as ProjectId | null
  switch (trigger) {
    case 'schedule': return { kind: trigger, cron, zone }
    case 'column': return { kind: trigger, status, projectId }
    case 'file': return { kind: trigger, projectId, ending: ending.trim() }
    case 'webhook': return { kind: trigger }
  }
}

function deliveryOf({ delivery, docId, chatId, url }: RoutineDraft): Delivery {
  switch (delivery) {
    case 'mission': return { kind: delivery }
    case 'doc': return { kind: delivery, docId: docId as DocId }
    case 'chat': return { kind: delivery, chatId: chatId as ChatId }
    case 'webhook': return { kind: delivery, url: url.trim() }
  }
}

/** As the API takes it. With a template there are no instructions, and nobody of the staff is meant. */
export const fieldsOf = (draft: RoutineDraft): RoutineFields & { [Key in PartKey]: unknown } => ({
  name: draft.name.trim(), trigger: triggerOf(draft), template: draft.work === 'template' ? { id: draft.templateId as TemplateId, fields: draft.filling } : null,
  instructions: draft.work === 'template' ? undefined : draft.instructions.trim(), staffId: draft.work === 'template' ? undefined : draft.staffId as ActorId, projectId: (draft.projectId || null) as ProjectId | null,
  autonomy: draft.autonomy, delivery: deliveryOf(draft), missed: draft.missed, jitterMinutes: Number(draft.jitterMinutes), endAfter: Number(draft.endAfter),
})

export const partNames = {
  name: 'name', instructions: 'instructions', template: 'template', trigger: 'what sets it off', staffId: 'staff', projectId: 'project', autonomy: 'autonomy', delivery: 'where the result goes',
  missed: 'missed times', jitterMinutes: 'spread', endAfter: 'failures',
} as const
export type PartKey = keyof typeof partNames
const parts = Object.keys(partNames) as PartKey[]

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b)

/** The parts that are another in `mine`. */
export function changedParts(base: RoutineDraft, mine: RoutineDraft): PartKey[] {
  const [before, after] = [fieldsOf(base), fieldsOf(mine)]
  return parts.filter((part) => after[part] !== undefined && !same(before[part], after[part]))
}

/** Which keys of a draft a part is made of. */
const keysOf: Readonly<Partial<Record<PartKey, readonly (keyof RoutineDraft)[]>>> = {
  template: ['work', 'templateId', 'filling'], trigger: ['trigger', 'cron', 'zone', 'status', 'within', 'ending'], delivery: ['delivery', 'docId', 'chatId', 'url'],
}

/** `mine`, begun from `base`, on top of what is there now: what only others changed comes in. `both`: what both changed; mine stays. */
export function mergeDraft(base: RoutineDraft, mine: RoutineDraft, theirs: RoutineDraft): { merged: RoutineDraft; both: PartKey[] } {
  const touched = changedParts(base, mine)
  const others = changedParts(base, theirs)
  const kept = Object.fromEntries(touched.flatMap((part) => (keysOf[part] ?? [part as keyof RoutineDraft]).map((key) => [key, mine[key]])))
  return { merged: { ...theirs, ...kept }, both: touched.filter((part) => others.includes(part) && !same(fieldsOf(mine)[part], fieldsOf(theirs)[part])) }
}

/** By the field of the API that they are about: `trigger.cron`. */
export type Problems = Readonly<Record<string, string>>

const whole = (text: string, least: number, most: number) => (/^\d{1,4}$/.test(text.trim()) && Number(text) >= least && Number(text) <= most)

/** What can be said before anybody is asked. */
export function problemsOf(draft: RoutineDraft, now: number): Problems {
  const problems: Record<string, string> = {}
  if (!draft.name.trim()) problems.name = 'Give it a name, such as Monday digest.'
  if (draft.work === 'template') {
    if (!draft.templateId) problems.template = 'Choose the template whose missions are made.'
  } else {
    if (!draft.instructions.trim()) problems.instructions = 'Say what is to be done each time.'
    if (!draft.staffId) problems.staffId = 'Choose who does it.'
  }
  if (draft.trigger === 'schedule') {
    const read = readSchedule({ cron: draft.cron, zone: draft.zone }, now)
    if (!read.ok) problems[`trigger.${read.field}`] = read.message
  }
  if (draft.delivery === 'doc' && !draft.docId) problems['delivery.docId'] = 'Choose the doc that results are added to.'
  if (draft.delivery === 'chat' && !draft.chatId) problems['delivery.chatId'] = 'Choose the chat that results are told in.'
  if (draft.delivery === 'webhook' && !draft.url.trim()) problems['delivery.url'] = 'Give the address that results are sent to.'
  if (!whole(draft.jitterMinutes, 0, routineLimits.jitterMinutes)) problems.jitterMinutes = `A whole number from 0 to ${routineLimits.jitterMinutes}.`
  if (!whole(draft.endAfter, 1, routineLimits.endAfter)) problems.endAfter = `A whole number from 1 to ${routineLimits.endAfter}.`
  return problems
}
