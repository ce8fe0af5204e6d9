import { answer, body, done, json } from '../../answer.ts'
import { templateAsked } from '../template-asked.ts'

export const GET = answer(async (event) => json({ template: (await templateAsked(event, 'read')).template }))

/** Changes it; with `version` only if nobody else did since. */
export const PATCH = answer(async (event) => {
  const { actor, template } = await templateAsked(event, 'edit')
  return json({ template: done(await event.locals.services.templates.edit(template.id, await body(event), actor.id)).template })
})

/** Archives it: what was made from it stays, and it can be brought back. */
export const DELETE = answer(async (event) => {
  const { actor, template } = await templateAsked(event, 'edit')
  return json({ template: done(await event.locals.services.templates.archive(template.id, actor.id)).template })
})
