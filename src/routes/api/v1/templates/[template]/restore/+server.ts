import { answer, done, json } from '../../../answer.ts'
import { templateAsked } from '../../template-asked.ts'

export const POST = answer(async (event) => {
  const { actor, template } = await templateAsked(event, 'edit')
  return json({ template: done(await event.locals.services.templates.restore(template.id, actor.id)).template })
})
