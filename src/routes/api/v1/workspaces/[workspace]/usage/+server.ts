import { actorWho, answer, json, workspaceParam } from '../../../answer.ts'

/** How much room the files of a workspace take, and how much there is, in bytes. */
export const GET = answer(async (event) => {
  const actor = await actorWho(event, workspaceParam(event), 'read', 'workspace')
  return json({ files: await event.locals.services.files.usage(actor.workspaceId) })
})
