import { actorWho, answer, body, done, json, workspaceParam } from '../../../answer.ts'
import { missionsAsked } from './missions-asked.ts'

/** The templates by name; with `archived=1` those too that were archived. */
export const GET = answer(async (event) => {
  const { workspaceId } = await actorWho(event, workspaceParam(event), 'read', 'template')
  return json({ templates: await event.locals.services.templates.list(workspaceId, { archived: event.url.searchParams.get('archived') === '1' }) })
})

/** Keeps a template: of `content`, or `from` missions that are on the board. */
export const POST = answer(async (event) => {
  const actor = await actorWho(event, workspaceParam(event), 'edit', 'template')
  const { templates } = event.locals.services
  const { from, ...fields } = await body(event)
  const asked = from === undefined ? null : missionsAsked(from)
  const content = asked ? done(await templates.draft(actor.workspaceId, asked.missions, asked)).content : fields.content
  return json({ template: done(await templates.create(actor.workspaceId, { ...fields, content }, actor.id)).template }, 201)
})
