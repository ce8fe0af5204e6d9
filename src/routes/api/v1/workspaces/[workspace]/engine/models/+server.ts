import { actorWho, answer, ApiError, json, workspaceParam } from '../../../../answer.ts'

/** The models that the endpoint lists. */
export const GET = answer(async (event) => {
  const { workspaceId } = await actorWho(event, workspaceParam(event), 'edit', 'staff')
  const listed = await event.locals.services.engineSettings.models(workspaceId)
  if (!listed.ok) throw new ApiError(502, 'no_models', listed.message)
  return json({ models: listed.models })
})
