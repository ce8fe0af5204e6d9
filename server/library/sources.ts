import type { WorkFile } from '#lib/board/files.ts'
import type { DocId, FileId, MissionId, ProjectId, WorkspaceId } from '#lib/board/ids.ts'
import { parseReference, referenceUrl } from '#lib/board/reference.ts'
import type { Given, Source } from '#lib/library/given.ts'
import { readEntries } from '../files/file-entries.ts'
import type { Database } from '../store/database.ts'

export type Described = Pick<Given, 'source' | 'name' | 'file' | 'doc' | 'where'>

/** Reads the reference of something that can be given; `null` for any other. */
export function parseSource(url: string): Source | null {
  const reference = parseReference(url)
  return reference?.kind === 'file' || reference?.kind === 'doc' ? reference : null
}

/** What is behind references, as far as this workspace has it and it is not deleted. */
export async function describeSources(db: Database, workspaceId: WorkspaceId, urls: readonly string[]): Promise<Map<string, Described>> {
  const sources = urls.map(parseSource).filter((source) => source !== null)
  const ids = <Id extends string>(kind: Source['kind']) => sources.filter((source) => source.kind === kind).map(({ id }) => id as string as Id)
  const described = new Map<string, Described>()
  const [fileIds, docIds] = [ids<FileId>('file'), ids<DocId>('doc')]

  if (fileIds.length > 0) {
    const rows = await db.selectFrom('files').leftJoin('missions', 'missions.id', 'files.mission_id').leftJoin('projects', (join) => join.onRef('projects.id', '=', (eb) => eb.fn.coalesce('files.project_id', 'missions.project_id')))
      .select(['files.id', 'files.mission_id', 'missions.title', 'projects.id as project_id', 'projects.name as project'])
      .where('files.id', 'in', fileIds).where('files.workspace_id', '=', workspaceId).where('files.deleted_at', 'is', null).execute()
    const entries = new Map<string, WorkFile>((await readEntries(db, rows.map(({ id }) => id))).map((file) => [file.id, file]))
    for (const { id, mission_id, title, project_id, project } of rows) {
      const file = entries.get(id)
      if (file) described.set(referenceUrl({ kind: 'file', id }), { source: { kind: 'file', id }, name: file.name, file, doc: null, where: whereOf(mission_id, title, project_id, project) })
    }
  }
  if (docIds.length > 0) {
    const rows = await db.selectFrom('docs').leftJoin('projects', 'projects.id', 'docs.project_id').select(['docs.id', 'title', 'project_id', 'projects.name as project'])
      .where('docs.id', 'in', docIds).where('docs.workspace_id', '=', workspaceId).where('docs.archived_at', 'is', null).execute()
    for (const { id, title, project_id: projectId, project } of rows) {
      described.set(referenceUrl({ kind: 'doc', id }), { source: { kind: 'doc', id }, name: title || 'Untitled', file: null, doc: { id, projectId }, where: whereOf(null, null, projectId, project) })
    }
  }
  return described
}

const whereOf = (mission: MissionId | null, title: string | null, project: ProjectId | null, name: string | null): Given['where'] => ({
  mission: mission ? { id: mission, title: title ?? '' } : null,
  project: project && name !== null ? { id: project, name } : null,
})
