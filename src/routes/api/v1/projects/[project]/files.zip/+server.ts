import { actorWho, answer, projectParam, workspaceOfProject } from '../../../answer.ts'
import { sendZip } from '../../../send-zip.ts'

export const GET = answer(async (event) => {
  const id = projectParam(event)
  await actorWho(event, await workspaceOfProject(event, id), 'read', 'doc')
  const project = await event.locals.services.db.selectFrom('projects').select('name').where('id', '=', id).executeTakeFirst()
  return sendZip(event, { kind: 'project', id }, project?.name ?? '')
})
