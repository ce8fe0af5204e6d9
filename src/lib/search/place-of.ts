import type { SearchResult } from './result.ts'

/** Where a result leads, below the address of its workspace. */
export function placeOf({ kind, item, mission, doc, project, runId }: SearchResult): string {
  const inside = (kind === 'comment' || kind === 'review') && item ? `#${kind}-${item}` : ''
  if (mission) return runId ? `missions/${mission.id}/runs/${runId}` : `missions/${mission.id}${kind === 'file' ? '#attachments' : inside}`
  if (doc && project) return `projects/${project.id}/docs/${doc.id}${inside}`
  return project ? `projects/${project.id}${inside}` : 'projects'
}
