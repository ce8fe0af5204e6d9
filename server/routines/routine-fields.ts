import type { Updateable } from 'kysely'
import type { ActorId, ChatId, DocId, ProjectId, TemplateId, WorkspaceId } from '#lib/board/ids.ts'
import { isId } from '#lib/board/ids.ts'
import { statuses, statusNames } from '#lib/board/mission.ts'
import { autonomies } from '#lib/board/staff.ts'
import { deliveryKinds, missedChoices, routineLimits, triggerKinds, type Delivery, type FromTemplate, type Trigger } from '#lib/routines/routine.ts'
import { readSchedule } from '#lib/routines/schedule.ts'
import { refuse, type Refusal } from '../auth/refusal.ts'
import type { Database } from '../store/database.ts'
import type { Tables } from '../store/tables.ts'

type RoutineValues = Updateable<Tables['routines']>

type Read<Value> = { ok: true; value: Value } | Refusal
const read = <Value>(value: Value): Read<Value> => ({ ok: true, value })
type Fields = Readonly<Record<string, unknown>>
const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value)

/** What the fields of a routine may name in its workspace. */
type Place = { db: Database; workspaceId: WorkspaceId; now: number; isAllowed: (workspaceId: WorkspaceId, url: URL) => Promise<boolean>; templateProblem: (template: FromTemplate) => Promise<Refusal | null> }

function text(value: unknown, what: string, field: string, longest: number, oneLine = true): Read<string> {
  if (typeof value !== 'string') return refuse('invalid', `${what} must be a text.`, field)
  const words = value.trim()
  if (words === '') return refuse('invalid', `${what} ${what.endsWith('s') ? 'are' : 'is'} missing.`, field)
  if (words.length > longest) return refuse('invalid', `${what} may have at most ${longest.toLocaleString('en')} characters; this has ${words.length.toLocaleString('en')}.`, field)
  if (oneLine && /[\p{Cc}\p{Zl}\p{Zp}]/u.test(words)) return refuse('invalid', `${what} must be on one line, without control characters.`, field)
  return read(words)
}

function count(value: unknown, what: string, field: string, least: number, most: number): Read<number> {
  if (typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most) return read(value)
  return refuse('invalid', `${what} must be a whole number from ${least} to ${most}.`, field)
}

function oneOf<Value extends string>(value: unknown, values: readonly Value[], field: string): Read<Value> {
  const known = values.find((candidate) => candidate === value)
  return known === undefined ? refuse('invalid', `"${field}" must be one of ${values.join(', ')}.`, field) : read(known)
}

async function project({ db, workspaceId }: Place, value: unknown, field: string): Promise<Read<ProjectId | null>> {
  if (value === null || value === undefined || value === '') return read(null)
  const found = isId(value) && await db.selectFrom('projects').select('id').where('id', '=', value as ProjectId).where('workspace_id', '=', workspaceId).where('archived_at', 'is', null).executeTakeFirst()
  return found ? read(found.id) : refuse('invalid', 'There is no such project any more. Choose another one, or none.', field)
}

async function trigger(place: Place, value: unknown): Promise<Read<Trigger>> {
  if (!isFields(value)) return refuse('invalid', `"trigger" must be an object with a kind, one of ${triggerKinds.join(', ')}.`, 'trigger')
  const kind = oneOf(value.kind, triggerKinds, 'trigger.kind')
  if (!kind.ok) return kind
  if (kind.value === 'webhook') return read({ kind: 'webhook' })
  if (kind.value === 'schedule') {
    const { cron, zone } = value
    if (typeof cron !== 'string' || typeof zone !== 'string') return refuse('invalid', 'A schedule has "cron" and "zone", both texts.', 'trigger.cron')
    const schedule = readSchedule({ cron, zone }, place.now)
    return schedule.ok ? read({ kind: 'schedule', ...schedule.schedule }) : refuse('invalid', schedule.message, `trigger.${schedule.field}`)
  }
  const within = await project(place, value.projectId, 'trigger.projectId')
  if (!within.ok) return within
  if (kind.value === 'column') {
    const status = oneOf(value.status, statuses, 'trigger.status')
    return status.ok ? read({ kind: 'column', status: status.value, projectId: within.value }) : refuse('invalid', `Choose a column: ${statuses.map((each) => statusNames[each]).join(', ')}.`, 'trigger.status')
  }
  const ending = typeof value.ending === 'string' ? value.ending.trim().replace(/^[*.]+/, '') : ''
  if (ending.length > routineLimits.ending || !/^[\p{L}\p{N}.]*$/u.test(ending)) return refuse('invalid', 'What the name of the file ends with are a few letters, such as csv.', 'trigger.ending')
  return read({ kind: 'file', projectId: within.value, ending })
}

