import type { MissionId, ProjectId, WorkspaceId } from '#lib/board/ids.ts'
import { descriptionOf } from '#lib/board/mission-document.ts'
import type { Priority } from '#lib/board/mission.ts'
import { readMarkdown } from '#lib/editor/markdown.ts'
import { missionDocument } from '#lib/sync/document-names.ts'
import { fieldKey, fieldsUsed, templateLimits, type TemplateContent, type TemplateField, type TemplateMission } from '#lib/templates/template.ts'
import { refuse, type Refusal } from '../auth/refusal.ts'
import type { Files } from '../files/files.ts'
import type { Database } from '../store/database.ts'
import type { Documents } from '../sync/documents.ts'

const dayMs = 86_400_000
/** What can be asked for in one statement. */
const atOnce = 500

/** Of missions on the board what a template would make: what they say, and how they follow each other; not what was done with them. */
export function createFromMissions({ db, documents, files }: { db: Database; documents: Documents; files: Pick<Files, 'list'> }) {
  /** With all that they wait for, and that waits for them, by whatever way. */
  async function connected(workspaceId: WorkspaceId, ids: readonly MissionId[]): Promise<MissionId[]> {
    const rows = await db.selectFrom('missions').select(['id', 'blocked_by']).where('workspace_id', '=', workspaceId).where('blocked_by', '<>', '[]').where('archived_at', 'is', null).execute()
    const beside = new Map<string, string[]>()
    const join = (a: string, b: string) => void beside.set(a, [...beside.get(a) ?? [], b])
    for (const { id, blocked_by } of rows) {
      for (const before of JSON.parse(blocked_by) as string[]) {
        join(id, before)
        join(before, id)
      }
    }
    const found = new Set<string>(ids)
    for (const id of found) for (const other of beside.get(id) ?? []) found.add(other)
    return [...found] as MissionId[]
  }

  return async (workspaceId: WorkspaceId, ids: readonly MissionId[], { withConnected, withFiles }: { withConnected: boolean; withFiles: boolean }): Promise<{ ok: true; content: TemplateContent } | Refusal> => {
    const wanted = withConnected ? await connected(workspaceId, ids) : [...new Set(ids)]
    if (wanted.length > templateLimits.missions) return refuse('too_many', `A template has at most ${templateLimits.missions} missions; these are ${wanted.length}.`, 'missions')
    const rows = await db.selectFrom('missions').selectAll().where('workspace_id', '=', workspaceId).where('id', 'in', wanted.slice(0, atOnce)).orderBy('created_at').orderBy('rank').execute()
    if (rows.length === 0) return refuse('not_found', 'There is no such mission any more.', 'missions')
    const keyOf = new Map<string, string>(rows.map(({ id }, at) => [id, `m${at + 1}`]))
    const missions: TemplateMission[] = []
    for (const row of rows) {
      const attached = withFiles ? (await files.list({ kind: 'mission', id: row.id })).filter(({ kind }) => kind === 'attachment') : []
      const made = new Date(row.created_at).toISOString().slice(0, 10)
      missions.push({
        key: keyOf.get(row.id)!, title: row.title || 'Untitled', project: row.project_id ?? '', assignee: row.assignee_id ?? '', priority: row.priority as Priority,
        description: (await documents.read(missionDocument(row.id), (doc) => readMarkdown(descriptionOf(doc)))).slice(0, templateLimits.text),
        labels: JSON.parse(row.labels) as string[], autoRun: row.auto_run === 1,
        // As far from the day of use as it was from the day on which it was made.
        due: row.due_on ? { days: Math.max(0, Math.round((Date.parse(row.due_on.slice(0, 10)) - Date.parse(made)) / dayMs)) || 0, after: '' } : null,
        blockedBy: (JSON.parse(row.blocked_by) as string[]).flatMap((before) => keyOf.get(before) ?? []), files: attached.slice(0, templateLimits.files).map(({ id }) => id),
      })
    }
    const gone = await goneOf(workspaceId, missions)
    return { ok: true, content: { fields: fieldsIn(missions), missions: missions.map((mission) => ({ ...mission, ...gone.assignees.has(mission.assignee) && { assignee: '' }, ...gone.projects.has(mission.project) && { project: '' } })) } }
  }

  /** Whoever left is not written into a template. */
  async function goneOf(workspaceId: WorkspaceId, missions: readonly TemplateMission[]) {
    const staff = await db.selectFrom('staff').select('id').where('workspace_id', '=', workspaceId).where('archived_at', 'is', null).execute()
    const people = await db.selectFrom('members').select('user_id as id').where('workspace_id', '=', workspaceId).where('removed_at', 'is', null).execute()
    const projects = await db.selectFrom('projects').select('id').where('workspace_id', '=', workspaceId).where('archived_at', 'is', null).execute()
    const [present, open] = [new Set<string>([...staff, ...people].map(({ id }) => id)), new Set<string>(projects.map(({ id }) => id))]
    return {
      assignees: new Set(missions.map(({ assignee }) => assignee).filter((id) => id !== '' && !present.has(id))),
      projects: new Set(missions.map(({ project }) => project).filter((id) => id !== '' && !open.has(id as ProjectId))),
    }
  }
}

/** What stands in the texts as `{{customer}}` becomes a field to fill in. */
function fieldsIn(missions: readonly TemplateMission[]): TemplateField[] {
  const keys = [...new Set(missions.flatMap(fieldsUsed).map(({ key }) => key))].filter((key) => fieldKey.test(key)).slice(0, templateLimits.fields)
  return keys.map((key) => ({ key, label: `${key[0]!.toUpperCase()}${key.slice(1).replaceAll('_', ' ')}`, kind: 'text', required: true, default: '', choices: [] }))
}
