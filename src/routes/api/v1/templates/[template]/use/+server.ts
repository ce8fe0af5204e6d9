import { answer, ApiError, body, done, json, textField } from '../../../answer.ts'
import { templateAsked } from '../../template-asked.ts'

/** Makes its missions. `fields`: what is filled in, by key; `zone`: the time zone in which it is today for whoever asks. */
export const POST = answer(async (event) => {
  const { actor, template } = await templateAsked(event, 'edit')
  const asked = await body(event)
  const { fields = {} } = asked
  const isText = (value: unknown): value is string => typeof value === 'string'
  if (typeof fields !== 'object' || fields === null || Array.isArray(fields) || !Object.values(fields).every(isText)) throw new ApiError(400, 'bad_field', '"fields" must be an object of texts.', 'fields')
  const { kind, id, name } = actor
  return json({ missionIds: done(await event.locals.services.templates.use(template.id, fields as Record<string, string>, { kind, id, name, zone: textField(asked, 'zone', 100) || undefined })).missionIds }, 201)
})
