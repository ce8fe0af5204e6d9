import type { ProjectId, WorkspaceId } from '#lib/board/ids.ts'

/** When something was last written in each project, in epoch milliseconds; `null` where the server does not answer. */
export async function lastChanges(workspace: WorkspaceId): Promise<ReadonlyMap<ProjectId, number> | null> {
  const response = await fetch(`/api/v1/workspaces/${workspace}/projects`).catch(() => null)
  if (!response?.ok) return null
  const { projects } = await response.json() as { projects: { id: ProjectId; changedAt: number | null }[] }
  return new Map(projects.flatMap(({ id, changedAt }) => (changedAt === null ? [] : [[id, changedAt] as const])))
}
