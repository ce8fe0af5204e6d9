import { limits } from '#lib/board/limits.ts'
import { isId, type ChatId, type ProjectId } from '#lib/board/ids.ts'
import { actorWho, answer, ApiError, body, json, textField, workspaceParam, workspaceOfProject } from '../../../answer.ts'

/** The chats of a workspace, or of one of its projects, the newest talk first. */
export const GET = answer(async (event) => {
  const actor = await actorWho(event, workspaceParam(event), 'read', 'chat')
  const { searchParams } = event.url
  const project = searchParams.get('project')
  return json({ chats: await event.locals.services.coo.chats.of(actor.workspaceId, { archived: searchParams.has('archived'), ...isId(project) ? { projectId: project as ProjectId } : {} }) })
})

/** Begins a chat with the COO; whoever asks may give it its id. */
export const POST = answer(async (event) => {
  const actor = await actorWho(event, workspaceParam(event), 'edit', 'chat')
  const fields = await body(event)
  const projectId = isId(fields.projectId) ? fields.projectId as ProjectId : null
  if (projectId && await workspaceOfProject(event, projectId) !== actor.workspaceId) throw new ApiError(400, 'bad_field', '"projectId" must be a project of this workspace.')
  const id = isId(fields.id) ? fields.id as ChatId : undefined
  const known = id && await event.locals.services.coo.chats.find(id)
  if (known && known.workspace_id !== actor.workspaceId) throw new ApiError(409, 'id_taken', 'A chat by this id is somewhere else.')
  return json({ chat: await event.locals.services.coo.chats.create({ ...id && { id }, workspaceId: actor.workspaceId, projectId, title: textField(fields, 'title', limits.title), by: actor.id }) }, 201)
})
