import type { Selectable } from 'kysely'
import type { ListedTemplate, Template, TemplateContent } from '#lib/templates/template.ts'
import type { Tables } from '../store/tables.ts'

export type TemplateRow = Selectable<Tables['templates']>

export const readTemplate = (row: TemplateRow): Template => ({
  id: row.id, name: row.name, description: row.description, content: JSON.parse(row.content) as TemplateContent, version: row.version,
  createdBy: row.created_by, createdAt: row.created_at, updatedBy: row.updated_by, updatedAt: row.updated_at, archivedAt: row.archived_at, uses: row.uses, usedAt: row.used_at,
})

export function listedTemplate(row: TemplateRow): ListedTemplate {
  const { content: { fields, missions }, ...template } = readTemplate(row)
  return { ...template, missions: missions.length, fields: fields.map(({ key, label, kind, required }) => ({ key, label, kind, required })) }
}
