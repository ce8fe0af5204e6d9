import { actorWho, answer, body, done, json, workspaceParam } from '../../../../answer.ts'
import { missionsAsked } from '../missions-asked.ts'

/** What a template of these missions would have; nothing is kept. */
export const POST = answer(async (event) => {
  const actor = await actorWho(event, workspaceParam(event), 'edit', 'template')
  const { missions, ...which } = missionsAsked(await body(event))
  return json({ content: done(await event.locals.services.templates.draft(actor.workspaceId, missions, which)).content })
})
