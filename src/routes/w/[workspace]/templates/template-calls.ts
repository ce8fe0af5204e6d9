import type { MissionId, TemplateId, WorkspaceId } from '#lib/board/ids.ts'
import type { ListedTemplate, Template, TemplateContent } from '#lib/templates/template.ts'
import { timeZone } from '#lib/ui/time-zone.ts'
import { callApi } from '#lib/workspace/call-api.ts'

type Ask = { fetch?: typeof fetch }
/** `connected`: also what these wait for, and what waits for them; `files`: with their attachments. */
type FromMissions = { missions: readonly MissionId[]; connected: boolean; files: boolean }
export type TemplateFields = { name: string; description: string; content: TemplateContent }

const zone = () => timeZone() ?? Intl.DateTimeFormat().resolvedOptions().timeZone

export const listTemplates = (workspace: WorkspaceId, all = false, ask: Ask = {}) =>
  callApi<{ templates: ListedTemplate[] }>('GET', `workspaces/${workspace}/templates${all ? '?archived=1' : ''}`, ask)
export const readTemplate = (template: TemplateId, ask: Ask = {}) => callApi<{ template: Template }>('GET', `templates/${template}`, ask)
export const createTemplate = (workspace: WorkspaceId, body: TemplateFields) => callApi<{ template: Template }>('POST', `workspaces/${workspace}/templates`, { body })
export const saveAsTemplate = (workspace: WorkspaceId, name: string, from: FromMissions) => callApi<{ template: Template }>('POST', `workspaces/${workspace}/templates`, { body: { name, from } })
export const draftOf = (workspace: WorkspaceId, from: FromMissions) => callApi<{ content: TemplateContent }>('POST', `workspaces/${workspace}/templates/draft`, { body: from })
export const changeTemplate = (template: TemplateId, version: number, body: TemplateFields) => callApi<{ template: Template }>('PATCH', `templates/${template}`, { body: { ...body, version } })
export const archiveTemplate = (template: TemplateId) => callApi<{ template: Template }>('DELETE', `templates/${template}`)
export const restoreTemplate = (template: TemplateId) => callApi<{ template: Template }>('POST', `templates/${template}/restore`, { body: {} })
export const useTemplate = (template: TemplateId, fields: Readonly<Record<string, string>>) => callApi<{ missionIds: MissionId[] }>('POST', `templates/${template}/use`, { body: { fields, zone: zone() } })