async function delivery({ db, workspaceId, isAllowed }: Place, value: unknown): Promise<Read<Delivery>> {
  if (!isFields(value)) return refuse('invalid', `"delivery" must be an object with a kind, one of ${deliveryKinds.join(', ')}.`, 'delivery')
  const kind = oneOf(value.kind, deliveryKinds, 'delivery.kind')
  if (!kind.ok) return kind
  if (kind.value === 'mission') return read({ kind: 'mission' })
  if (kind.value === 'doc') {
    const found = isId(value.docId) && await db.selectFrom('docs').select('id').where('id', '=', value.docId as DocId).where('workspace_id', '=', workspaceId).where('archived_at', 'is', null).executeTakeFirst()
    return found ? read({ kind: 'doc', docId: found.id }) : refuse('invalid', 'Choose the doc that results are added to.', 'delivery.docId')
  }
  if (kind.value === 'chat') {
    const found = isId(value.chatId) && await db.selectFrom('chats').select('id').where('id', '=', value.chatId as ChatId).where('workspace_id', '=', workspaceId).where('archived_at', 'is', null).executeTakeFirst()
    return found ? read({ kind: 'chat', chatId: found.id }) : refuse('invalid', 'Choose the chat that results are told in.', 'delivery.chatId')
  }
  const url = typeof value.url === 'string' && value.url.length <= routineLimits.url ? URL.parse(value.url.trim()) : null
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password) return refuse('invalid', 'The address must look like https://example.com/hook, without a name or password in it.', 'delivery.url')
  if (!await isAllowed(workspaceId, url)) return refuse('invalid', `${url.hostname} is not among the hosts that an owner allowed. An owner adds it under Settings, with the web pages that staff may fetch.`, 'delivery.url')
  return read({ kind: 'webhook', url: url.href })
}

async function template({ templateProblem }: Place, value: unknown): Promise<Read<FromTemplate | null>> {
  if (value === null) return read(null)
  if (!isFields(value) || !isId(value.id) || !isFields(value.fields) || Object.values(value.fields).some((given) => typeof given !== 'string')) {
    return refuse('invalid', 'A template is an object with its "id" and "fields", each a text, or null for none.', 'template')
  }
  const wanted: FromTemplate = { id: value.id as string as TemplateId, fields: value.fields as Record<string, string> }
  const problem = await templateProblem(wanted)
  return problem ? refuse('invalid', problem.message, problem.field ? `template.${problem.field}` : 'template') : read(wanted)
}

/** What somebody wants a routine to be, as columns. What is left out is left out. */
export async function readRoutineFields(fields: Fields, place: Place): Promise<{ ok: true; values: RoutineValues } | Refusal> {
  const values: RoutineValues = {}
  const keep = <Value>(found: Read<Value>, columns: (value: Value) => RoutineValues): Refusal | null => {
    if (!found.ok) return found
    Object.assign(values, columns(found.value))
    return null
  }
  const readers: Readonly<Record<string, (value: unknown) => Promise<Refusal | null>>> = {
    name: async (value) => keep(text(value, 'The name', 'name', routineLimits.name), (name) => ({ name })),
    instructions: async (value) => keep(text(value, 'The instructions', 'instructions', routineLimits.instructions, false), (instructions) => ({ instructions })),
    template: async (value) => keep(await template(place, value), (found) => ({ template: found && JSON.stringify(found) })),
    trigger: async (value) => keep(await trigger(place, value), (found) => ({ kind: found.kind, trigger: JSON.stringify(found) })),
    staffId: async (value) => {
      const found = isId(value) && await place.db.selectFrom('staff').select(['id']).where('id', '=', value as ActorId).where('workspace_id', '=', place.workspaceId).where('archived_at', 'is', null).executeTakeFirst()
      return found ? keep(read(found.id), (staff_id) => ({ staff_id })) : refuse('invalid', 'Choose a staff member. Who was archived takes no work.', 'staffId')
    },
    projectId: async (value) => keep(await project(place, value, 'projectId'), (project_id) => ({ project_id })),
    autonomy: async (value) => keep(oneOf(value, autonomies, 'autonomy'), (autonomy) => ({ autonomy })),
    delivery: async (value) => keep(await delivery(place, value), (found) => ({ delivery: JSON.stringify(found) })),
    missed: async (value) => keep(oneOf(value, missedChoices, 'missed'), (missed) => ({ missed })),
    jitterMinutes: async (value) => keep(count(value, 'The minutes that it may begin later', 'jitterMinutes', 0, routineLimits.jitterMinutes), (jitter_minutes) => ({ jitter_minutes })),
    endAfter: async (value) => keep(count(value, 'The failures after which it ends', 'endAfter', 1, routineLimits.endAfter), (end_after) => ({ end_after })),
    enabled: async (value) => (typeof value === 'boolean' ? keep(read(value ? 1 : 0), (enabled) => ({ enabled })) : refuse('invalid', '"enabled" must be true or false.', 'enabled')),
  }
  for (const [name, value] of Object.entries(fields)) {
    if (value === undefined) continue
    const reader = Object.hasOwn(readers, name) ? readers[name] : undefined
    const refusal = reader ? await reader(value) : refuse('invalid', `A routine has no "${name}".`, name)
    if (refusal) return refusal
  }
  return { ok: true, values }
}
