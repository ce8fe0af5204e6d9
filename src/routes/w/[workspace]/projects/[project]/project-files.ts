import type { MissionId, ProjectId } from '#lib/board/ids.ts'
import type { MissionFile } from '#lib/board/mission-document.ts'

/** The files of one mission, oldest first. */
export type MissionFiles = { mission: MissionId; title: string; files: MissionFile[] }

/** The files of a project's missions, those with the newest file first; `null` where the server does not answer. */
export async function filesOfProject(project: ProjectId): Promise<MissionFiles[] | null> {
  const response = await fetch(`/api/v1/projects/${project}/mission-files`).catch(() => null)
  if (!response) return null
  // A project that was made a moment ago has none.
  if (response.status === 404) return []
  if (!response.ok) return null
  return (await response.json() as { missions: MissionFiles[] }).missions
}
