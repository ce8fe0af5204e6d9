import { limits } from '#lib/board/limits.ts'
import { isId, type ProjectId } from '#lib/board/ids.ts'
import { actorWho, answer, ApiError, body, json, textField, workspaceParam, workspaceOfProject } from '../../../answer.ts'

/** The chats of a workspace, or of one of its projects, the newest talk first. */
export const GET = answer(async (event) => {
  const actor = await actorWho(event, workspaceParam(event), 'read', 'chat')
  const { searchParams } = event.url
  const project = searchParams.get('project')
  return json({ chats: await event.locals.services.coo.chats.of(actor.workspaceId, { archived: searchParams.has('archived'), ...isId(project) ? { projectId: project as ProjectId } : {} }) })
})

/** Begins a chat with the COO. */
export const POST = answer(async (event) => {
  const actor = await actorWho(event, workspaceParam(event), 'edit', 'chat')
  const fields = await body(event)
  const projectId = isId(fields.projectId) ? fields.projectId as ProjectId : null
  if (projectId && await workspaceOfProject(event, projectId) !== actor.workspaceId) throw new ApiError(400, 'bad_field', '"projectId" must be a project of this workspace.')
  return json({ chat: await event.locals.services.coo.chats.create({ workspaceId: actor.workspaceId, projectId, title: textField(fields, 'title', limits.title), by: actor.id }) }, 201)
})
