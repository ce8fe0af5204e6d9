import type { ActorId, FileId, TemplateId } from '#lib/board/ids.ts'
import type { Priority } from '#lib/board/mission.ts'

/** What a field is filled in with: words, a calendar day (`YYYY-MM-DD`), the id of somebody or of a project, or one of its choices. */
export const fieldKinds = ['text', 'date', 'person', 'staff', 'project', 'choice'] as const
export type FieldKind = (typeof fieldKinds)[number]

export const fieldKindNames: Readonly<Record<FieldKind, string>> = { text: 'Text', date: 'Date', person: 'Person', staff: 'AI staff', project: 'Project', choice: 'Choice' }

/**
 * Something that is filled in whenever the template is used; in texts it stands as `{{key}}`. `default` is what it is unless somebody says otherwise, '' for
 * nothing: of a date a number of days from the day of use, of a person also `me`, whoever uses it.
 */
export type TemplateField = { key: string; label: string; kind: FieldKind; required: boolean; default: string; choices: readonly string[] }

/** `after`: the key of a date field; '' is the day on which the template is used. */
export type TemplateDue = { days: number; after: string }

/**
 * A mission to be made. `key` tells it from the others of its template, `blockedBy` are keys of those. `project` and `assignee`: '' for none, an id, or a
 * field as `{{key}}`. `description` is Markdown. `files` are attachments of some mission, which each new one gets as they are then.
 */
export type TemplateMission = {
  key: string; title: string; description: string; project: string; assignee: string; priority: Priority; labels: readonly string[]
  autoRun: boolean; due: TemplateDue | null; blockedBy: readonly string[]; files: readonly FileId[]
}

export type TemplateContent = { fields: readonly TemplateField[]; missions: readonly TemplateMission[] }

/** Times are epoch milliseconds. `version` is one more with every change. */
export type Template = {
  id: TemplateId; name: string; description: string; content: TemplateContent; version: number
  createdBy: ActorId | null; createdAt: number; updatedBy: ActorId | null; updatedAt: number; archivedAt: number | null
  /** How often missions were made from it, and when last. */
  uses: number; usedAt: number | null
}

export type ListedTemplate = Omit<Template, 'content'> & { missions: number; fields: readonly Pick<TemplateField, 'key' | 'label' | 'kind' | 'required'>[] }

export const templateLimits = {
  templates: 200, name: 100, description: 1_000, fields: 30, label: 80, value: 500, choices: 30, missions: 100, text: 50_000, days: 3_650, files: 20,
} as const

export const fieldKey = /^[a-z][a-z0-9_]{0,39}$/

/** What fills a slot, `{{customer}}`, as its key; `null` for an id or nothing. */
export const slotKey = (slot: string): string | null => /^\{\{([a-z][a-z0-9_]{0,39})\}\}$/.exec(slot)?.[1] ?? null
export const slotOf = (key: string) => `{{${key}}}`

const inText = /\{\{\s*([A-Za-z][A-Za-z0-9_]{0,39})\s*\}\}/g

/** A text in pieces: words, and keys of the fields that stand in it. */
export function piecesOf(text: string): ({ text: string } | { key: string; written: string })[] {
  const pieces: ({ text: string } | { key: string; written: string })[] = []
  let at = 0
  for (const match of text.matchAll(inText)) {
    if (match.index > at) pieces.push({ text: text.slice(at, match.index) })
    pieces.push({ key: match[1]!.toLowerCase(), written: match[0] })
    at = match.index + match[0].length
  }
  if (at < text.length) pieces.push({ text: text.slice(at) })
  return pieces
}

/** Where a mission has fields, each with the words for it. */
export function fieldsUsed({ title, description, labels, project, assignee, due }: TemplateMission): { key: string; where: string }[] {
  const used = (where: string, text: string) => piecesOf(text).flatMap((piece) => ('key' in piece ? [{ key: piece.key, where }] : []))
  return [
    ...used('title', title), ...used('description', description), ...labels.flatMap((label) => used('labels', label)),
    ...used('project', project), ...used('assignee', assignee), ...due?.after ? [{ key: due.after, where: 'due date' }] : [],
  ]
}

/** The order in which missions can be done, or a circle of them that makes that impossible. */
export function inOrder<Mission extends Pick<TemplateMission, 'key' | 'blockedBy'>>(missions: readonly Mission[]): { ok: true; missions: Mission[] } | { ok: false; circle: Mission[] } {
  const done = new Set<string>()
  let left = [...missions]
  const ordered: Mission[] = []
  while (left.length > 0) {
    const next = left.filter(({ blockedBy }) => blockedBy.every((key) => done.has(key) || !left.some((each) => each.key === key)))
    if (next.length === 0) return { ok: false, circle: circleIn(left) }
    for (const mission of next) done.add(mission.key)
    ordered.push(...next)
    left = left.filter((mission) => !next.includes(mission))
  }
  return { ok: true, missions: ordered }
}

function circleIn<Mission extends Pick<TemplateMission, 'key' | 'blockedBy'>>(missions: readonly Mission[]): Mission[] {
  const path: Mission[] = []
  for (let at: Mission | undefined = missions[0]; at; at = missions.find(({ key }) => at!.blockedBy.includes(key))) {
    const known = path.indexOf(at)
    if (known >= 0) return path.slice(known)
    path.push(at)
  }
  return path
}
