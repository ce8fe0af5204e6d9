import { isId, type FileId } from '#lib/board/ids.ts'
import { limits } from '#lib/board/limits.ts'
import { priorities } from '#lib/board/mission.ts'
import { fieldKey, fieldKinds, fieldsUsed, inOrder, slotKey, templateLimits, type TemplateContent, type TemplateDue, type TemplateField, type TemplateMission } from './template.ts'

/** What cannot be, in words for a person. `field` is the path of what they are about: `missions.2.title`. */
export type Problem = { field: string; message: string }

class Wrong extends Error {
  readonly problem: Problem
  constructor(field: string, message: string) {
    super(message)
    this.problem = { field, message }
  }
}

type Given = Readonly<Record<string, unknown>>
const isGiven = (value: unknown): value is Given => typeof value === 'object' && value !== null && !Array.isArray(value)
const plain = (value: unknown, field: string, what: string, longest: number, shortest = 0): string => {
  if (typeof value !== 'string') throw new Wrong(field, `${what} must be a text.`)
  if (value.trim().length < shortest) throw new Wrong(field, `${what} is missing.`)
  if (value.length > longest) throw new Wrong(field, `${what} may have at most ${longest.toLocaleString('en')} characters; this has ${value.length.toLocaleString('en')}.`)
  return value
}
const line = (value: unknown, field: string, what: string, longest: number, shortest = 0) => plain(value, field, what, longest, shortest).replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim()
const list = (value: unknown, field: string, what: string, most: number): readonly unknown[] => {
  if (!Array.isArray(value)) throw new Wrong(field, `${what} must be a list.`)
  if (value.length > most) throw new Wrong(field, `There may be at most ${most} ${what.toLowerCase()}; these are ${value.length}.`)
  return value
}

function readField(value: unknown, at: number): TemplateField {
  const field = `fields.${at}`
  if (!isGiven(value)) throw new Wrong(field, `Field ${at + 1} must be an object.`)
  const label = line(value.label ?? '', `${field}.label`, `The name of field ${at + 1}`, templateLimits.label, 1)
  const key = plain(value.key ?? '', `${field}.key`, `The key of “${label}”`, 40)
  if (!fieldKey.test(key)) throw new Wrong(`${field}.key`, `The key of “${label}” must begin with a letter and have only small letters, digits and underscores, such as “customer”; it is “${key}”.`)
  const kind = fieldKinds.find((known) => known === value.kind)
  if (!kind) throw new Wrong(`${field}.kind`, `“${label}” must be one of ${fieldKinds.join(', ')}.`)
  const choices = kind === 'choice' ? [...new Set(list(value.choices ?? [], `${field}.choices`, 'Choices', templateLimits.choices).map((each) => line(each, `${field}.choices`, `A choice of “${label}”`, templateLimits.value)).filter(Boolean))] : []
  if (kind === 'choice' && choices.length < 2) throw new Wrong(`${field}.choices`, `“${label}” needs at least two choices.`)
  const initial = line(value.default ?? '', `${field}.default`, `What “${label}” is by default`, templateLimits.value)
  const fits = initial === '' || kind === 'text'
    || (kind === 'choice' ? choices.includes(initial) : kind === 'date' ? /^\d{1,4}$/.test(initial) && Number(initial) <= templateLimits.days : isId(initial))
  if (!fits) throw new Wrong(`${field}.default`, kind === 'date' ? `By default “${label}” is a number of days after the day of use, at most ${templateLimits.days}; this is “${initial}”.` : `“${initial}” is none of the choices of “${label}”.`)
  return { key, label, kind, required: value.required === true, default: initial, choices }
}

function readDue(value: unknown, field: string, name: string): TemplateDue | null {
  if (value === null || value === undefined) return null
  if (!isGiven(value)) throw new Wrong(field, `When ${name} is due must be days and what they are counted from.`)
  const { days, after = '' } = value
  if (typeof days !== 'number' || !Number.isInteger(days) || Math.abs(days) > templateLimits.days) throw new Wrong(field, `When ${name} is due must be a whole number of days, at most ${templateLimits.days}.`)
  return { days, after: plain(after, field, 'What the days are counted from', 40) }
}

