import type { DocId, MissionId, ProjectId, RunId } from '#lib/board/ids.ts'

/** Where something is, below the address of its workspace. `inside` is a place on that page, such as `#comment-<id>`. */
export function addressOf({ mission, run, project, doc }: { mission?: MissionId | null; run?: RunId | null; project?: ProjectId | null; doc?: DocId | null }, inside = ''): string {
  if (mission) return run ? `missions/${mission}/runs/${run}` : `missions/${mission}${inside}`
  // What staff remember stands in no project.
  if (!project) return doc ? `notes/${doc}${inside}` : 'projects'
  return doc ? `projects/${project}/docs/${doc}${inside}` : `projects/${project}${inside}`
}
