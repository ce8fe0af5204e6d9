import { actorWho, answer, json, notFound, workspaceParam } from '../../../answer.ts'

export const GET = answer(async (event) => {
  const actor = await actorWho(event, workspaceParam(event), 'read', 'board')
  const paint = await event.locals.services.firstPaint(actor)
  if (!paint) throw notFound()
  return json(paint)
})