function readMission(value: unknown, at: number): TemplateMission {
  const field = `missions.${at}`
  if (!isGiven(value)) throw new Wrong(field, `Mission ${at + 1} must be an object.`)
  const title = line(value.title ?? '', `${field}.title`, `The title of mission ${at + 1}`, limits.title, 1)
  const name = `“${title}”`
  const key = value.key === undefined ? `m${at + 1}` : value.key
  if (!isId(key)) throw new Wrong(`${field}.key`, `The key of ${name} must be 1 to 64 letters, digits, - or _.`)
  const slot = (of: 'project' | 'assignee') => {
    const given = plain(value[of] ?? '', `${field}.${of}`, `The ${of} of ${name}`, 80)
    if (given !== '' && !isId(given) && slotKey(given) === null) throw new Wrong(`${field}.${of}`, `The ${of} of ${name} must be an id, or a field such as {{customer}}.`)
    return given
  }
  const priority = priorities.find((known) => known === (value.priority ?? 'none'))
  if (!priority) throw new Wrong(`${field}.priority`, `The priority of ${name} must be one of ${priorities.join(', ')}.`)
  const ids = (of: 'blockedBy' | 'files', what: string, most: number) => {
    const given = list(value[of] ?? [], `${field}.${of}`, what, most)
    if (!given.every(isId)) throw new Wrong(`${field}.${of}`, `${what} of ${name} must be a list of ids.`)
    return [...new Set(given)]
  }
  return {
    key, title, description: plain(value.description ?? '', `${field}.description`, `The description of ${name}`, templateLimits.text),
    project: slot('project'), assignee: slot('assignee'), priority,
    labels: [...new Set(list(value.labels ?? [], `${field}.labels`, 'Labels', limits.labels).map((label) => line(label, `${field}.labels`, `A label of ${name}`, limits.label)).filter(Boolean))],
    autoRun: value.autoRun === true, due: readDue(value.due, `${field}.due`, name),
    blockedBy: ids('blockedBy', 'Missions before it', limits.references), files: ids('files', 'Files', templateLimits.files) as FileId[],
  }
}

/** Reads what somebody wants a template to make; what cannot be is told, with where. */
export function readContent(value: unknown): { ok: true; content: TemplateContent } | ({ ok: false } & Problem) {
  try {
    if (!isGiven(value)) throw new Wrong('content', 'A template needs fields and missions.')
    const fields = list(value.fields ?? [], 'fields', 'Fields', templateLimits.fields).map(readField)
    const missions = list(value.missions ?? [], 'missions', 'Missions', templateLimits.missions).map(readMission)
    if (missions.length === 0) throw new Wrong('missions', 'A template needs at least one mission.')
    for (const [at, { key, label }] of fields.entries()) {
      if (fields.findIndex((each) => each.key === key) < at) throw new Wrong(`fields.${at}.key`, `Two fields have the key “${key}”. Give “${label}” another one.`)
    }
    for (const [at, mission] of missions.entries()) checkMission(mission, at, missions, new Map(fields.map((each) => [each.key, each])))
    const order = inOrder(missions)
    if (!order.ok) {
      const names = order.circle.map(({ title }) => `“${title}”`)
      const first = missions.indexOf(order.circle[0]!)
      throw new Wrong(`missions.${first}.blockedBy`, names.length === 1 ? `${names[0]} waits for itself.` : `${names.join(', ')} wait for each other in a circle. Take one of them away from what the next one waits for.`)
    }
    return { ok: true, content: { fields, missions } }
  } catch (error) {
    if (error instanceof Wrong) return { ok: false, ...error.problem }
    throw error
  }
}

const partOf: Readonly<Record<string, string>> = { 'due date': 'due' }
const kindsFor: Readonly<Record<string, readonly string[]>> = { project: ['project'], assignee: ['person', 'staff'], 'due date': ['date'] }

function checkMission(mission: TemplateMission, at: number, missions: readonly TemplateMission[], fields: ReadonlyMap<string, TemplateField>) {
  if (missions.findIndex(({ key }) => key === mission.key) < at) throw new Wrong(`missions.${at}.key`, `Two missions have the key “${mission.key}”.`)
  for (const { key, where } of fieldsUsed(mission)) {
    const field = `missions.${at}.${partOf[where] ?? where}`
    const declared = fields.get(key)
    if (!declared) throw new Wrong(field, `The ${where} of “${mission.title}” has {{${key}}}, and there is no such field. Add a field with the key “${key}”, or correct it.`)
    const fitting = kindsFor[where]
    if (fitting && !fitting.includes(declared.kind)) throw new Wrong(field, `The ${where} of “${mission.title}” cannot be “${declared.label}”, which is not a ${fitting.join(' or ')}.`)
  }
  const unknown = mission.blockedBy.find((key) => !missions.some((each) => each.key === key))
  if (unknown !== undefined) throw new Wrong(`missions.${at}.blockedBy`, `“${mission.title}” waits for “${unknown}”, which is not in this template.`)
}
