import { statuses } from '#lib/board/mission.ts'
import type { MentionSources } from '#lib/workspace/mentionables.ts'
import type { Workspace } from '#lib/workspace/workspace.svelte.ts'

/** Everything in a workspace that a text can mention, as it is now; `files` are those at hand. */
export const mentionSources = ({ board }: Workspace, files: MentionSources['files'] = []): MentionSources => ({
  directory: board.directory,
  missions: statuses.flatMap((status) => board.column(status)).flatMap((id) => board.mission(id) ?? []),
  projects: board.projects,
  docs: board.docs.map(({ id, title, projectId }) => ({ id, title, project: board.project(projectId)?.name })),
  files,
})
