import { isId, type ProjectId } from '#lib/board/ids.ts'
import { actorWho, answer, json, notFound } from '../../../answer.ts'

/** The files of the project's missions; its own stand in the document of its brief. */
export const GET = answer(async (event) => {
  const { projects } = event.locals.services
  const id = event.params.project
  if (!isId(id)) throw notFound()
  await actorWho(event, await projects.workspaceOf(id as ProjectId), 'read', 'doc')
  return json({ missions: await projects.missionFiles(id as ProjectId) })
})
